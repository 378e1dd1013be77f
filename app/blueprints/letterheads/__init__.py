"""Pages of the letterheads room."""
