"""Pure Python: truth, guides, policy, sharing, names. No Django, no clock, no input or output."""
