"""The procedures that a panel decides, by their titles."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.doctrine.registry import UnknownDoctrine, get_procedure, list_procedures


def list_decidable(language: str) -> list[tuple[str, str]]:
    """Return every procedure that a panel decides, as (id, title)."""
    return [(one.id, one.title[language]) for one in list_procedures() if one.panel is not None]


def titles_of(procedures: Iterable[str], language: str) -> list[str]:
    """Return the titles of procedures; the id where doctrine knows it no longer."""
    titles = []
    for name in procedures:
        try:
            titles.append(get_procedure(name).title[language])
        except UnknownDoctrine:
            titles.append(name)
    return titles


def is_decidable(definition: str, country: str) -> bool:
    return get_procedure(definition, country=country).panel is not None
