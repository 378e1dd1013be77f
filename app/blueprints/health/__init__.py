"""Whether the application lives (/sehat) and can work (/siap)."""
