"""The one world of the proofs: a small demonstration with a row of every kind, and its cast.

Made once for the package and kept in a transaction that is never committed; each test plays in its
own and leaves nothing. ``Demo`` knows the row that each parameter of a route stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.test import Client
from uuid_utils.compat import uuid7

from amparo.access.actions import break_glass, propose_request
from amparo.access.actions.emergencies import EmergencyReason
from amparo.access.data import Actor
from amparo.access.models import Emergency, Membership, Scope, Staff
from amparo.access.queries import actor_for
from amparo.access.unlocking import UNLOCK_COOKIE
from amparo.advocacy.models import Commitment, Initiative
from amparo.asylum.models import OpinionRequest, RegisteredOpinion
from amparo.cases import actions as cases
from amparo.cases.data import (
    AgeStatus,
    Axis,
    Birth,
    NameEntry,
    NameKind,
    NationalityStanding,
    NoteKind,
    Precision,
    SafeContact,
    TaskKind,
)
from amparo.cases.models import Consent, File, Need, StatusInterval, Task
from amparo.core.sharing import Item as SharedItem
from amparo.library.actions import add_entry
from amparo.library.data import Instrument, Words
from amparo.panels.actions import put_on_agenda
from amparo.panels.models import Item, Meeting, Seat, Topic
from amparo.procedures.actions import open_procedure
from amparo.procedures.models import Certificate, Participant, Procedure
from amparo.referrals.actions import send_referral
from amparo.referrals.data import ReferralRequest
from amparo.referrals.models import Referral
from amparo.site.demo import build as demonstration
from amparo.site.demo.places import CAST
from amparo.solutions.actions import draft_return, report_incident
from amparo.solutions.data import ReturnTerms
from amparo.solutions.models import DepartureIncident, ReturnPlan
from amparo.statistics.imports import read_workbook, stage
from amparo.vault.actions import hold_bundle, unlock
from amparo.vault.data import OpenKeys
from tests.statistics.workbooks import make_book

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
PEOPLE = 10
PASSPHRASES = {player.username: player.passphrase for player in CAST}
BACKEND = "django.contrib.auth.backends.ModelBackend"
REASON = "La persona no contesta y la trabajadora no puede esperar hasta mañana."


@contextmanager
def passing() -> Iterator[None]:
    """Undo everything that the block does; the vault takes it for a test case's own transaction."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]
    with atomic:
        yield
        transaction.set_rollback(True)


@dataclass
class Demo:
    """The cast of the demonstration, and what stands for a parameter of a route."""

    staff: dict[str, UUID] = field(default_factory=dict)
    keys: dict[str, OpenKeys] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    certified: dict[str, Any] = field(default_factory=dict)
    person_id: UUID = field(default=UUID(int=0))

    def actor(self, username: str, now: datetime = NOW) -> Actor:
        return actor_for(self.staff[username], self.keys[username], now=now)

    def client(self, username: str, *, is_unlocked: bool = True, now: datetime = NOW) -> Client:
        """Return a client signed in as that member; as a stranger where the name is empty."""
        client = Client(raise_request_exception=False)
        if username:
            client.force_login(Staff.objects.get(id=self.staff[username]), backend=BACKEND)
        if username and is_unlocked:
            client.cookies[UNLOCK_COOKIE] = hold_bundle(self.keys[username], now)
        return client

    def unit_of(self, username: str) -> UUID:
        return Membership.objects.values_list("unit_id", flat=True).get(staff_id=self.staff[username])


