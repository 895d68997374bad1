"""Subcommands of ``amparo``, one file per subject, loaded when they are called."""
