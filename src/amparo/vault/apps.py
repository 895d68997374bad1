"""Registers the vault room with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class Room(AppConfig):
    name = "amparo.vault"
    label = "vault"

    def ready(self) -> None:
        from amparo.vault.checks import server_keys_fit

        checks.register(server_keys_fit)
