"""Writes of the law library, each behind the gate."""

from amparo.library.actions.editing import add_entry, edit_entry, withdraw_entry
from amparo.library.actions.importing import import_entries
from amparo.library.actions.soundness import find_slips_in, find_words_to_read_again
from amparo.library.actions.syncing import bring_up_to_date, sync_doctrine

__all__ = [
    "add_entry",
    "bring_up_to_date",
    "edit_entry",
    "find_slips_in",
    "find_words_to_read_again",
    "import_entries",
    "sync_doctrine",
    "withdraw_entry",
]
