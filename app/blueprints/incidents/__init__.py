"""Pages of incidents: the board, the rapid report, duplicates."""
