"""What importing entries would do, before anybody says yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.library.data import AnyContent
from amparo.library.models import Entry

NEW, CHANGED, SAME, FROM_DOCTRINE = "new", "changed", "same", "from_doctrine"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What would become of one entry: new, changed, same, or refused since it is doctrine's."""

    content: AnyContent
    effect: str


def compare(contents: Sequence[AnyContent]) -> list[Comparison]:
    """Compare entries with what the library holds, in their order. One query."""
    keys = [content.key for content in contents]
    held = {row.key: row for row in Entry.objects.filter(key__in=keys)} if keys else {}
    return [Comparison(content, _effect(content, held.get(content.key))) for content in contents]


def _effect(content: AnyContent, row: Entry | None) -> str:
    if row is None:
        return NEW
    if row.content == content.model_dump(mode="json"):
        return SAME
    return FROM_DOCTRINE if row.origin == "doctrine" else CHANGED
