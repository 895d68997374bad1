"""Registers the access room with Django, and puts the guard on every connection and policy in the vault."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class Room(AppConfig):
    name = "amparo.access"
    label = "access"

    def ready(self) -> None:
        from amparo.access import vault_hooks
        from amparo.access.gate import guard
        from amparo.vault import door

        door.install(permit=vault_hooks.permit, log=vault_hooks.log)
        connection_created.connect(guard.install_guard, dispatch_uid="access.guard")
        pre_migrate.connect(guard.begin_migrations, dispatch_uid="access.guard.begin")
        post_migrate.connect(guard.end_migrations, dispatch_uid="access.guard.end")
