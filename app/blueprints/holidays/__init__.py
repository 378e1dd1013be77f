"""Pages of the days on which offices are closed."""
