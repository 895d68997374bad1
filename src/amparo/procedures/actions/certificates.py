"""Signing and issuing a certificate, and changing what a gate is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.core.refusal import Unknown
from amparo.procedures.actions.changes import enter_stage, lock_procedure
from amparo.procedures.actions.participants import person_of_part
from amparo.procedures.data.gates import GateState
from amparo.procedures.data.refusals import (
    GateClosed,
    MoveUnknown,
    NeedsSignatures,
    SomethingElseNow,
    TravelTooFar,
)
from amparo.procedures.models import Certificate, Finding, Lapse, Participant, Procedure, Signature
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.queries.gate import CERTIFICATE, gate_of
from amparo.procedures.rulings import require_ruling
from amparo.vault.signatures import is_signed_by, sign_as

LANGUAGE = "es"
"""The language of the labels that nobody reads: digests and certificates hold ids and codes."""
CERTIFIED = "certified"


@action("procedures.sign", about="person_id")
def sign_certificate(
    actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID, digest: str
) -> None:
    """Sign, as somebody of the unit that holds the file, exactly what the page showed."""
    _sign(actor, lock_procedure(person_id, procedure_id), digest, now)


@action("procedures.sign_part", by=person_of_part)
def sign_as_participant(actor: Actor, *, now: datetime, participant_id: UUID, digest: str) -> None:
    """Sign as somebody who takes part. Raises Unknown for another person's invitation."""
    part = Participant.objects.select_related("procedure").filter(id=participant_id, until_at=None).first()
    if not isinstance(part, Participant) or part.staff_id != actor.staff_id:
        raise Unknown
    _sign(actor, lock_procedure(part.procedure.person_id, part.procedure_id), digest, now)


def _sign(actor: Actor, procedure: Procedure, digest: str, now: datetime) -> None:
    gate = gate_of(procedure, language=LANGUAGE, as_of=now)
    require_open(gate)
    require_ruling(definition_of(procedure), procedure.id, CERTIFIED, now)
    if gate.digest != digest:
        raise SomethingElseNow
    assert actor.staff_id is not None
    signed = Signature.objects.filter(
        procedure=procedure, purpose=CERTIFICATE, digest=digest, staff_id=actor.staff_id
    )
    if not signed.exists():
        Signature.objects.create(
            procedure=procedure,
            purpose=CERTIFICATE,
            digest=digest,
            staff_id=actor.staff_id,
            staff_name=actor.name,
            agency_kind=str(actor.agency_kind or ""),
            signature=sign_as(actor, signed_content(digest)),
            at=now,
        )
    note(purpose=CERTIFICATE, digest=digest)


def signed_content(digest: str) -> bytes:
    return f"{CERTIFICATE}|{digest}".encode()


def require_open(gate: GateState) -> None:
    """Raise GateClosed unless every condition holds. There is no other way through.

    What is no gate has no certificate: MoveUnknown.
    """
    if not gate.is_gate:
        raise MoveUnknown
    if not gate.is_open:
        raise GateClosed(unmet=len(gate.unmet), open=len(gate.unassessed))


@action("procedures.issue_certificate", about="person_id")
def issue_certificate(actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID) -> UUID:
    """Issue a dated certificate when every condition holds and enough different people signed this.

    It lapses after the days that doctrine says, or when a supervisor's decision under it ends, if
    that is sooner; it must cover the date of travel.
    """
    procedure = lock_procedure(person_id, procedure_id)
    gate = gate_of(procedure, language=LANGUAGE, as_of=now)
    require_open(gate)
    require_ruling(definition_of(procedure), procedure.id, CERTIFIED, now)
    signatures = _require_signatures(procedure, gate)
    travel_date = date.fromisoformat(str(gate.terms["travel_date"]))
    expires_date = min([now.date() + timedelta(days=gate.lapses_after_days), *_ends(gate)])
    if not now.date() <= travel_date <= expires_date:
        raise TravelTooFar(days=gate.lapses_after_days)
    certificate = Certificate.objects.create(
        id=uuid7(),
        procedure=procedure,
        digest=gate.digest,
        rules=[
            {"id": rule.id, "truth": rule.truth.value, "evidence": list(rule.findings)} for rule in gate.rules
        ],
        signatories=[
            {"name": one.staff_name, "agency_kind": one.agency_kind, "at": one.at.isoformat()}
            for one in signatures
        ],
        travel_date=travel_date,
        issued_at=now,
        issued_by=actor.ref,
        issued_date=now.date(),
        expires_date=expires_date,
    )
    _follow(actor, procedure, CERTIFIED, now)
    note(certificate=str(certificate.id), rules=len(gate.rules), expires=expires_date.isoformat())
    return certificate.id


def _require_signatures(procedure: Procedure, gate: GateState) -> list[Signature]:
    """Return the signatures that stand under this, one of each person, each verified."""
    wanted = definition_of(procedure).signatures
    rows = Signature.objects.filter(procedure=procedure, purpose=CERTIFICATE, digest=gate.digest)
    content = signed_content(gate.digest)
    valid = [row for row in rows.order_by("at", "id") if is_signed_by(row.staff_id, content, row.signature)]
    people = {row.staff_id for row in valid}
    kinds = {row.agency_kind for row in valid}
    if len(people) < wanted.number or not wanted.kinds <= kinds:
        raise NeedsSignatures(have=len(people), need=wanted.number)
    return valid


def _ends(gate: GateState) -> list[date]:
    """Return the last days of the decisions that stand in for a condition."""
    ids = [finding for rule in gate.rules for finding in rule.findings]
    dated = Finding.objects.filter(id__in=ids, until_date__isnull=False)
    return list(dated.order_by("until_date").values_list("until_date", flat=True))


@action("solutions.draft_return", about="person_id")
def set_terms(
    actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID, terms: Mapping[str, str | bool]
) -> None:
    """Change what the gate is asked about; a certificate in force lapses with the old terms."""
    procedure = lock_procedure(person_id, procedure_id)
    if procedure.terms == dict(terms):
        return
    had_terms = bool(procedure.terms)
    procedure.terms = dict(terms)
    procedure.version += 1
    procedure.save(update_fields=["terms", "version"])
    if had_terms:
        _lapse_all(procedure, "travel_date", now)
        _follow(actor, procedure, "assessment", now)


def _follow(actor: Actor, procedure: Procedure, stage: str, now: datetime) -> None:
    """Put the procedure at the stage that its certificate stands for, with the clock of that step."""
    if procedure.stage == stage:
        return
    definition = definition_of(procedure)
    step = next(one for one in definition.transitions_from(procedure.stage) if one.to_stage == stage)
    clock = definition.clocks.get(step.starts_clock) if step.starts_clock else None
    enter_stage(actor, procedure, stage, clock, now)


def _lapse_all(procedure: Procedure, reason: str, now: datetime) -> None:
    live = Certificate.objects.filter(procedure=procedure, lapse=None)
    Lapse.objects.bulk_create(Lapse(certificate=one, reason=reason, at=now) for one in live)


@action("procedures.lapse_certificate", about="person_id")
def close_procedure(actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID, stage: str) -> None:
    """End a gate's procedure at its last stage; what was recorded stays readable.

    The database refuses the stages that need a certificate in force when there is none.
    """
    procedure = lock_procedure(person_id, procedure_id)
    _follow(actor, procedure, stage, now)
    procedure.is_open = False
    procedure.version += 1
    procedure.save(update_fields=["is_open", "version"])
