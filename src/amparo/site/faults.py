"""What is wrong with an installation, said in one sentence instead of a traceback.

Only faults of the installation: keys, database, folder. A defect of the program keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

NO_TABLES = (
    "The database has no tables yet, or not all of them: run amparo migrate. If it held "
    "data before, it is damaged: restore a backup into another folder."
)
_SAYS_NO_TABLES = ("no such table", "no such column")
_PG_NO_TABLES = {"UndefinedTable", "UndefinedColumn"}


@contextmanager
def faults_in_one_sentence() -> Iterator[None]:
    """Turn a fault of the installation into one sentence and exit 1."""
    try:
        yield
    except Exception as error:
        sentence = find_sentence(error)
        if not sentence:
            raise
        raise click.ClickException(sentence) from None


def find_sentence(error: Exception) -> str:
    """Return what to say about a fault of the installation, or "" for anything else."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import DatabaseError, Error, OperationalError

    from amparo.ledger.data import LedgerError
    from amparo.vault.data import ServerKeysMissing

    if isinstance(error, Error) and _says_no_tables(error):
        return NO_TABLES
    if isinstance(error, (ImproperlyConfigured, LedgerError, ServerKeysMissing)):
        return _first_line(error)
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        return (
            f"The database cannot be used ({_first_line(error)}): check AMPARO_DATABASE_URL or AMPARO_HOME."
        )
    return ""


def _says_no_tables(error: Exception) -> bool:
    return type(error.__cause__).__name__ in _PG_NO_TABLES or str(error).startswith(_SAYS_NO_TABLES)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
