"""Pages of the neutrality register."""
