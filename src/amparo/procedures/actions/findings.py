"""Recording what a person concluded on one element."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.core.guides import Kind
from amparo.core.truth import Truth
from amparo.doctrine.data import GuideFile
from amparo.library.queries import find_entry
from amparo.procedures.actions.best_interests import keep_best_interests
from amparo.procedures.actions.changes import lock_procedure
from amparo.procedures.data.refusals import (
    AlreadyRecorded,
    NeedsEndDate,
    NeedsFactors,
    NeedsReasons,
    NotForPeople,
    NotInLibrary,
    SupervisorsOnly,
)
from amparo.procedures.models import Finding, FindingCitation, Procedure, Replacement
from amparo.procedures.queries.assessing import assess, child_on
from amparo.procedures.queries.editions import definition_of, guides_of
from amparo.procedures.queries.elements import PEOPLE_ANSWER
from amparo.procedures.queries.rows import list_findings
from amparo.vault import door
from amparo.vault.data import Compartment


@action("procedures.record_finding", about="person_id")
def record_finding(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    procedure_id: UUID,
    element: str,
    truth: Truth,
    reasons: str,
    standard: str = "",
    evidence: Collection[str] = (),
    indicators: Collection[str] = (),
    confidence: str = "",
    confidence_note: str = "",
    until_date: date | None = None,
    replaces: Collection[UUID] = (),
    citations: Sequence[str] = (),
    finding_id: UUID | None = None,
    number: int | None = None,
) -> UUID:
    """Append a finding with its reasons; the actor's own earlier one on the element is replaced.

    ``replaces`` names findings of colleagues that this one settles; the others stand, and where they
    disagree the element is contested. ``until_date`` is for elements that a supervisor answers in
    place of an unmet condition. The reasons are sealed in the narrative compartment. ``citations`` are keys
    of entries of the law library, kept with the version that is cited. ``finding_id`` is the id that a form
    carried: the same form sent twice raises AlreadyRecorded. ``number`` is how often the element had been
    answered when the actor read it; Stale when somebody answered it meanwhile.
    """
    if not reasons.strip():
        raise NeedsReasons
    procedure = lock_procedure(person_id, procedure_id)
    if finding_id is not None and Finding.objects.filter(id=finding_id).exists():
        raise AlreadyRecorded
    if number is not None and Finding.objects.filter(procedure=procedure, element=element).count() != number:
        raise Stale
    guide = _guide_with(procedure, element)
    _require_answerable(actor, procedure, guide, element, until_date, now)
    finding = Finding.objects.create(
        id=finding_id or uuid7(),
        procedure=procedure,
        element=element,
        guide=guide.id,
        guide_version=guide.version,
        truth=truth.value,
        standard=standard or guide.standard_of_proof,
        confidence=confidence,
        evidence=sorted(evidence),
        indicators=sorted(indicators),
        by=actor.ref,
        by_name=actor.name,
        by_agency=str(actor.agency_kind or ""),
        at=now,
        until_date=until_date,
    )
    _replace(actor, finding, replaces)
    _cite(finding, citations)
    words = {"reasons": reasons.strip(), "confidence": confidence_note.strip()}
    door.write(actor, person_id, Compartment.NARRATIVE, {f"finding.{finding.id}": words}, now=now)
    keep_best_interests(person_id, definition_of(procedure), now)
    note(element=element, truth=truth.value, finding=str(finding.id), evidence=sorted(evidence))
    return finding.id


def _cite(finding: Finding, keys: Sequence[str]) -> None:
    """Keep what the finding cites, in order, each once. One query for each, and one to write."""
    rows = []
    for number, key in enumerate(dict.fromkeys(keys), start=1):
        entry = find_entry(key)
        if entry is None:
            raise NotInLibrary(key=key)
        rows.append(FindingCitation(finding=finding, number=number, entry=key, entry_version=entry.version))
    FindingCitation.objects.bulk_create(rows)


def _guide_with(procedure: Procedure, element: str) -> GuideFile:
    for guide in guides_of(procedure):
        if element in guide.texts:
            return guide
    raise NotForPeople


def _require_answerable(
    actor: Actor,
    procedure: Procedure,
    guide: GuideFile,
    element: str,
    until_date: date | None,
    now: datetime,
) -> None:
    shape, text = guide.logic.by_id[element], guide.texts[element]
    if not shape.is_leaf or shape.kind not in PEOPLE_ANSWER:
        raise NotForPeople
    if text.override is not None:
        if text.override.role not in {str(role) for role in actor.roles}:
            raise SupervisorsOnly
        if text.override.needs_expiry and (until_date is None or until_date < now.date()):
            raise NeedsEndDate
    if shape.kind is Kind.CONSIDER:
        _require_factors(procedure, guide, element, now)


def _require_factors(procedure: Procedure, guide: GuideFile, element: str, now: datetime) -> None:
    """A conclusion on factors comes after each of them was weighed."""
    person_id = procedure.person_id
    child = child_on(person_id, now)
    standing = assess(person_id, guide, list_findings(procedure.id), child=child, as_of=now)
    nodes = standing.evaluation.nodes
    factors = guide.logic.counted(guide.logic.by_id[element])
    unweighed = sum(nodes[factor].truth is Truth.NOT_ASSESSED for factor in factors)
    if unweighed:
        raise NeedsFactors(count=unweighed)


def _replace(actor: Actor, finding: Finding, replaces: Collection[UUID]) -> None:
    """Put the finding in the place of the actor's own and of those it settles, each once."""
    standing = Finding.objects.filter(
        procedure_id=finding.procedure_id, element=finding.element, replacement=None
    ).exclude(id=finding.id)
    standing_ids = {row.id: row.by for row in standing}
    if not set(replaces) <= standing_ids.keys():
        raise Stale
    own = {finding_id for finding_id, by in standing_ids.items() if by == actor.ref}
    Replacement.objects.bulk_create(
        Replacement(replaced_id=replaced_id, finding=finding) for replaced_id in sorted(own | set(replaces))
    )
