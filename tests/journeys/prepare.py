"""Make a small demonstration for the journeys; print what it holds as one line of JSON.

Keys are user names (``passphrases``) and the parameters of routes (``code``, ``need_id``, ...), all of
one file that Amina may open; ``closing_code`` and ``closed_code`` are files that close or are closed.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db.models import Model  # noqa: E402 (the rooms must be registered first)

from amparo.access import actions as access  # noqa: E402
from amparo.access.actions.emergencies import EmergencyReason  # noqa: E402
from amparo.access.data import Actor  # noqa: E402
from amparo.access.models import Emergency, Membership, Scope, Staff, Unit  # noqa: E402
from amparo.access.queries import actor_for  # noqa: E402
from amparo.advocacy.models import Initiative  # noqa: E402
from amparo.asylum.models import OpinionRequest, RegisteredOpinion  # noqa: E402
from amparo.cases import actions as cases  # noqa: E402
from amparo.cases.data import Axis, ChildAssent, NoteKind, Representative, StandIn, TaskKind  # noqa: E402
from amparo.cases.models import Consent, File, Need, Note, StatusInterval, Task  # noqa: E402
from amparo.core.policy import Role  # noqa: E402
from amparo.core.sharing import Item as SharedItem  # noqa: E402
from amparo.core.truth import Truth  # noqa: E402
from amparo.library.actions import add_entry  # noqa: E402
from amparo.library.data import Instrument, Words  # noqa: E402
from amparo.panels.models import Item, Topic  # noqa: E402
from amparo.procedures import actions as procedures  # noqa: E402
from amparo.referrals.actions import send_referral  # noqa: E402
from amparo.referrals.data import ReferralRequest  # noqa: E402
from amparo.site.demo import build as demonstration  # noqa: E402
from amparo.site.demo.places import CAST  # noqa: E402
from amparo.solutions import actions as solutions  # noqa: E402
from amparo.solutions.data import ReturnTerms  # noqa: E402
from amparo.solutions.models import ReturnPlan  # noqa: E402
from amparo.statistics.imports import read_workbook, stage  # noqa: E402
from amparo.vault.actions import unlock  # noqa: E402
from tests.statistics.workbooks import make_book  # noqa: E402

PEOPLE = 12
HTCDS_ROW = ["Itzel", "Colindres", "1997-02-13", None, "HN", True]
PASSPHRASES = {player.username: player.passphrase for player in CAST}
ROWS: dict[str, type[Model]] = {
    "need_id": Need,
    "task_id": Task,
    "note_id": Note,
    "interval_id": StatusInterval,
    "consent_id": Consent,
}


def main() -> None:
    now = datetime.now(UTC)
    demonstration.build(PEOPLE, now, lambda _text: None)
    amina, bruno = act_as("amina", now), act_as("bruno", now)
    (unit_id,) = amina.unit_ids
    open_files = File.objects.filter(unit_id=unit_id, state="OPEN").order_by("person_id")
    whole, closing, closed = (
        Scope.objects.get(id=id) for id in open_files.values_list("person_id", flat=True)[:3]
    )
    fill(amina, whole.id, now)
    for scope in (closing, closed):
        ask_to_close(amina, scope.id, now)
    cases.approve_closure(bruno, now=now, person_id=closed.id, version=version_of(closed.id))
    made: dict[str, Any] = {
        "passphrases": PASSPHRASES,
        "code": whole.code,
        "closing_code": closing.code,
        "closed_code": closed.code,
        "axis": "trafficking",
        "key": "seed/fn12",
        "own_key": add_to_library(bruno, now),
        "shape": "decision",
        "referral_id": str(refer(amina, whole.id, now)),
        **decide(amina, whole.id, now),
        **{name: str(newest(model, whole.id)) for name, model in ROWS.items()},
        **panel_case(),
        **desk_of("dora"),
        "countersign_id": str(ask_to_unseal(bruno, whole.id, now)),
        "place": "GTM",
        "guide_id": "statelessness",
        "row_id": "L14",
        "initiative_id": str(Initiative.objects.get().id),
        "number": RegisteredOpinion.objects.get().number,
        "request_id": str(OpinionRequest.objects.get(state="asked").id),
        "waiting_post_id": str(hire(unit_id, now)),
        "emergency_id": str(break_glass(bruno, closing, now)),
        "run_id": str(stage(amina, unit_id, read_workbook(make_book([HTCDS_ROW]), now=now), now=now)),
    }
    sys.stdout.write(json.dumps(made) + "\n")


def add_to_library(actor: Actor, now: datetime) -> str:
    """Add an entry that staff may edit; return its key."""
    content = Instrument(key="xx/ley-1", title=Words(es="Ley 1"), summary=Words(es="De prueba."))
    return add_entry(actor, now=now, content=content)


def panel_case() -> dict[str, str]:
    """Return the ids of the demonstration's decided case of a panel, and of a general point."""
    item = Item.objects.select_related("meeting", "person").order_by("added_at")[0]
    topic_id = Topic.objects.values_list("id", flat=True).filter(meeting_id=item.meeting_id)[0]
    return {
        "item_id": str(item.id),
        "meeting_id": str(item.meeting_id),
        "body_id": str(item.meeting.body_id),
        "topic_id": str(topic_id),
        "panel_code": item.person.code,
        "panel_procedure_id": str(item.procedure_id),
    }


