"""Forms of the cases room: text to typed values."""
