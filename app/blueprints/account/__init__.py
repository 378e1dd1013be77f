"""Pages of the account room."""
