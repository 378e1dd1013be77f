"""The parts: each a module with NAME, DATABASES and rows(way)."""
