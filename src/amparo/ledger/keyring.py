"""Finds the ledger's key in the installation's keys folder."""

from __future__ import annotations

from django.conf import settings

from amparo.ledger.models import Entry
from amparo.ledger.signing import KEY_FILE, LedgerKey, open_key


def ledger_key() -> LedgerKey:
    """Return the key of this installation, making it while the ledger is still empty.

    No query where the file is there. Raises ``LedgerKeyMissing`` when entries exist and it is not.
    """
    folder = settings.AMPARO_KEYS
    is_new = not (folder / KEY_FILE).exists() and not Entry.objects.exists()
    return open_key(folder, is_new=is_new)
