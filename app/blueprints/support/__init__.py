"""Pages of government support."""