def make_demo(now: datetime = NOW, people: int = PEOPLE) -> Demo:
    """Build the demonstration and give the file whose return is refused a row of every kind."""
    demonstration.build(people, now - timedelta(hours=1), lambda _text: None)
    demo = Demo({row.username: row.id for row in Staff.objects.all()})
    demo.keys = {name: unlock(demo.staff[name], PASSPHRASES[name], now) for name in demo.staff}
    demo.person_id = ReturnPlan.objects.values_list("person_id", flat=True).get(destination="COL")
    amina = demo.actor("amina", now)
    _fill(amina, demo.person_id, now)
    _close(demo, now)
    _refer(demo, amina, demo.person_id, now)
    demo.rows["countersign_id"] = _break_glass_and_propose(demo.actor("bruno", now), demo.person_id, now)
    book = read_workbook(make_book([["Itzel", "Colindres", "1997-02-13", None, "HN", True]]), now=now)
    demo.rows["run_id"] = stage(amina, demo.unit_of("amina"), book, now=now)
    demo.rows |= {"code": code_of(demo.person_id), "axis": "trafficking", "pk": 1}
    demo.rows |= {"key": _add_to_library(demo.actor("bruno", now), now), "shape": "decision"}
    demo.rows |= {name: newest(model, demo.person_id) for name, model in ROWS.items()}
    demo.rows["nationality_procedure_id"] = open_procedure(
        amina, now=now, person_id=demo.person_id, definition="statelessness"
    )
    demo.rows["resettlement_procedure_id"] = open_procedure(
        amina, now=now, person_id=demo.person_id, definition="resettlement"
    )
    demo.rows["choice_id"] = "categories"
    asylum = Procedure.objects.get(person_id=demo.person_id, definition="refugee-status")
    demo.rows |= {"procedure_id": asylum.id, "element": "refugee.fear.expressed", "step_id": "lodge"}
    demo.rows |= {"staff_id": demo.staff["dora"], "emergency_id": Emergency.objects.get().id}
    demo.rows |= {"post_id": Membership.objects.get(staff_id=demo.staff["dora"]).id}
    certificate = Certificate.objects.select_related("procedure").get()
    demo.certified = {"code": code_of(certificate.procedure.person_id)}
    demo.certified |= {"plan_id": newest(ReturnPlan, certificate.procedure.person_id)}
    demo.certified |= {"procedure_id": certificate.procedure_id}
    demo.rows |= {"request_id": OpinionRequest.objects.get(state="asked").id}
    demo.rows |= {"place": "GTM", "row_id": "L14", "initiative_id": Initiative.objects.get().id}
    demo.rows |= {"guide_id": "trafficking"}
    demo.rows |= {"commitment_id": Commitment.objects.get().id}
    demo.rows |= {"number": RegisteredOpinion.objects.get().number}
    demo.rows |= _panel_rows()
    demo.rows["part_id"] = Participant.objects.values_list("id", flat=True).get()
    return demo


def _panel_rows() -> dict[str, Any]:
    """Return the ids of the demonstration's decided case of a panel, and of its body."""
    item = Item.objects.select_related("meeting", "person").order_by("added_at")[0]
    seat_id = Seat.objects.values_list("id", flat=True).filter(body_id=item.meeting.body_id).order_by("id")[0]
    topic_id = Topic.objects.values_list("id", flat=True).filter(meeting_id=item.meeting_id)[0]
    return {
        "item_id": item.id,
        "meeting_id": item.meeting_id,
        "body_id": item.meeting.body_id,
        "seat_id": seat_id,
        "topic_id": topic_id,
        "panel_code": item.person.code,
        "panel_procedure_id": item.procedure_id,
    }


ROWS: dict[str, type[Model]] = {
    "need_id": Need,
    "task_id": Task,
    "interval_id": StatusInterval,
    "consent_id": Consent,
    "procedure_id": Procedure,
    "referral_id": Referral,
    "plan_id": ReturnPlan,
    "incident_id": DepartureIncident,
}


def _add_to_library(actor: Actor, now: datetime) -> str:
    """Add an entry of staff's own to the library; return its key."""
    content = Instrument(key="xx/ley-1", title=Words(es="Ley 1", en="Act 1"), kind="national")
    return add_entry(actor, now=now, content=content)


def newest(model: type[Model], person_id: UUID) -> UUID:
    rows = model._default_manager.filter(person_id=person_id).order_by("-id")
    return UUID(str(rows.values_list("id", flat=True)[0]))


def code_of(person_id: UUID) -> str:
    return Scope.objects.values_list("code", flat=True).get(id=person_id)


def _fill(actor: Actor, person_id: UUID, now: datetime) -> None:
    """Give a file a need, a note, a task, a status and a report of a departure."""
    about: dict[str, Any] = {"now": now, "person_id": person_id}
    today = now.date()
    cases.add_need(actor, **about, code="SM", urgency="PRIORITY", text="Pide una revisión.")
    cases.add_note(actor, **about, kind=NoteKind.CONTACT, happened_on=today, text="Encuentro.")
    cases.add_task(actor, **about, kind=TaskKind.CALL, due_at=now + timedelta(days=2))
    cases.record_status(
        actor, **about, axis=Axis.TRAFFICKING, code="AT_RISK", from_date=today, basis="STATED"
    )
    report_incident(
        actor,
        **about,
        kind="FORCED",
        departed_date=today,
        destination="COL",
        what_happened="La subieron a un autobús.",
    )


