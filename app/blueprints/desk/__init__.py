"""The front page: what I must do now."""
