"""What findings cite of the law library. The library itself never knows who cites it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from amparo.library.data import Choice
from amparo.library.queries import list_choices
from amparo.procedures.data.shapes import CitedView
from amparo.procedures.queries.signed import Entry, list_cited_entries


def list_cited(procedure_id: UUID, language: str) -> dict[UUID, tuple[CitedView, ...]]:
    """Return what each finding of a procedure cites, in the order in which it was cited. Two queries.

    By the finding under which the words were said: one that was carried over cites what the first did.
    """
    return name_entries(list_cited_entries(procedure_id), language)


def name_entries(cited: Mapping[UUID, Iterable[Entry]], language: str) -> dict[UUID, tuple[CitedView, ...]]:
    """Return entries with the names that the library gives them. One query, none where nothing is cited."""
    keys = tuple(dict.fromkeys(key for entries in cited.values() for key, _version in entries))
    known = {one.key: one for one in list_choices("", language, keys=keys)} if keys else {}
    return {
        finding_id: tuple(_view(key, version, known.get(key)) for key, version in entries)
        for finding_id, entries in cited.items()
    }


def list_citable(
    text: str, language: str, *, ticked: Iterable[str], suggested: Iterable[str]
) -> list[tuple[str, str]]:
    """Return entries to tick: those ticked already, those of the element, and what ``text`` finds."""
    choices = list_choices(text, language, keys=(*ticked, *suggested))
    return [(one.key, one.label) for one in choices]


def _view(key: str, version: int, known: Choice | None) -> CitedView:
    if known is None:
        return CitedView(key, key, version, is_unverified=True)
    return CitedView(key, known.label, version, known.is_unverified)
