"""Pages of the desk room."""
