"""Doctrine's sources and decisions as entries: the library's own copy, brought up to date by ``sync``."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.doctrine import registry
from amparo.doctrine.data import CaseDecision, QualityNote, Source, Text
from amparo.library.data import AnyContent, Decision, Instrument, Provision, Words
from amparo.library.queries.elements import cited_by_elements


def list_doctrine_entries() -> list[AnyContent]:
    """Return every instrument, provision and decision of doctrine: instruments first, each kind by id."""
    sources = registry.list_sources()
    return [*_instruments(sources), *map(_provision, sources), *map(_decision, registry.list_decisions())]


def _instruments(sources: list[Source]) -> Iterator[Instrument]:
    """An instrument is as verified as the best verified of its places."""
    ranked = sorted(sources, key=lambda source: (not source.status.is_unverified, source.id))
    best = {_instrument_of(source.id): source for source in ranked}
    for key, source in sorted(best.items()):
        yield Instrument.model_validate(
            {
                "key": key,
                "title": _words(source.instrument),
                "kind": source.kind,
                "country": source.country,
                "in_force_from": source.effective,
                "in_force_until": source.repealed,
                "status": source.status,
                "where": _where(source.evidence),
                "notes": _notes(registry.quality_notes_for(key)),
            }
        )


def _provision(source: Source) -> Provision:
    return Provision.model_validate(
        {
            "key": source.id,
            "instrument": _instrument_of(source.id),
            "title": _words(source.title),
            "place": _words(source.place),
            "summary": _words(source.says),
            "kind": source.kind,
            "country": source.country,
            "in_force_from": source.effective,
            "in_force_until": source.repealed,
            "status": source.status,
            "where": _where(source.evidence),
            "notes": _notes(registry.quality_notes_for(source.id)),
            "elements": sorted(cited_by_elements().get(source.id, frozenset())),
        }
    )


def _decision(decision: CaseDecision) -> Decision:
    elements = set(decision.elements) | cited_by_elements().get(decision.id, frozenset())
    return Decision.model_validate(
        {
            "key": decision.id,
            "title": Words(es=decision.name, en=decision.name),
            "forum": _words(decision.forum),
            "country": decision.country,
            "level": decision.level,
            "number": decision.number,
            "date": decision.date,
            "redacted": decision.redacted,
            "aspects": list(decision.aspects),
            "summary": _words(decision.holding),
            "outcome": decision.outcome,
            "standing": decision.standing,
            "cites": list(decision.sources),
            "status": decision.status,
            "where": _where(decision.evidence),
            "notes": _notes(registry.quality_notes_for(decision.id)),
            "elements": sorted(elements),
        }
    )


def _instrument_of(source_id: str) -> str:
    return source_id.split("/")[0]


def _words(text: Text) -> Words:
    return Words(es=text.es, en=text.en)


def _where(evidence: tuple[str, ...]) -> str:
    return "; ".join(registry.get_evidence(one).where for one in evidence)


def _notes(notes: list[QualityNote]) -> list[Words]:
    return [_words(note.says) for note in notes]
