"""Pages of the regions room."""
