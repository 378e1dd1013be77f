"""Pages of imports: sheets in, for every room that has an importer."""
