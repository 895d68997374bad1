"""Files of entries: read with every fault named, written so that they read back the same."""
