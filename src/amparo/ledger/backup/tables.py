"""What a backup holds of the database: which tables, in which order, and their values as JSON.

Left out: what Django makes again by itself, and what lives for minutes (sessions, opened bundles).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.duration import duration_iso_string

Model = type[models.Model]

LEFT_OUT = {"sessions.Session", "vault.Bundle"}
LEFT_OUT_APPS = {"contenttypes", "auth"}
_AS_TEXT = (
    models.UUIDField, models.DateField, models.TimeField, models.BinaryField, models.DecimalField,
    models.DurationField,
)  # fmt: skip


def dumped_models() -> list[Model]:
    """Return every model of a backup, each after those that it refers to where that is possible."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in LEFT_OUT_APPS
        and model._meta.label not in LEFT_OUT
    ]
    ordered: dict[Model, None] = {}
    for model in sorted(found, key=lambda each: each._meta.label):
        _place(model, set(found), ordered, ())
    return list(ordered)


def _place(model: Model, wanted: set[Model], ordered: dict[Model, None], above: tuple[Model, ...]) -> None:
    if model in ordered or model in above:
        return
    for field in model._meta.concrete_fields:
        related = field.related_model
        if isinstance(related, type) and related in wanted:
            _place(related, wanted, ordered, (*above, model))
    ordered[model] = None


def rows(model: Model) -> Iterator[bytes]:
    """Yield the rows of a table as lines of JSON, in the order of its key."""
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.order_by("pk").values_list(*names)
    for row in found.iterator(chunk_size=2000):
        yield json.dumps(row, default=_as_json, separators=(",", ":")).encode() + b"\n"


def read_row(model: Model, line: bytes) -> models.Model:
    """Return an instance from its line. Raises ``ValueError`` when the columns are not the model's."""
    fields, values = model._meta.concrete_fields, json.loads(line)
    if len(values) != len(fields):
        raise ValueError(f"a row of {model._meta.label} has other columns than this version of Amparo")
    made = model()
    for field, value in zip(fields, values, strict=True):
        setattr(made, field.attname, _as_value(field, value))
    return made


def insert(model: Model, instances: list[models.Model]) -> None:
    """Insert rows as they are: no default, no "now" of the model's fields takes their place."""
    fields = model._meta.concrete_fields
    size = max(1, connection.ops.bulk_batch_size([*fields], instances))
    for start in range(0, len(instances), size):
        model._base_manager.get_queryset()._insert(  # type: ignore[attr-defined]
            instances[start : start + size], fields=fields, using=connection.alias, raw=True
        )


def counts() -> dict[str, int]:
    """Return how many rows each table has."""
    return {model._meta.label: model._base_manager.count() for model in dumped_models()}


def _as_value(field: models.Field[Any, Any], value: Any) -> Any:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if value is None or not isinstance(field, _AS_TEXT):
        return value
    return field.to_python(value)


def _as_json(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    raise TypeError(f"a backup cannot hold a {type(value).__name__}")
