"""Pages of the units."""
