"""Bills, plans and protocols on their way to adoption."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.advocacy.actions.gaps import require_law_alone
from amparo.advocacy.data import FIRST_STAGES, BeginsLate, InitiativeTerms, NoSuchRow, WrongDay
from amparo.advocacy.models import Commitment, Initiative, InitiativeEvent
from amparo.advocacy.queries.gaps import list_countries
from amparo.core.refusal import Unknown
from amparo.doctrine.registry import get_code_list, list_checklist


@action("advocacy.edit_initiative")
def open_initiative(actor: Actor, *, now: datetime, terms: InitiativeTerms) -> UUID:
    """Open an initiative with the rows that it would close. Raises NoSuchRow, BeginsLate."""
    _require_terms(actor, terms, now)
    if terms.stage not in FIRST_STAGES:
        raise BeginsLate
    initiative = Initiative.objects.create(
        id=uuid7(),
        kind=terms.kind,
        country=terms.country,
        title=terms.title,
        stage=terms.stage,
        rows=list(terms.rows),
        text=terms.text,
        changed_at=now,
    )
    _tell(initiative, "stage", now.date(), actor, stage=terms.stage)
    note(initiative=str(initiative.id), stage=terms.stage, rows=len(terms.rows))
    return initiative.id


@action("advocacy.edit_initiative")
def edit_initiative(
    actor: Actor, *, now: datetime, initiative_id: UUID, version: int, terms: InitiativeTerms
) -> None:
    """Change what an initiative is; a change of stage enters its history."""
    _require_terms(actor, terms, now)
    initiative = _lock(initiative_id)
    if initiative.version != version:
        raise Stale
    if initiative.stage != terms.stage:
        _tell(initiative, "stage", now.date(), actor, stage=terms.stage)
    for name in ("kind", "country", "title", "stage", "text"):
        setattr(initiative, name, getattr(terms, name))
    initiative.rows = list(terms.rows)
    initiative.version += 1
    initiative.changed_at = now
    initiative.save()
    note(initiative=str(initiative.id), stage=terms.stage, rows=len(terms.rows))


@action("advocacy.edit_initiative")
def add_event(actor: Actor, *, now: datetime, initiative_id: UUID, kind: str, on: date, text: str) -> None:
    """Record a meeting or a submission."""
    if on > now.date():
        raise WrongDay
    require_law_alone(actor, now=now, text=text)
    _tell(_lock(initiative_id), kind, on, actor, text=text)
    note(initiative=str(initiative_id), kind=kind)


@action("advocacy.edit_initiative")
def add_commitment(
    actor: Actor, *, now: datetime, initiative_id: UUID, text: str, owner: str, due_date: date
) -> UUID:
    """Record what an office undertook to do, and by when."""
    if due_date < now.date():
        raise WrongDay
    require_law_alone(actor, now=now, text=text, owner=owner)
    made = Commitment.objects.create(
        id=uuid7(), initiative=_lock(initiative_id), text=text, owner=owner, due_date=due_date
    )
    note(initiative=str(initiative_id), commitment=str(made.id))
    return made.id


@action("advocacy.edit_initiative")
def close_commitment(
    actor: Actor, *, now: datetime, initiative_id: UUID, commitment_id: UUID, version: int
) -> None:
    """Record that a commitment was kept."""
    rows = Commitment.objects.select_for_update().filter(id=commitment_id, initiative_id=initiative_id)
    commitment = rows.first()
    if not isinstance(commitment, Commitment):
        raise Unknown
    if commitment.version != version or commitment.done_date is not None:
        raise Stale
    commitment.done_date = now.date()
    commitment.version += 1
    commitment.save(update_fields=["done_date", "version"])
    note(initiative=str(initiative_id), commitment=str(commitment_id))


def _require_terms(actor: Actor, terms: InitiativeTerms, now: datetime) -> None:
    known = {one.id for one in list_checklist()}
    is_known = (
        terms.kind in get_code_list("initiative_kind").codes
        and terms.stage in get_code_list("initiative_stage").codes
        and terms.country in list_countries()
        and known.issuperset(terms.rows)
    )
    if not is_known:
        raise NoSuchRow
    require_law_alone(actor, now=now, title=terms.title, text=terms.text)


def _lock(initiative_id: UUID) -> Initiative:
    initiative = Initiative.objects.select_for_update().filter(id=initiative_id).first()
    if not isinstance(initiative, Initiative):
        raise Unknown
    return initiative


def _tell(
    initiative: Initiative, kind: str, on: date, actor: Actor, *, text: str = "", stage: str = ""
) -> None:
    InitiativeEvent.objects.create(
        id=uuid7(), initiative=initiative, kind=kind, on=on, text=text, stage=stage, by_name=actor.name
    )
