"""Writes of the asylum room: asking for an advisory opinion, and giving one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note, opens
from amparo.access.public_texts import EVERY_TRACE, NOTES, require_nobody
from amparo.access.queries import list_units
from amparo.asylum.data import (
    PUBLIC_TEXTS,
    AlreadyClosed,
    Answer,
    DueInThePast,
    NamesThePerson,
    NoAuthorityCited,
    NoElement,
    NotAnAdviser,
    NotAnAsylumAuthority,
    NothingToPublish,
    NotYourOpinion,
    OpinionNamesThePerson,
    OpinionState,
    Question,
)
from amparo.asylum.law import are_elements, is_citable
from amparo.asylum.models import DraftOpinion, OpinionRequest, OpinionSubject, RegisteredOpinion
from amparo.asylum.naming import names_anybody
from amparo.asylum.references import fold, new_number, new_reference
from amparo.core.policy import AgencyKind, Purpose
from amparo.core.refusal import Unknown
from amparo.vault import door
from amparo.vault.data import Compartment


@opens("id")
@action("asylum.ask_opinion", within="unit_id")
def ask_opinion(actor: Actor, *, now: datetime, unit_id: UUID, question: Question) -> UUID:
    """Ask a UN office for an opinion on the law (seed §11). The summary is sealed to both sides.

    Refuses a summary that holds a name, contact or document number of the file it is about.
    """
    if actor.staff_id is None:
        raise NotAnAsylumAuthority
    _require_parties(unit_id, question.to_unit_id)
    if not question.elements or not are_elements(question.elements):
        raise NoElement
    if question.due_date < now.date():
        raise DueInThePast
    if question.person_id is not None and _names(actor, question.person_id, question.summary, now):
        raise NamesThePerson
    require_nobody(actor, {"summary": question.summary}, EVERY_TRACE, now=now, labels=PUBLIC_TEXTS)
    request = OpinionRequest.objects.create(
        id=uuid7(),
        reference=new_reference(),
        from_unit_id=unit_id,
        to_unit_id=question.to_unit_id,
        state=OpinionState.ASKED,
        elements=list(question.elements),
        asked_by_id=actor.staff_id,
        asked_at=now,
        due_date=question.due_date,
        asked_intake_id=_seal(question.to_unit_id, question.summary, now),
        kept_intake_id=_seal(unit_id, question.summary, now),
    )
    if question.person_id is not None:
        OpinionSubject.objects.create(request=request, person_id=question.person_id)
    note(request=request.reference, elements=len(question.elements))
    return request.id


def _require_parties(from_unit_id: UUID, to_unit_id: UUID) -> None:
    kinds = {unit.id: unit.agency_kind for unit in list_units()}
    if kinds.get(from_unit_id) != AgencyKind.ASYLUM_AUTHORITY:
        raise NotAnAsylumAuthority
    if kinds.get(to_unit_id) != AgencyKind.UN:
        raise NotAnAdviser


def _names(actor: Actor, person_id: UUID, text: str, now: datetime) -> bool:
    """Return whether a text holds a name, contact or number of the file of that person."""
    parts = {Compartment.ID, Compartment.CONTACT}
    opened = door.open_within_action(actor, person_id, parts, Purpose.PROTECTION_DECISION, now=now)
    return names_anybody(text, opened)


def _seal(unit_id: UUID, text: str, now: datetime) -> UUID:
    intake_id = uuid7()
    door.seal_to_unit(unit_id, {"text": text}, intake_id=intake_id, now=now)
    return intake_id


def adviser_of(arguments: Mapping[str, Any]) -> UUID:
    """Return the unit that was asked, for the gate. Raises Unknown."""
    return _unit_of(arguments, "to_unit_id")


def asker_of(arguments: Mapping[str, Any]) -> UUID:
    """Return the unit that asked, for the gate. Raises Unknown."""
    return _unit_of(arguments, "from_unit_id")


def _unit_of(arguments: Mapping[str, Any], column: str) -> UUID:
    rows = OpinionRequest.objects.filter(id=arguments["request_id"])
    unit_id: UUID | None = rows.values_list(column, flat=True).first()
    if unit_id is None:
        raise Unknown
    return unit_id


@opens("id")
@action("asylum.give_opinion", by=adviser_of)
def give_opinion(actor: Actor, *, now: datetime, request_id: UUID, version: int, answer: Answer) -> None:
    """Answer a request: the advice is sealed to the asker, and what the answer says about the law waits.

    It enters the register once the asker has read it again (:func:`publish_opinion`). The adviser's copy of
    the summary is destroyed.
    """
    request = _lock(request_id, version)
    if not answer.elements or not are_elements(answer.elements):
        raise NoElement
    if not (answer.sources or answer.decisions) or not is_citable(answer.sources, answer.decisions):
        raise NoAuthorityCited
    registered_texts = {"title": answer.title, "statement": answer.statement}
    require_nobody(actor, registered_texts, NOTES, now=now, labels=PUBLIC_TEXTS)
    words = f"{answer.title}\n\n{answer.statement}\n\n{answer.advice}".strip()
    request.advice_intake_id = _seal(request.from_unit_id, words, now)
    _close(actor, request, OpinionState.ANSWERED, now)
    DraftOpinion.objects.create(
        request=request,
        title=answer.title,
        statement=answer.statement,
        elements=list(answer.elements),
        sources=list(answer.sources),
        decisions=list(answer.decisions),
    )
    note(request=request.reference, elements=len(answer.elements))


@opens("id")
@action("asylum.publish_opinion", by=asker_of)
def publish_opinion(actor: Actor, *, now: datetime, request_id: UUID, version: int) -> UUID:
    """Let an answer into the register, as one of the agency that asked, who read it and found nobody in it.

    The names that this reader's session holds are looked for, and those of the file that the question was
    about where the reader may open it. The draft is destroyed. Returns the id in the register, which nothing
    joins to the request. Raises NothingToPublish, Stale, OpinionNamesThePerson, TellsWhoItIs and
    NamesSomebody.
    """
    request, draft = _lock_draft(request_id, version)
    subject = OpinionSubject.objects.visible_to(actor).filter(request=request).first()
    if subject is not None and _names(actor, subject.person_id, f"{draft.title} {draft.statement}", now):
        raise OpinionNamesThePerson
    texts = {"title": draft.title, "statement": draft.statement}
    require_nobody(actor, texts, NOTES, now=now, labels=PUBLIC_TEXTS)
    registered = RegisteredOpinion.objects.create(
        number=new_number(),
        agency_id=request.to_unit.agency_id,
        given_date=now.date().replace(day=1),
        title=draft.title,
        statement=draft.statement,
        elements=draft.elements,
        sources=draft.sources,
        decisions=draft.decisions,
        folded=fold(f"{draft.title} {draft.statement}"),
    )
    _end_draft(request, draft)
    note(request=request.reference, is_registered=True)
    return registered.id


@action("asylum.publish_opinion", by=asker_of)
def keep_opinion_out(actor: Actor, *, now: datetime, request_id: UUID, version: int) -> None:
    """Keep an answer out of the register: it points to somebody. The asker keeps the sealed answer.

    Raises NothingToPublish and Stale.
    """
    request, draft = _lock_draft(request_id, version)
    _end_draft(request, draft)
    note(request=request.reference, is_registered=False)


def _lock_draft(request_id: UUID, version: int) -> tuple[OpinionRequest, DraftOpinion]:
    request = OpinionRequest.objects.select_for_update().filter(id=request_id).first()
    draft = DraftOpinion.objects.filter(request_id=request_id).first()
    if not isinstance(request, OpinionRequest) or draft is None:
        raise NothingToPublish
    if request.version != version:
        raise Stale
    return request, draft


def _end_draft(request: OpinionRequest, draft: DraftOpinion) -> None:
    draft.delete()
    request.version += 1
    request.save(update_fields=["version"])


@action("asylum.give_opinion", within="unit_id")
def withdraw_opinion(actor: Actor, *, now: datetime, unit_id: UUID, number: str) -> None:
    """Take an opinion of one's own agency back: its number stays, what it said is destroyed."""
    row = RegisteredOpinion.objects.select_for_update().filter(number=number).first()
    if not isinstance(row, RegisteredOpinion):
        raise Unknown
    if row.agency_id not in {unit.agency_id for unit in list_units() if unit.id == unit_id}:
        raise NotYourOpinion
    row.title = row.statement = row.folded = ""
    row.elements, row.sources, row.decisions = [], [], []
    row.withdrawn_date = now.date()
    row.save()
    note(number=number)


