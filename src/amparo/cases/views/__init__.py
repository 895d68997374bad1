"""Pages of the cases room: parse, one call, answer."""
