"""Reads of the site room: is this installation well?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from amparo.ledger.queries import count_subjects
from amparo.site.paths import keys_folder
from amparo.vault.data import ServerKeysMissing
from amparo.vault.queries import require_server_keys

DAMAGE_DAYS = 7


def count_damaged(now: datetime) -> int:
    """Return how many files were found damaged lately, as the ledger tells; none of them is named."""
    return count_subjects("vault.damaged", now - timedelta(days=DAMAGE_DAYS))


def list_ailments() -> list[str]:
    """Return the names of the parts that do not answer: database, ledger, keys, seal_key. Three queries."""
    checks: dict[str, Callable[[], None]] = {
        "database": lambda: _select("SELECT 1"),
        "ledger": lambda: _select("SELECT 1 FROM ledger_entry LIMIT 1"),
        "keys": _read_keys,
        "seal_key": require_server_keys,
    }
    return [name for name, check in checks.items() if not _is_well(check)]


def _is_well(check: Callable[[], None]) -> bool:
    try:
        check()
    except (DatabaseError, OSError, ValueError, ServerKeysMissing):
        return False
    return True


def _select(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchone()


def _read_keys() -> None:
    (keys_folder() / "django.key").read_bytes()
