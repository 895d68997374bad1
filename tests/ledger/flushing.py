"""Lets transactional tests empty the append-only tables of a test database, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands import flush

from amparo.ledger import triggers


@pytest.fixture(autouse=True, scope="session")
def _flush_without_triggers() -> Any:
    plain = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> None:
        from django.db import connection

        triggers.drop(connection)
        try:
            plain(self, **options)
        finally:
            triggers.create(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "AMPARO_WITNESSES", [])  # each test has its own ledger
        patch.setattr(flush.Command, "handle", handle)
        yield
