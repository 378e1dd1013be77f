"""/sosialisasi: where outreach and participation stand."""
