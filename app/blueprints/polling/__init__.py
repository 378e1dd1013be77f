"""/pemungutan: voting day at the TPS, hour by hour."""
