"""Registers the site room with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register


class Room(AppConfig):
    name = "amparo.site"
    label = "amparo_site"

    def ready(self) -> None:
        from amparo.site.checks import (
            doctrine_is_sound,
            home_is_writable,
            law_of_procedures_is_here,
            sqlite_is_safe,
        )
        from amparo.site.logs import set_up_logs

        set_up_logs()
        register(sqlite_is_safe)
        register(home_is_writable)
        register(doctrine_is_sound)
        register(law_of_procedures_is_here, Tags.database)
