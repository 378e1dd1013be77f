"""Pages of the stages room."""
