"""What must hold before anything is served: the ledger's triggers, its key, and that it takes entries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection, transaction

from amparo.ledger import triggers
from amparo.ledger.data import LedgerError
from amparo.ledger.models import Entry
from amparo.ledger.record import build_entry

NO_TABLES = "The ledger has no tables: run amparo migrate."
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@register(Tags.database)
def ledger_is_whole(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Refuse to start on a ledger without its triggers, or one that takes no entry.

    Before the first migration there is nothing to check, or ``migrate`` could not run.
    """
    if not databases:
        return []
    problem = find_problem()
    if problem == NO_TABLES:
        return []
    return [Error(problem, id="ledger.E001")] if problem else []


def find_problem() -> str:
    """Return one sentence that says why the ledger cannot do its work, or "". Changes nothing."""
    try:
        if not _has_tables():
            return NO_TABLES
        missing = sorted(triggers.names(connection.vendor) - triggers.present(connection))
        if missing:
            return f"The ledger can be changed unnoticed, because the trigger {missing[0]} is missing."
        return _try_to_write()
    except LedgerError as error:
        return f"The ledger cannot be used: {error}."
    except DatabaseError as error:
        return f"The ledger cannot be written: {_first_line(error)}."


def _has_tables() -> bool:
    return Entry._meta.db_table in connection.introspection.table_names()


def _try_to_write() -> str:
    """Write an entry and try to change it, and take both back."""
    with transaction.atomic():
        probe = build_entry("machine:check", "ledger.check", "", {}, EPOCH)
        probe.save(force_insert=True)
        try:
            with transaction.atomic():
                Entry.objects.filter(id=probe.id).update(verb="ledger.changed")
            changed = True
        except DatabaseError:
            changed = False
        transaction.set_rollback(True)
    return "The ledger let an entry be changed: its triggers do not do their work." if changed else ""


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["unknown reason"])[0].rstrip(".")
