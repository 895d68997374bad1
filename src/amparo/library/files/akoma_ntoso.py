"""Acts in Akoma Ntoso 3.0: one instrument with its provisions as articles.

Written so that other legal systems can take a law from the library, and read so that a published act can
come in. What the standard has no place for (kind, status, key) travels in attributes of our own namespace.
Document types, entities and deep nesting are refused before anything is built from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from babel.core import get_global
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from amparo.library.data import AnyContent, FileRefused, Instrument, Provision
from amparo.library.files.faults import Fault, FieldPath, Reading, refuse_large, validate, with_twice

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:amparo:library:1"
MAX_DEPTH = 60
LANGUAGES = {"es": "spa", "en": "eng", "fr": "fra", "pt": "por"}
register_namespace("", AKN)
register_namespace("amparo", OWN)


def write_act(instrument: Instrument, provisions: Sequence[Provision], *, language: str) -> bytes:
    """Return an instrument with its provisions as an act, in one language."""
    root = Element(f"{{{AKN}}}akomaNtoso")
    act = _add(root, "act", name="act", contains="singleVersion")
    act.attrib |= _own(instrument)
    _identify(_add(act, "meta"), instrument, language)
    preface = _add(_add(act, "preface"), "longTitle")
    _add(_add(preface, "p"), "docTitle").text = instrument.title[language]
    body = _add(act, "body")
    for number, provision in enumerate(provisions, start=1):
        article = _add(body, "article", eId=f"art_{number}")
        article.attrib |= _own(provision)
        _add(article, "num").text = provision.place[language]
        said = provision.text or (provision.summary[language] if provision.summary else "")
        content = _add(article, "content", eId=f"art_{number}__content")
        for paragraph in said.splitlines() or [""]:
            _add(content, "p").text = paragraph
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return SubElement(parent, f"{{{AKN}}}{tag}", attributes)


def _own(content: Instrument | Provision) -> dict[str, str]:
    stated = {"key": content.key, "kind": content.kind, "status": str(content.status)}
    return {f"{{{OWN}}}{name}": value for name, value in stated.items() if value}


def _identify(meta: Element, instrument: Instrument, language: str) -> None:
    country = _alpha_2(instrument.country)
    since = str(instrument.in_force_from or "")
    work = f"/akn/{country or 'un'}/act/{since or 'undated'}/{instrument.key.replace('/', '-')}"
    spoken = LANGUAGES[language]
    identification = _add(meta, "identification", source="#amparo")
    levels = {
        "FRBRWork": work,
        "FRBRExpression": f"{work}/{spoken}",
        "FRBRManifestation": f"{work}/{spoken}.xml",
    }
    for level, address in levels.items():
        part = _add(identification, level)
        _add(part, "FRBRthis", value=address)
        _add(part, "FRBRuri", value=address)
        if level == "FRBRWork":
            _add(part, "FRBRalias", value=instrument.title[language], name="title")
        _add(part, "FRBRdate", date=since or "0001-01-01", name="in-force")
        _add(part, "FRBRauthor", href="#amparo")
        if level == "FRBRWork":
            _add(part, "FRBRcountry", value=country or "un")
        if level == "FRBRExpression":
            _add(part, "FRBRlanguage", language=spoken)
    references = _add(meta, "references", source="#amparo")
    _add(references, "TLCOrganization", eId="amparo", href="/ontology/organization/amparo", showAs="Amparo")


def read_act(content: bytes, limit: int) -> Reading:
    """Return the instrument and the provisions of an act, and their faults. Raises FileRefused.

    What does not say how it was checked comes in as not verified. Text in a language that is neither
    Spanish nor English keeps its language; its title stands in the place of the Spanish one.
    """
    refuse_large(content, limit)
    root = _parse(content)
    act = next(iter(root), None)
    if root.tag != f"{{{AKN}}}akomaNtoso" or act is None:
        raise FileRefused(problem="not_akoma_ntoso")
    spoken = _language_of(act)
    instrument = _instrument(act, spoken)
    data = [instrument, *_provisions(act, instrument, spoken)]
    contents: list[AnyContent] = []
    places: list[FieldPath] = []
    faults: list[Fault] = []
    for one in data:
        found = validate(one, (str(one["key"]),), {})
        if isinstance(found, list):
            faults += found
        else:
            contents.append(found)
            places.append((found.key,))
    return with_twice(Reading(tuple(contents), tuple(faults), tuple(places)))


def _parse(content: bytes) -> Element:
    depth, root = 0, None
    try:
        for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            if depth > MAX_DEPTH:
                raise FileRefused(problem="too_deep")
    except (ParseError, DefusedXmlException, UnicodeError, LookupError, ValueError):
        raise FileRefused(problem="not_safe_xml") from None
    if root is None:
        raise FileRefused(problem="empty")
    found: Element = root
    return found


def _instrument(act: Element, spoken: str) -> dict[str, object]:
    title = (
        _value(act, "FRBRalias", "value") or _text(act.find(f".//{{{AKN}}}docTitle")) or act.get("name", "")
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


def _provisions(act: Element, instrument: dict[str, object], spoken: str) -> Iterator[dict[str, object]]:
    titles = instrument["title"]
    assert isinstance(titles, dict)
    for number, article in enumerate(act.iter(f"{{{AKN}}}article"), start=1):
        place = _text(article.find(f"{{{AKN}}}num")) or str(number)
        said = [_text(part) for part in article.iter(f"{{{AKN}}}p")]
        shared = {
            name: instrument[name] for name in ("kind", "country", "in_force_from") if name in instrument
        }
        yield shared | {
            "key": article.get(f"{{{OWN}}}key")
            or f"{instrument['key']}/{_slug(article.get('eId', str(number)))}",
            "shape": "provision",
            "instrument": instrument["key"],
            "title": {_slot(spoken): f"{titles[_slot(spoken)]}, {place}"},
            "place": {_slot(spoken): place},
            "text": "\n".join(line for line in said if line),
            "text_language": spoken,
            "kind": article.get(f"{{{OWN}}}kind", str(instrument["kind"])),
            "status": article.get(f"{{{OWN}}}status", str(instrument["status"])),
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


def _text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _slug(address: str) -> str:
    return re.sub(r"[^A-Za-z0-9._()-]+", "-", address).strip("-").lower()[:100] or "act"


def _alpha_2(alpha_3: str) -> str:
    return str(next(iter(get_global("territory_aliases").get(alpha_3, [])), "")).lower()


def _alpha_3(alpha_2: str) -> str:
    wanted = [alpha_2.upper()]
    aliases = get_global("territory_aliases")
    return next(
        (code for code, named in aliases.items() if len(code) == 3 and code.isalpha() and named == wanted), ""
    )
