"""The text that a change stands on: an earlier version of the same country, or an international one.

A change names it (``base: CRI/1``). Without a name it is the first international text, and the name may be
left out only while nothing else could be meant: a country's second version that forgot its first would
lose in silence what the first had changed.
"""

from __future__ import annotations

from typing import TypeVar

from amparo.doctrine import schema
from amparo.doctrine.data import INTERNATIONAL, edition_of
from amparo.doctrine.problems import DoctrineError
from amparo.doctrine.reading import Sheet

Whole = TypeVar("Whole", schema.GuideShape, schema.ProcedureShape)
Change = TypeVar("Change", schema.GuideOverrideShape, schema.ProcedureOverrideShape)
Written = dict[tuple[str, str], dict[int, Whole]]
"""(country, id) to the whole text of each version."""


def find_base(written: Written[Whole], change: Sheet[Change], missing: str) -> tuple[Whole, str]:
    """Return the whole text that a change stands on, with its edition.

    ``missing``: the code of the problem where no text of that id exists. Raises DoctrineError with one
    problem: that code, ``missing_field`` (name the base), ``wrong_country``, ``version_order`` or
    ``unknown_version``.
    """
    shape, country = change.shape, change.country
    if not any((place, shape.overrides) in written for place in ("", country)):
        raise DoctrineError([change.document.problem(("overrides",), missing, shape.overrides)])
    if shape.base is None:
        _require_unmistakable(written, change)
    place, number = _place_of(shape.base)
    if place not in {"", country}:
        raise _refused(change, "wrong_country", f"{shape.base} is not of {country or INTERNATIONAL}")
    if place == country and number >= shape.version:
        raise _refused(change, "version_order", f"{shape.base} is no earlier version")
    versions = written.get((place, shape.overrides), {})
    found = versions.get(number or min(versions, default=0))
    if found is None:
        raise _refused(change, "unknown_version", shape.base or edition_of("", 1))
    return found, edition_of(place, found.version)


def _require_unmistakable(written: Written[Whole], change: Sheet[Change]) -> None:
    """Refuse a change without a base where an earlier version of its own country stands beside the first."""
    shape, country = change.shape, change.country
    earlier = sorted(one for one in written.get((country, shape.overrides), {}) if one < shape.version)
    if len(earlier) > (0 if country else 1):
        named = ", ".join(edition_of(country, one) for one in earlier)
        detail = f"base: say which text this changes; {named} came before"
        raise DoctrineError([change.document.problem(("version",), "missing_field", detail)])


def _refused(change: Sheet[Change], code: str, detail: str) -> DoctrineError:
    return DoctrineError([change.document.problem(("base",), code, detail)])


def _place_of(edition: str | None) -> tuple[str, int]:
    """The country of an edition, "" for the international text, and its number; 0 is the first there is."""
    if edition is None:
        return "", 0
    place, _, number = edition.partition("/")
    return "" if place == INTERNATIONAL else place, int(number)
