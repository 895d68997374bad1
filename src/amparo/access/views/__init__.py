"""Pages of the access room, one file for each subject."""
