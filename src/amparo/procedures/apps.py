"""Registers the procedures room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    name = "amparo.procedures"
    label = "procedures"
