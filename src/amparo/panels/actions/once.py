"""A form that was sent twice makes one thing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Model

from amparo.panels.data.refusals import SentBefore


def require_new(model: type[Model], new_id: UUID | None) -> None:
    """Raise SentBefore where a row has this id already; call it once the row above it is locked."""
    if new_id is not None and model._default_manager.filter(pk=new_id).exists():
        raise SentBefore
