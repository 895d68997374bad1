"""Forms of the access room: text to typed values, one file for each subject."""
