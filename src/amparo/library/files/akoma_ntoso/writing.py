"""An instrument with its provisions, written as an act with articles."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from babel.core import get_global

from amparo.library.data import Instrument, Provision
from amparo.library.files.akoma_ntoso.names import AKN, LANGUAGES, OWN


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


def _alpha_2(alpha_3: str) -> str:
    return str(next(iter(get_global("territory_aliases").get(alpha_3, [])), "")).lower()
