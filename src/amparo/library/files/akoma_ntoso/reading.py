"""A published act, read as an instrument with its provisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from babel.core import get_global

from amparo.library.data import AnyContent, FileRefused
from amparo.library.files.akoma_ntoso.dividing import Part, divide, name_part, text_of
from amparo.library.files.akoma_ntoso.names import AKN, LANGUAGES, OWN
from amparo.library.files.akoma_ntoso.parsing import parse
from amparo.library.files.faults import Fault, FieldPath, Reading, refuse_large, validate, with_twice


def read_act(content: bytes, limit: int) -> Reading:
    """Return the instrument and the provisions of an act, and their faults. Raises FileRefused.

    What does not say how it was checked comes in as not verified. Text in a language that is neither
    Spanish nor English keeps its language; its title stands in the place of the Spanish one. What is in
    no provision is in ``left_out``, with its line.
    """
    refuse_large(content, limit)
    root, line_at = parse(content)
    act = next(iter(root), None)
    if root.tag != f"{{{AKN}}}akomaNtoso" or act is None:
        raise FileRefused(problem="not_akoma_ntoso")
    spoken = _language_of(act)
    instrument = _instrument(act, spoken)
    parts, left_out = divide(act)
    data = [instrument, *_provisions(parts, instrument, spoken)]
    lines: dict[FieldPath, int] = {
        (str(one["key"]),): line_at[id(element)]
        for one, element in zip(data, [act, *(part.element for part in parts)], strict=True)
    }
    contents: list[AnyContent] = []
    places: list[FieldPath] = []
    faults: list[Fault] = []
    for one in data:
        found = validate(one, (str(one["key"]),), lines)
        if isinstance(found, list):
            faults += found
        else:
            contents.append(found)
            places.append((found.key,))
    aside = tuple(Fault(line_at[id(one)], name_part(one), "left_out") for one in left_out)
    return with_twice(Reading(tuple(contents), tuple(faults), tuple(places), lines, aside))


def _instrument(act: Element, spoken: str) -> dict[str, object]:
    title = (
        _value(act, "FRBRalias", "value") or text_of(act.find(f".//{{{AKN}}}docTitle")) or act.get("name", "")
    )
    key = act.get(f"{{{OWN}}}key") or _slug(_value(act, "FRBRthis", "value").removeprefix("/akn/"))
    stated: dict[str, object] = {
        "key": key,
        "shape": "instrument",
        "title": {_slot(spoken): title},
        "kind": act.get(f"{{{OWN}}}kind", "national"),
        "status": act.get(f"{{{OWN}}}status", "U-l"),
        "country": _alpha_3(_value(act, "FRBRcountry", "value")),
        "languages": [spoken],
    }
    return stated | _since(_value(act, "FRBRdate", "date"))


def _provisions(
    parts: Sequence[Part], instrument: dict[str, object], spoken: str
) -> Iterator[dict[str, object]]:
    titles = instrument["title"]
    assert isinstance(titles, dict)
    shared = {name: instrument[name] for name in ("kind", "country", "in_force_from") if name in instrument}
    for number, part in enumerate(parts, start=1):
        place = part.place or str(number)
        title = f"{titles[_slot(spoken)]}, {place}" + (f". {part.heading}" if part.heading else "")
        stated = part.element
        yield shared | {
            "key": stated.get(f"{{{OWN}}}key")
            or f"{instrument['key']}/{_slug(stated.get('eId', str(number)))}",
            "shape": "provision",
            "instrument": instrument["key"],
            "title": {_slot(spoken): title},
            "place": {_slot(spoken): place},
            "text": "\n".join(part.lines),
            "text_language": spoken,
            "kind": stated.get(f"{{{OWN}}}kind", str(instrument["kind"])),
            "status": stated.get(f"{{{OWN}}}status", str(instrument["status"])),
        }


def _language_of(act: Element) -> str:
    stated = _value(act, "FRBRlanguage", "language").lower()
    short = {code: language for language, code in LANGUAGES.items()}
    return short.get(stated, stated[:3]) or "es"


def _slot(spoken: str) -> str:
    return "en" if spoken == "en" else "es"


def _since(stated: str) -> dict[str, str]:
    try:
        since = date.fromisoformat(stated[:10])
    except ValueError:
        return {}
    return {"in_force_from": since.isoformat()} if since.year > 1 else {}


def _value(act: Element, name: str, attribute: str) -> str:
    found = act.find(f".//{{{AKN}}}{name}")
    return found.get(attribute, "") if found is not None else ""


def _slug(address: str) -> str:
    return re.sub(r"[^A-Za-z0-9._()-]+", "-", address).strip("-").lower()[:100] or "act"


def _alpha_3(alpha_2: str) -> str:
    wanted = [alpha_2.upper()]
    aliases = get_global("territory_aliases")
    return next(
        (code for code, named in aliases.items() if len(code) == 3 and code.isalpha() and named == wanted), ""
    )
