"""Backups: one encrypted file with the database and the sealed files, never the keys.

The database is written row by row in a form that is neither SQLite's nor PostgreSQL's, from one
snapshot, so that a backup of a laptop can be restored into a country's server. ``age`` encrypts,
``dump`` writes, ``load`` reads, ``tables`` says what is in.
"""
