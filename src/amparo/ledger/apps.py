"""Registers the ledger room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    name = "amparo.ledger"
    label = "ledger"

    def ready(self) -> None:
        from amparo.ledger import checks, jobs  # noqa: F401  registers the checks and the periodic jobs
