"""The law library: instruments, provisions and decisions, searchable; it knows nothing of cases."""