@opens("id")
@action("asylum.give_opinion", by=adviser_of)
def decline_opinion(actor: Actor, *, now: datetime, request_id: UUID, version: int, why: str) -> None:
    """Say that no opinion will be given, and why, to the asker alone."""
    request = _lock(request_id, version)
    request.advice_intake_id = _seal(request.from_unit_id, why, now)
    _close(actor, request, OpinionState.DECLINED, now)
    note(request=request.reference)


@action("asylum.ask_opinion", by=asker_of)
def withdraw_request(actor: Actor, *, now: datetime, request_id: UUID, version: int) -> None:
    """Withdraw a question that was not answered; the adviser's copy of the summary is destroyed."""
    request = _lock(request_id, version)
    _close(actor, request, OpinionState.WITHDRAWN, now)
    note(request=request.reference)


def _lock(request_id: UUID, version: int) -> OpinionRequest:
    request = OpinionRequest.objects.select_for_update().filter(id=request_id).first()
    if not isinstance(request, OpinionRequest):
        raise Unknown
    if request.state != OpinionState.ASKED:
        raise AlreadyClosed
    if request.version != version:
        raise Stale
    return request


def _close(actor: Actor, request: OpinionRequest, state: OpinionState, now: datetime) -> None:
    if request.asked_intake_id is not None:
        door.destroy_intake(actor, request.asked_intake_id, now=now)
    request.asked_intake_id = None
    request.state = state
    request.closed_at = now
    request.answered_by_id = actor.staff_id if state is not OpinionState.WITHDRAWN else None
    request.version += 1
    request.save()
