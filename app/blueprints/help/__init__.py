"""The short user guide."""
