"""Reads ``AMPARO_DATABASE_URL`` into Django's database settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from amparo.site.paths import home

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"
    # Without it, INSERT OR REPLACE removes a row past the triggers that refuse a DELETE.
    "PRAGMA recursive_triggers=ON;"
    "PRAGMA busy_timeout=20000;"
)


CONNECT_SECONDS = 5
"""How long a command waits for an unreachable PostgreSQL before it says so."""


def installed_database() -> dict[str, Any]:
    """Return the settings of the database this installation names. Raises ``ImproperlyConfigured``."""
    try:
        return database_settings(os.environ.get("AMPARO_DATABASE_URL", ""), home())
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from None


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """Return Django settings for ``sqlite:///path`` or ``postgresql://user@host:port/name``.

    An empty url means an SQLite file in ``home``. Raises ``ValueError`` naming what is wrong.
    """
    if not url:
        return _sqlite(home / "amparo.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ValueError(
        f"AMPARO_DATABASE_URL: the scheme {parts.scheme!r} is not known; "
        "use sqlite:///path/to/file or postgresql://user:password@host:port/name"
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS, "timeout": 20},
        "TEST": {"NAME": None},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(_port(parts) or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "connect_timeout": CONNECT_SECONDS,
            **query,
            "pool": {"min_size": 1, "max_size": 8, "timeout": CONNECT_SECONDS},
        },
    }


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ValueError("AMPARO_DATABASE_URL: the port is not a number from 0 to 65535") from None
