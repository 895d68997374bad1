"""The memorandum of a procedure as plain data: what its document needs, in one language."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.cases.queries import open_parts
from amparo.core.truth import Truth
from amparo.procedures.data.choices import ChoiceView as ChoiceMade
from amparo.procedures.data.rulings import RulingView
from amparo.procedures.data.shapes import CONTESTED, ElementView, FindingView
from amparo.procedures.data.ways import ChoiceView, ConclusionView
from amparo.procedures.data.words import label_of
from amparo.procedures.models import Procedure, Signature
from amparo.procedures.queries.assessing import Assessment, child_on
from amparo.procedures.queries.choices import list_choices
from amparo.procedures.queries.citations import list_cited
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.queries.elements import (
    beside_view,
    conclusion_view,
    element_view,
    list_nodes,
    ways_to,
)
from amparo.procedures.queries.guide_page import assess_all, purpose_of
from amparo.procedures.queries.law_lists import law_of_guides, marked
from amparo.procedures.queries.rows import get_procedure, list_findings, list_stages
from amparo.procedures.queries.rulings import find_ruling_view, ruling_lines
from amparo.vault.data import Compartment, Veiled
from amparo.vault.door import PlainUse, plain

LINES_PRINTED = 3


def get_memorandum(
    actor: Actor, person_id: UUID, procedure_id: UUID, *, language: str, now: datetime
) -> dict[str, Any]:
    """Return the content of the memorandum as JSON-able data.

    Opening the reasons is recorded in the ledger as an opening; in locked mode they are withheld and
    the document says so. Raises Unknown.
    """
    procedure = get_procedure(actor, person_id, procedure_id)
    definition = definition_of(procedure)
    opened = open_parts(actor, person_id, {Compartment.NARRATIVE}, purpose_of(procedure.definition), now=now)
    child = child_on(person_id, now)
    findings = list_findings(procedure.id, opened, list_cited(procedure.id, language))
    assessments = assess_all(procedure, findings, child=child, as_of=now)
    scored = [one for one in assessments if one.guide.is_scored]
    ruling = find_ruling_view(procedure, opened, language=language, now=now)
    is_settled = ruling is not None and ruling.ruling.stands_without
    title, conclusion = definition.title[language], conclusion_view(assessments[0], language)
    return {
        "language": language,
        "title": _("Memorandum: %(title)s") % {"title": title},
        "subtitle": _("It sets out what is documented, missing and contested. It decides nothing."),
        "code": procedure.person.code,
        "printed_by": actor.name,
        "particulars": _particulars(actor, procedure, assessments[0], child, language, now),
        "standing": _standing(conclusion.says),
        "standing_lines": [_route_line(one, language) for one in scored],
        "ruling": _ruling(ruling, language),
        "to_establish": [] if is_settled else list_way_lines(assessments[0], Truth.ESTABLISHED, language),
        "to_refute": [] if is_settled else list_way_lines(assessments[0], Truth.NOT_ESTABLISHED, language),
        "choices": [_choice_made(one, language) for one in list_choices(procedure, language, opened)],
        "guides": [_guide(one, language) for one in scored],
        "law": law_of_guides((one.guide for one in scored), language),
        "signatures": _signatures(procedure, language),
        "words": _words() | _ways_words(conclusion),
    }


def _ruling(view: RulingView | None, language: str) -> dict[str, Any] | None:
    """Return what the panel decided as it stands, or ``None`` where none did."""
    if view is None:
        return None
    return {
        "options": list(view.options),
        "lines": ruling_lines(view, _text(view.why_without), language),
    }


def _particulars(
    actor: Actor, procedure: Procedure, main: Assessment, child: Truth, language: str, now: datetime
) -> list[dict[str, str]]:
    stages = list_stages(procedure, language)
    guide = {"title": main.guide.title[language], "number": main.guide.version}
    rows = [
        (_("File"), procedure.person.code),
        (_("Stage"), stages[0].label if stages else procedure.stage),
        (_("Guide"), _("%(title)s, version %(number)d") % guide),
        (_("Child rule"), _CHILD[child]()),
        (_("Printed"), date_format(now, "DATETIME_FORMAT")),
        (_("Printed by"), actor.name),
    ]
    return [{"label": label, "value": value} for label, value in rows]


_CHILD = {
    Truth.ESTABLISHED: lambda: _("The person is, or must be treated as, a child"),
    Truth.NOT_ESTABLISHED: lambda: _("The person is an adult"),
    Truth.NOT_ASSESSED: lambda: _("The person's age was not assessed"),
}
_STATES = {
    "established": lambda: _("established"),
    "not_established": lambda: _("not established"),
    "not_assessed": lambda: _("not assessed"),
    CONTESTED: lambda: _("contested"),
}


def _standing(says: str) -> str:
    return " ".join((says, _("People decide and sign; this document sets out.")))


def _route_line(assessment: Assessment, language: str) -> str:
    shown = beside_view(assessment, language, "", None)
    return _("%(title)s: documented %(documented)d, not assessed %(missing)d, contested %(contested)d") % {
        "title": shown.title,
        "documented": shown.documented,
        "missing": shown.missing,
        "contested": shown.contested,
    }


def list_way_lines(assessment: Assessment, truth: Truth, language: str) -> list[list[str]]:
    """Return the shortest lines in words, each a list of what must come together."""
    lines = ways_to(assessment, assessment.guide.logic.root, truth, language)
    return [[_slot(slot) for slot in line.slots] for line in lines[:LINES_PRINTED]]


def _slot(choices: tuple[ChoiceView, ...]) -> str:
    labels = [_choice(choice) for choice in choices]
    return labels[0] if len(labels) == 1 else _("one of: %(choices)s") % {"choices": "; ".join(labels)}


def _choice(choice: ChoiceView) -> str:
    if not choice.says_answer:
        return choice.label
    answer = _("answered in the affirmative") if choice.is_yes else _("answered in the negative")
    return f"{choice.label} ({answer})"


def _guide(assessment: Assessment, language: str) -> dict[str, Any]:
    guide = assessment.guide
    state = assessment.state_of(guide.logic.root)
    return {
        "title": guide.title[language],
        "note": guide.about[language],
        "says": conclusion_view(assessment, language).says,
        "state": state,
        "state_word": _STATES[state](),
        "elements": [
            _element(element_view(assessment, node.id, language), node.depth, language)
            for node in list_nodes(assessment, language, "")
        ],
    }


def _element(view: ElementView, depth: int, language: str) -> dict[str, Any]:
    origin = (view.fact.origin or _("no records are kept")) if view.fact else ""
    return {
        "label": view.label,
        "depth": depth,
        "state": view.state,
        "state_word": _STATES[view.state](),
        "absolute": view.is_absolute,
        "question": view.ask,
        "origin": origin,
        "is_leaf": view.is_answerable,
        "findings": [_finding(one, language) for one in view.findings if one.stands],
        "sources": [marked(f"{one.label}, {one.place}", one.is_unverified) for one in view.sources],
        "decisions": [
            marked(f"{one.label} ({one.country}), {_outcome(one.outcome)}", one.is_unverified)
            for one in view.decisions
        ],
    }


def _choice_made(view: ChoiceMade, language: str) -> dict[str, Any]:
    """Return one choice with what stands for it; without lines nobody has chosen."""
    standing = view.standing
    agency = label_of("agency_kind", standing.by_agency, language) if standing else ""
    return {
        "label": marked(view.label, view.is_unverified),
        "lines": list(view.lines),
        "by": f"{standing.by_name} ({agency})" if standing else "",
        "at": date_format(standing.at, "DATETIME_FORMAT") if standing else "",
        "reasons": _text(standing.reasons) if standing else "",
    }


def _outcome(outcome: str) -> str:
    words = {"favourable": _("favourable"), "adverse": _("adverse"), "mixed": _("mixed")}
    return words.get(outcome, _("outcome unknown"))


def _finding(finding: FindingView, language: str) -> dict[str, Any]:
    agency = label_of("agency_kind", finding.by_agency, language)
    confidence = label_of("procedures.confidence", finding.confidence, language) if finding.confidence else ""
    note = _text(finding.confidence_note)
    return {
        "state": finding.truth.value,
        "state_word": _STATES[finding.truth.value](),
        "by": f"{finding.by_name} ({agency})",
        "at": date_format(finding.at, "DATETIME_FORMAT"),
        "standard": label_of("standard_of_proof", finding.standard, language),
        "evidence": [label_of("evidence_kind", code, language) for code in finding.evidence],
        "cited": [marked(one.label, one.is_unverified) for one in finding.cited],
        "reasons": _text(finding.reasons),
        "confidence": f"{confidence}. {note}" if note else confidence,
    }


def _text(words: Veiled | None) -> str:
    return str(plain(words, PlainUse.DOCUMENT)) if words is not None else ""


def _signatures(procedure: Procedure, language: str) -> list[dict[str, str]]:
    rows = Signature.objects.filter(procedure=procedure).order_by("at", "id")
    definition = definition_of(procedure)
    steps = {f"stage:{step.id}": step.label[language] for step in definition.transitions}
    return [
        {
            "name": row.staff_name,
            "agency": label_of("agency_kind", row.agency_kind, language),
            "at": date_format(row.at, "DATETIME_FORMAT"),
            "purpose": steps.get(row.purpose, _("Certificate")),
        }
        for row in rows
    ]


def _ways_words(conclusion: ConclusionView) -> dict[str, str]:
    """Return the heads of the lists of ways; what stands on one line is needed together."""
    together = _("%(what)s (all that stands on one line):")
    return {
        "to_establish": together % {"what": conclusion.to_establish},
        "to_refute": together % {"what": conclusion.to_refute},
    }


def _words() -> dict[str, Any]:
    return {
        "watermark": _("Documents; does not decide"),
        "standing": _("Where this stands"),
        "ruling": _("The panel's decision"),
        "choices": _("What was chosen"),
        "no_choice": _("Nobody has chosen yet."),
        "evidence": _("Evidence"),
        "cited": _("Law cited"),
        "withheld": _("The reasons are withheld: this was printed without unlocking."),
        "confidence": _("Confidence"),
        "absolute": _("Nobody can override this."),
        "computed": _("Computed from"),
        "no_finding": _("Nobody has recorded a finding."),
        "sources": _("Sources"),
        "decisions": _("Decisions"),
        "signatures": _("Signatures"),
        "signature_columns": [_("Name"), _("Agency"), _("When"), _("What was signed")],
        "no_signature": _("Nobody has signed yet."),
        "signature_lines": [_("Name, agency and date"), _("Name, agency and date")],
    }
