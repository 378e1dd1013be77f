"""Pages of meetings, visits and follow-ups."""
