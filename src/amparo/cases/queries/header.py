"""The header of a file."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from amparo.access.data import Actor
from amparo.access.scoping import scope_facts
from amparo.cases import next_steps, tabs
from amparo.cases.data import (
    CONTACT_FIELD,
    AgeFacts,
    AgeStatus,
    FileHeader,
    FileState,
    PersonRef,
    TaskState,
    WaitingFor,
    WorkGroup,
    WorkItem,
)
from amparo.cases.models import File, Person, Task
from amparo.cases.queries.opening import open_parts, usual_name
from amparo.cases.queries.people import current_statuses
from amparo.core.policy import Purpose, RecordFacts, decide
from amparo.core.refusal import Unknown
from amparo.core.rights import RIGHTS, Reach
from amparo.vault.data import Compartment, Opened
from amparo.vault.queries import find_erasure

KNOW = "record.know"
PLAN = "cases.add_task"
"""Who may plan what comes next is told what does; a guardian follows the file and plans nothing in it."""
PAGES = frozenset(
    name for name, right in RIGHTS.items() if name.startswith("cases.") and right.reach is Reach.RECORD
)
"""The rights of this room's pages about one person."""
HEADER_PARTS = frozenset({Compartment.ID, Compartment.CONTACT})
"""The compartments that a header shows from."""


def get_file_header(actor: Actor, person_id: UUID, *, purpose: Purpose, now: datetime) -> FileHeader:
    """Return the header of a file. Five queries, the vault's when the actor is unlocked, and of upper rooms.

    One more where nothing is opened, to say whether anybody ever could.
    Opening the name and the contact instructions is recorded in the ledger under ``purpose``.
    Raises Unknown.
    """
    person, record = _get_visible(actor, person_id)
    opened = open_parts(actor, person_id, HEADER_PARTS, purpose, now=now)
    return _header_of(actor, person, record, opened, now)


def make_header(actor: Actor, person_id: UUID, opened: Opened | None, *, now: datetime) -> FileHeader:
    """Return the header with what a page has opened already (``None``: locked or withheld). Five queries."""
    return _header_of(actor, *_get_visible(actor, person_id), opened, now)


def _get_visible(actor: Actor, person_id: UUID) -> tuple[Person, RecordFacts]:
    person = Person.objects.select_related("person").filter(person_id=person_id).first()
    if not isinstance(person, Person):
        raise Unknown
    record = scope_facts(actor, person.person)
    if not decide(actor.facts(), record, KNOW).allowed:
        raise Unknown
    return person, record


def _header_of(
    actor: Actor, person: Person, record: RecordFacts, opened: Opened | None, now: datetime
) -> FileHeader:
    person_id = person.person_id
    file = File.objects.only("state", "version").get(person_id=person_id)
    age = AgeFacts(AgeStatus(person.age_status), person.age_band, person.adult_from, person.is_presumed_child)
    scope = person.person
    ref = PersonRef(person_id, scope.code)
    return FileHeader(
        person=ref,
        name=usual_name(opened),
        safe_contact=opened.get(Compartment.CONTACT, CONTACT_FIELD) if opened else None,
        age_band=age.band,
        age_status=age.status,
        child=age.child_on(now.date()),
        is_presumed_child=age.is_presumed_child,
        languages=tuple(person.languages),
        needs_interpreter=person.needs_interpreter,
        contact_mode=person.contact_mode,
        has_contact_warning=person.has_contact_warning,
        nationalities=tuple(person.nationalities),
        nationality_standing=person.nationality_standing,
        sex_gender=person.sex_gender,
        statuses=current_statuses(person_id, as_of=now.date()),
        file_state=FileState(file.state),
        file_version=file.version,
        is_sealed=scope.is_sealed,
        is_unlocked=opened is not None,
        next_step=_next_step(actor, ref, record, now),
        rights=_rights(actor, record),
        is_damaged=bool(opened and opened.damaged),
        erased_at=find_erasure(person_id) if opened is None else None,
    )


def _rights(actor: Actor, record: RecordFacts) -> frozenset[str]:
    """Return which rights of the file's tabs and of this room's own pages the actor holds. No query."""
    asked = {tab.right for tab in tabs.list_tabs()} | PAGES
    return frozenset(name for name in asked if decide(actor.facts(), record, name).allowed)


def _next_step(actor: Actor, person: PersonRef, record: RecordFacts, now: datetime) -> WorkItem | None:
    """Return what is due first about the person, or ``None``: then nothing is planned.

    One query for the tasks, and one for each upper room that the actor may read.
    """
    found = [
        find(actor, person.id, now)
        for right, find in next_steps.list_providers()
        if decide(actor.facts(), record, right).allowed
    ]
    task = _next_task(person, now) if decide(actor.facts(), record, PLAN).allowed else None
    steps = [item for item in (task, *found) if item is not None]
    return min(steps, key=lambda item: (item.due_at, item.url), default=None)


def _next_task(person: PersonRef, now: datetime) -> WorkItem | None:
    task = (
        Task.objects.filter(person_id=person.id, state=TaskState.OPEN)
        .order_by("due_at", "id")
        .values_list("due_at", "kind", "waiting_for")
        .first()
    )
    if task is None:
        return None
    due_at, kind, waiting_for = task
    return WorkItem(
        due_at=due_at,
        kind="task",
        label=kind,
        url=reverse("cases_plan", args=[person.code]),
        code=person.code,
        person_id=person.id,
        group=group_of(due_at, waiting_for, now),
    )


def group_of(due_at: datetime, waiting_for: str, now: datetime) -> WorkGroup:
    """Say which question of the worklist a task answers. What is late is late, also when waiting."""
    if due_at < now:
        return WorkGroup.OVERDUE
    return WorkGroup.DUE if waiting_for == WaitingFor.NOBODY else WorkGroup.WAITING