def break_glass(actor: Actor, scope: Scope, now: datetime) -> UUID:
    """Open a file in an emergency, which the data protection officer then reviews."""
    access.break_glass(
        actor,
        now=now,
        unit_id=min(actor.unit_ids),
        code=scope.code,
        reason_code=EmergencyReason.MISSING_PERSON,
        reason="La persona no contesta y la trabajadora no puede esperar hasta mañana.",
    )
    return Emergency.objects.values_list("id", flat=True).get(scope_id=scope.id)


def desk_of(username: str) -> dict[str, str]:
    """Return the ids that the administration of one person's post needs."""
    post = Membership.objects.get(staff__username=username)
    return {"staff_id": str(post.staff_id), "post_id": str(post.id)}


def ask_to_unseal(actor: Actor, person_id: UUID, now: datetime) -> UUID:
    """Propose what another supervisor would confirm."""
    return access.propose_unsealing(actor, now=now, person_id=person_id)


def hire(unit_id: UUID, now: datetime) -> UUID:
    """Give somebody a post in the unit after its first file: it waits for the unit's key."""
    eve = act_as("eve", now)
    agency_id = Unit.objects.values_list("agency_id", flat=True).get(id=unit_id)
    hired = {"username": "recien", "name": "Rita Solano", "passphrase": "gael pinta la barca de azul"}
    staff_id = access.add_staff(eve, now=now, agency_id=agency_id, **hired)
    return access.grant_post(eve, now=now, staff_id=staff_id, unit_id=unit_id, role=Role.CASEWORKER)


def act_as(username: str, now: datetime) -> Actor:
    staff_id = Staff.objects.get(username=username).id
    return actor_for(staff_id, unlock(staff_id, PASSPHRASES[username], now), now=now)


def newest(model: type[Model], person_id: UUID) -> UUID:
    ids = model._default_manager.filter(person_id=person_id).order_by("-id").values_list("id", flat=True)
    return UUID(str(ids[0]))


def version_of(person_id: UUID) -> int:
    return File.objects.values_list("version", flat=True).get(person_id=person_id)


def ask_to_close(actor: Actor, person_id: UUID, now: datetime) -> None:
    version = version_of(person_id)
    cases.request_closure(
        actor, now=now, person_id=person_id, version=version, reason="PERSON_ASKED", text="Lo pidió."
    )


def fill(actor: Actor, person_id: UUID, now: datetime) -> None:
    """Give the file a row of every kind."""
    about: dict[str, Any] = {"now": now, "person_id": person_id}
    today = now.date()
    cases.add_need(actor, **about, code="SM", urgency="PRIORITY", text="Pide una revisión.")
    cases.add_note(actor, **about, kind=NoteKind.CONTACT, happened_on=today, text="Primer encuentro.")
    cases.add_task(actor, **about, kind=TaskKind.CALL, due_at=now + timedelta(days=2))
    cases.record_status(
        actor, **about, axis=Axis.TRAFFICKING, code="AT_RISK", from_date=today, basis="STATED"
    )
    cases.record_consent(
        actor,
        **about,
        purpose="ASYLUM",
        recipients=[asylum_unit()],
        data_items=list(SharedItem),
        until_date=today + timedelta(days=90),
        legal_basis="ASSENT_AND_GUARDIAN",
        child_assent=ChildAssent.GIVEN,
        representative=Representative(StandIn.AUTHORITY, unit_of("gael")),
    )


def decide(actor: Actor, person_id: UUID, now: datetime) -> dict[str, str]:
    """Give the file an identification with a finding, and a drafted return in which Chidi takes part."""
    about: dict[str, Any] = {"now": now, "person_id": person_id}
    identification = procedures.open_procedure(actor, **about, definition="victim-identification")
    element = "trafficking.act.transport"
    procedures.record_finding(
        actor,
        **about,
        procedure_id=identification,
        element=element,
        truth=Truth.ESTABLISHED,
        reasons="Consta.",
    )
    nationality = procedures.open_procedure(actor, **about, definition="statelessness")
    resettlement = procedures.open_procedure(actor, **about, definition="resettlement")
    chosen: dict[str, Any] = {"choice": "categories", "codes": ["LPN", "SVT"], "number": 0}
    procedures.record_choice(actor, **about, procedure_id=resettlement, reasons="Consta.", **chosen)
    terms = ReturnTerms(now.date() + timedelta(days=10), "HND", True)
    plan_id = solutions.draft_return(actor, **about, terms=terms)
    return_id = ReturnPlan.objects.values_list("procedure_id", flat=True).get(id=plan_id)
    part_id = procedures.add_participant(
        actor,
        **about,
        procedure_id=return_id,
        unit_id=asylum_unit(),
        staff_id=Staff.objects.get(username="chidi").id,
    )
    return {
        "procedure_id": str(identification),
        "nationality_procedure_id": str(nationality),
        "resettlement_procedure_id": str(resettlement),
        "choice_id": "categories",
        "element": element,
        "step_id": "screen",
        "plan_id": str(plan_id),
        "part_id": str(part_id),
    }


def asylum_unit() -> UUID:
    return unit_of("chidi")


def unit_of(username: str) -> UUID:
    return Membership.objects.values_list("unit_id", flat=True).get(staff__username=username)


def refer(actor: Actor, person_id: UUID, now: datetime) -> UUID:
    request = ReferralRequest(
        to_unit_id=asylum_unit(),
        to_staff_id=None,
        purpose="ASYLUM",
        service_type="ASYLUM",
        urgency="PRIORITY",
        items=frozenset({SharedItem.SAFE_CONTACT, SharedItem.LANGUAGE}),
    )
    return send_referral(actor, now=now, person_id=person_id, request=request)


if __name__ == "__main__":
    main()
