"""Pages of the panels room."""
