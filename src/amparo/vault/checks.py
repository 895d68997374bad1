"""The system check that stops the start when the server's key files are missing or foreign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error
from django.db import DatabaseError

from amparo.vault import keyfolder
from amparo.vault.data import ServerKeysMissing


def server_keys_fit(app_configs: Sequence[Any] | None = None, **_options: object) -> list[Error]:
    """Name the key file that is missing, damaged or foreign. Before the tables exist there is none."""
    try:
        fault = keyfolder.find_fault()
    except ServerKeysMissing as damaged:
        fault = str(damaged)
    except DatabaseError:
        return []
    return [Error(fault, id="vault.E001")] if fault else []
