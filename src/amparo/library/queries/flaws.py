"""What keeps entries out although each is well formed: what they name does not exist, or has not happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from amparo.library.data import AnyContent, Decision, Flaw, Provision
from amparo.library.models import Entry
from amparo.library.queries.elements import is_element


def find_flaws(contents: Sequence[AnyContent], *, today: date) -> list[Flaw]:
    """Return the flaws in the order of the entries, which may name each other. One query.

    Codes: ``withdrawn``, ``no_element``, ``no_instrument``, ``no_cited``, ``not_yet``.
    """
    named = {key for content in contents for key in (content.key, *_named(content))}
    rows = Entry.objects.filter(key__in=named).values_list("key", "shape", "origin", "withdrawn_at")
    held = {key: shape for key, shape, _origin, _at in rows}
    taken_back = {key for key, _shape, origin, at in rows if origin == "staff" and at is not None}
    held |= {content.key: content.shape for content in contents}
    return [
        Flaw(number, field, code, value)
        for number, content in enumerate(contents)
        for field, code, value in (
            *([("key", "withdrawn", content.key)] if content.key in taken_back else []),
            *_flaws(content, held, today.isoformat()),
        )
    ]


def _named(content: AnyContent) -> Sequence[str]:
    if isinstance(content, Decision):
        return content.cites
    return (content.instrument,) if isinstance(content, Provision) else ()


def _flaws(content: AnyContent, held: Mapping[str, str], today: str) -> Iterator[tuple[str, str, str]]:
    for number, element in enumerate(content.elements):
        if not is_element(element):
            yield f"elements.{number}", "no_element", element
    if isinstance(content, Provision) and held.get(content.instrument) != "instrument":
        yield "instrument", "no_instrument", content.instrument
    if not isinstance(content, Decision):
        return
    for number, cited in enumerate(content.cites):
        if cited not in held:
            yield f"cites.{number}", "no_cited", cited
    if content.date > today:
        yield "date", "not_yet", content.date
