"""Recording what a person chose from the code lists of a procedure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.doctrine.data import Choice as ChoiceOfLaw
from amparo.doctrine.registry import get_code_list
from amparo.procedures.actions.best_interests import keep_best_interests
from amparo.procedures.actions.changes import lock_procedure
from amparo.procedures.data.choices import AlreadyChosen, NotOffered, TooMany
from amparo.procedures.data.refusals import NeedsReasons
from amparo.procedures.models import Choice
from amparo.procedures.queries.choices import get_choice, place_of
from amparo.procedures.queries.editions import definition_of
from amparo.vault import door
from amparo.vault.data import Compartment


@action("procedures.record_choice", about="person_id")
def record_choice(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    procedure_id: UUID,
    choice: str,
    codes: Sequence[str],
    reasons: str,
    number: int,
    choice_id: UUID | None = None,
) -> UUID:
    """Append a choice with its reasons; what stood before stays readable. No codes take it back.

    ``codes`` in order of rank; fewer than a step needs may be recorded, more than the choice takes may
    not. ``number``: how often it had been chosen when the actor read it; Stale when somebody chose
    meanwhile. ``choice_id`` is the id that a form carried: the same form sent twice raises AlreadyChosen.
    """
    if not reasons.strip():
        raise NeedsReasons
    procedure = lock_procedure(person_id, procedure_id)
    if choice_id is not None and Choice.objects.filter(id=choice_id).exists():
        raise AlreadyChosen
    _require_offered(get_choice(procedure, choice), codes)
    if Choice.objects.filter(procedure=procedure, choice=choice).count() != number:
        raise Stale
    chosen = Choice.objects.create(
        id=choice_id or uuid7(),
        procedure=procedure,
        choice=choice,
        number=number + 1,
        codes=list(codes),
        by=actor.ref,
        by_name=actor.name,
        by_agency=str(actor.agency_kind or ""),
        at=now,
    )
    words = {place_of(chosen.id): {"reasons": reasons.strip()}}
    door.write(actor, person_id, Compartment.NARRATIVE, words, now=now)
    keep_best_interests(person_id, definition_of(procedure), now)
    note(choice=choice, codes=list(codes), number=chosen.number)
    return chosen.id


def _require_offered(choice: ChoiceOfLaw, codes: Sequence[str]) -> None:
    offered = {one.code for one in get_code_list(choice.code_list).in_use}
    if not set(codes) <= offered or len(set(codes)) != len(codes):
        raise NotOffered
    if choice.most and len(codes) > choice.most:
        raise TooMany(most=choice.most)