def _close(demo: Demo, now: datetime) -> None:
    """Ask to close two of the shelter's files, and close one of them."""
    unit_id = demo.unit_of("amina")
    told = ReturnPlan.objects.values_list("person_id", flat=True)
    free = File.objects.filter(unit_id=unit_id, state="OPEN").exclude(person_id__in=list(told))
    closing, closed = free.order_by("person_id").values_list("person_id", flat=True)[:2]
    for person_id in (closing, closed):
        cases.request_closure(
            demo.actor("amina", now),
            now=now,
            person_id=person_id,
            version=version_of(person_id),
            reason="PERSON_ASKED",
            text="Lo pidió.",
        )
    cases.approve_closure(
        demo.actor("bruno", now), now=now, person_id=closed, version=version_of(closed), text=""
    )
    demo.rows |= {"closing_code": code_of(closing), "closed_code": code_of(closed)}


def version_of(person_id: UUID) -> int:
    return File.objects.values_list("version", flat=True).get(person_id=person_id)


def hidden_rows(demo: Demo, person_id: UUID) -> dict[str, Any]:
    """Give a person of Bruno's a row of every kind, made by him; return the ids that stand in routes."""
    now, bruno = NOW, demo.actor("bruno")
    _fill(bruno, person_id, now)
    cases.record_consent(
        bruno,
        now=now,
        person_id=person_id,
        purpose="ASYLUM",
        recipients=[demo.unit_of("chidi")],
        data_items=list(SharedItem),
        until_date=now.date() + timedelta(days=90),
    )
    _refer(demo, bruno, person_id, now)
    terms = ReturnTerms(now.date() + timedelta(days=20), "COL", True)
    draft_return(bruno, now=now, person_id=person_id, terms=terms)
    countersign_id = _break_glass_and_propose(bruno, person_id, now)
    rows = {name: newest(model, person_id) for name, model in ROWS.items()}
    emergency = Emergency.objects.get(scope_id=person_id)
    rows |= _hear(bruno, person_id, now)
    return rows | {
        "code": code_of(person_id),
        "emergency_id": emergency.id,
        "countersign_id": countersign_id,
        "part_id": uuid7(),
    }


def _hear(actor: Actor, person_id: UUID, now: datetime) -> dict[str, Any]:
    """Put the person on the agenda of a body in which others sit, without a consent to share with them."""
    meeting = Meeting.objects.get(body__kind="BEST_INTERESTS_PANEL", held_at__gt=now)
    definition = "best-interests-determination"
    procedure_id = open_procedure(actor, now=now, person_id=person_id, definition=definition)
    item_id = put_on_agenda(
        actor, now=now, person_id=person_id, procedure_id=procedure_id, meeting_id=meeting.id
    )
    return {"item_id": item_id, "meeting_id": meeting.id}


def _refer(demo: Demo, actor: Actor, person_id: UUID, now: datetime) -> None:
    """Send a referral to the asylum authority that nobody has answered."""
    request = ReferralRequest(
        to_unit_id=demo.unit_of("chidi"),
        to_staff_id=None,
        purpose="ASYLUM",
        service_type="LEGAL_AID",
        urgency="PRIORITY",
        items=frozenset({SharedItem.LANGUAGE, SharedItem.AGE_BAND}),
    )
    send_referral(actor, now=now, person_id=person_id, request=request)


def _break_glass_and_propose(actor: Actor, person_id: UUID, now: datetime) -> UUID:
    """Break the glass once, and ask for a second signature once; return the request."""
    break_glass(
        actor,
        now=now,
        unit_id=min(actor.unit_ids),
        code=code_of(person_id),
        reason_code=EmergencyReason.MISSING_PERSON,
        reason=REASON,
    )
    return propose_request(actor, now=now, right="access.unseal_case", arguments={"person_id": person_id})


def register(demo: Demo, given: str, surname: str, *, states: tuple[str, ...], now: datetime = NOW) -> UUID:
    """Register a person at the shelter, by Bruno, as the page does."""
    return cases.register_person(
        demo.actor("bruno", now),
        now=now,
        unit_id=demo.unit_of("bruno"),
        names=[NameEntry(NameKind.OFFICIAL, given, surname, "")],
        birth=Birth(Precision.EXACT, date(1997, 2, 13), date(1997, 2, 13)),
        age_status=AgeStatus.KNOWN,
        sex_gender="FEMALE",
        languages=("es",),
        nationalities=states,
        nationality_standing=NationalityStanding.STATED,
        safe_contact=SafeContact(mode="CALL", reach="0000 5566", code_word="jacaranda"),
    )
