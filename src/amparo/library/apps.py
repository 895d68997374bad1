"""Registers the library room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    name = "amparo.library"
    label = "library"
