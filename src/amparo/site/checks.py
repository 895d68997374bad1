"""System checks that stop the start: unsafe SQLite, a home that cannot be written, unsound or missing law."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from django.core.checks import Error
from django.db import DatabaseError, connection

from amparo.doctrine.queries import DoctrineError
from amparo.doctrine.registry import list_packs
from amparo.site.paths import home

SAFE_SQLITE = (3, 51, 3)
"""The first release without the defect that can lose writes in WAL mode with several connections."""


def sqlite_is_safe(app_configs: Sequence[Any] | None = None, **_options: object) -> list[Error]:
    """Refuse WAL on an older library."""
    if connection.vendor != "sqlite":
        return []
    from sqlite3 import sqlite_version_info

    if sqlite_version_info >= SAFE_SQLITE:
        return []
    version = ".".join(str(part) for part in sqlite_version_info)
    return [
        Error(
            f"SQLite {version} can lose writes; Amparo needs 3.51.3 or later.",
            hint="Run make setup, which installs pysqlite3.",
            id="site.E001",
        )
    ]


def home_is_writable(app_configs: Sequence[Any] | None = None, **_options: object) -> list[Error]:
    """Refuse a home where the database and the files could not be written."""
    if os.access(home(), os.W_OK):
        return []
    return [
        Error(
            f"The folder {home()} cannot be written.",
            hint="Give the account that runs Amparo the right to write there, or set AMPARO_HOME.",
            id="site.E002",
        )
    ]


def doctrine_is_sound(app_configs: Sequence[Any] | None = None, **_options: object) -> list[Error]:
    """Refuse law that cannot be used, also that of the installation's own packs: file, line and field."""
    try:
        list_packs()
    except DoctrineError as error:
        return [
            Error(
                str(problem),
                hint="Correct the file, or take its folder out of AMPARO_DOCTRINE_PACKS.",
                id="site.E003",
            )
            for problem in error.problems
        ]
    return []


def law_of_procedures_is_here(
    app_configs: Sequence[Any] | None = None,
    databases: Sequence[str] | None = None,
    **_options: object,
) -> list[Error]:
    """Refuse to serve procedures whose own version of the law was taken out of the doctrine.

    Names versions and numbers, never a case. Runs when the caller asks about the database; tables that
    are not there yet, or law that is unsound, are for other checks to say.
    """
    from amparo.procedures.queries import list_missing_law

    if not databases:
        return []
    try:
        missing = list_missing_law()
    except (DatabaseError, DoctrineError):
        return []
    if not missing:
        return []
    named = ", ".join(f"{one.id} {one.edition} (procedures: {one.procedures})" for one in missing)
    return [
        Error(
            f"Procedures were opened under law that is no longer in the doctrine: {named}.",
            hint="Put the files of these versions back; repealed law stays, with its date.",
            id="site.E004",
        )
    ]
