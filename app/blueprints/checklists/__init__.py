"""Pages of the checklists room."""
