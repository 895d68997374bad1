"""One truth between a panel's decision and its procedure: what carries it, and what comes after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override

from amparo.access.gate import writes_outside_actions
from amparo.cases.data import TaskState
from amparo.cases.models import Task
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.panels import actions
from amparo.panels.data import AnswerCode, refusals
from amparo.panels.models import Decision, Item
from amparo.panels.providers import list_work
from amparo.panels.queries.items import get_item_of_file
from amparo.panels.queries.minutes import get_minutes
from amparo.panels.queries.rulings import missing_on
from amparo.panels.queries.standing import find_ruling
from amparo.procedures.data.refusals import MoveNotReady, NeedsPanel, PersonRefused
from amparo.procedures.data.rulings import Again, Ruling
from amparo.procedures.models import Procedure
from amparo.procedures.queries.basis import find_basis
from amparo.procedures.queries.memorandum import get_memorandum
from amparo.procedures.queries.turns import list_turns
from tests.panels.test_order import take_step
from tests.panels.test_pages import get
from tests.panels.world import GUIDED, NEEDS, PANEL_STAGE, PanelWorld, make_panel_world
from tests.people import Cast

WHY = "La plaza del refugio se pierde hoy; la entrevista se completa mañana."


@pytest.fixture
def guided(cast: Cast) -> PanelWorld:
    """A panel whose step asks for the guide, met by two members, with an option before it."""
    made = make_panel_world(cast, GUIDED)
    made.consent("chidi", "dora")
    made.put()
    meet(made)
    return made


def meet(panel: PanelWorld) -> None:
    panel.wish()
    panel.option()
    panel.declare("chidi")
    panel.declare("bruno")
    panel.meet("bruno", "chidi")


def answer_guide(panel: PanelWorld) -> None:
    """Answer the shortest way to what the step asks."""
    row = Procedure.objects.get(id=panel.procedure_id)
    for element in find_basis(row, panel.now).open_elements:
        panel.world.find(panel.procedure_id, element)
    assert find_basis(row, panel.now).carries


def sign_all(panel: PanelWorld) -> bool:
    panel.sign("chidi")
    return panel.sign("bruno")


def ruling(panel: PanelWorld) -> Ruling:
    found = find_ruling(panel.procedure_id, panel.now)
    assert found is not None
    return found


def later(panel: PanelWorld, **time: int) -> None:
    panel.world.now += timedelta(**time)


def new_fact(panel: PanelWorld, truth: Truth = Truth.NOT_ESTABLISHED) -> UUID:
    later(panel, minutes=5)
    return panel.world.find(panel.procedure_id, "trafficking.act.transport", truth)


def missing(panel: PanelWorld) -> str:
    item = Item.objects.select_related("person", "procedure", "meeting").get(id=panel.item_id)
    return "; ".join(missing_on(item, panel.now))


def test_a_decision_waits_for_its_guide_or_for_the_reason_to_go_without(guided: PanelWorld):
    with pytest.raises(refusals.GuideFirst) as caught:
        guided.decide()
    assert caught.value.details["missing"]
    assert "la guía" in missing(guided)
    guided.decide(without=WHY)
    row = Decision.objects.get(withdrawn_at=None)
    assert (row.guide_carries, row.decides_without) == (False, True)
    assert row.open_elements


def test_a_guide_that_carries_asks_for_no_reason(guided: PanelWorld):
    answer_guide(guided)
    guided.decide(without=WHY)
    row = Decision.objects.get(withdrawn_at=None)
    assert (row.guide_carries, row.decides_without, row.open_elements) == (True, False, [])
    shown = get_item_of_file(
        guided.act("amina"), guided.person_id, guided.item_id, language="es", now=guided.now
    )
    assert shown.decision.why_without is None


def test_the_database_keeps_no_decision_that_rests_on_nothing(guided: PanelWorld):
    guided.decide(without=WHY)
    with (
        writes_outside_actions("a planted breach"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        Decision.objects.update(decides_without=False)


def test_the_stage_is_reached_on_the_guide_or_on_the_reason_and_on_nothing_else(guided: PanelWorld):
    with pytest.raises(MoveNotReady):
        take_step(guided)
    guided.decide(without=WHY)
    assert sign_all(guided)
    take_step(guided)
    assert Procedure.objects.get(id=guided.procedure_id).stage == PANEL_STAGE


def test_it_is_somebodys_turn_once_the_panel_decided_without_the_guide(guided: PanelWorld):
    assert list_turns(guided.act("bruno"), now=guided.now) == frozenset()
    guided.decide(without=WHY)
    assert list_turns(guided.act("bruno"), now=guided.now) == frozenset()
    sign_all(guided)
    assert list_turns(guided.act("bruno"), now=guided.now) == {guided.procedure_id}


def test_a_reason_opens_the_stage_once(guided: PanelWorld):
    guided.decide(without=WHY)
    sign_all(guided)
    take_step(guided)
    later(guided, minutes=5)
    move_back(guided)
    with pytest.raises(MoveNotReady):
        take_step(guided)


def move_back(panel: PanelWorld) -> None:
    from amparo.procedures.actions import move_stage

    version = Procedure.objects.get(id=panel.procedure_id).version
    about = {"person_id": panel.person_id, "procedure_id": panel.procedure_id, "step_id": "again"}
    move_stage(panel.act("bruno"), now=panel.now, version=version, **about)


def test_facts_that_come_while_members_sign_ask_for_the_decision_anew(panel: PanelWorld):
    meet(panel)
    panel.decide()
    panel.sign("chidi")
    new_fact(panel)
    assert not panel.sign("bruno")
    assert "escrita de nuevo" in missing(panel)
    panel.decide()
    assert sign_all(panel)
    assert ruling(panel).stands


def test_new_facts_stop_a_decision_that_nobody_acted_on(panel: PanelWorld):
    meet(panel)
    panel.decide()
    assert sign_all(panel)
    new_fact(panel)
    assert ruling(panel).again == {Again.NEW_FACTS}
    assert ruling(panel).elements_since == ("trafficking.act.transport",)
    with pytest.raises(NeedsPanel):
        take_step(panel)


def test_the_guard_on_new_facts_is_proved_by_taking_it_away(
    panel: PanelWorld, monkeypatch: pytest.MonkeyPatch
):
    meet(panel)
    panel.decide()
    assert sign_all(panel)
    new_fact(panel)
    monkeypatch.setattr("amparo.panels.queries.standing.list_answered_since", lambda *_: ())
    take_step(panel)


def test_facts_without_a_panel_on_an_agenda_again_do_not_stand_twice(panel: PanelWorld):
    """The next meeting decides anew; what it decides is the one truth, and the first stays on record."""
    meet(panel)
    panel.decide()
    sign_all(panel)
    first = ruling(panel).decision_id
    new_fact(panel)
    put_again(panel)
    assert ruling(panel).is_on_agenda
    meet(panel)
    panel.decide()
    assert sign_all(panel)
    assert ruling(panel).decision_id != first
    assert ruling(panel).stands
    take_step(panel)


def put_again(panel: PanelWorld) -> None:
    panel.held_at = panel.now + timedelta(days=2)
    panel.meeting_id = actions.convene(
        panel.act("bruno"), now=panel.now, body_id=panel.body_id, held_at=panel.held_at
    )
    panel.put()


def test_a_page_decided_without_the_guide_says_so_and_not_what_is_missing(guided: PanelWorld):
    path = f"/files/{guided.world.code}/procedures/{guided.procedure_id}/"
    assert "am-ways" in get(guided, "amina", path)
    guided.decide(without=WHY)
    assert "am-ways" in get(guided, "amina", path)
    sign_all(guided)
    shown = get(guided, "amina", path)
    assert "El panel decidió sin la guía" in shown
    assert "am-ways" not in shown
    about = (guided.act("amina"), guided.person_id, guided.procedure_id)
    assert get_memorandum(*about, language="es", now=guided.now)["to_establish"] == []
    new_fact(guided)
    shown = get(guided, "amina", path)
    assert "El panel decidió sin la guía" not in shown
    assert "am-ways" in shown


def answer(panel: PanelWorld, said: AnswerCode) -> None:
    later(panel, minutes=1)
    about = {"person_id": panel.person_id, "item_id": panel.item_id}
    actions.record_answer(panel.act("amina"), now=panel.now, answer=said, text="Lo dijo a solas.", **about)


@pytest.fixture
def accepted_by_again() -> None:
    """Let the step ``again`` of the needs panel be the one that records the acceptance."""
    definitions = registry._library().procedures
    kept = definitions["", NEEDS][-1]
    decide, again = kept.transitions
    steps = (decide, replace(again, lapses=False, records_acceptance=True))
    definitions["", NEEDS] = [replace(kept, transitions=steps)]


def come_to_an_answer(panel: PanelWorld, said: AnswerCode) -> None:
    meet(panel)
    panel.decide()
    assert sign_all(panel)
    take_step(panel)
    answer(panel, said)


def test_a_refusal_is_a_task_of_the_file_and_flags_the_procedure(panel: PanelWorld):
    path = f"/files/{panel.world.code}/procedures/{panel.procedure_id}/"
    come_to_an_answer(panel, AnswerCode.REFUSED)
    assert Task.objects.filter(person_id=panel.person_id, state=TaskState.OPEN).count() == 1
    assert "La persona no aceptó" in get(panel, "amina", path)
    answer(panel, AnswerCode.ACCEPTED)
    assert Task.objects.filter(person_id=panel.person_id).count() == 1
    assert "La persona no aceptó" not in get(panel, "amina", path)


@pytest.mark.usefixtures("accepted_by_again")
def test_nobody_records_as_accepted_what_the_person_refused(panel: PanelWorld):
    come_to_an_answer(panel, AnswerCode.REFUSED)
    with pytest.raises(PersonRefused):
        move_back(panel)
    assert list_turns(panel.act("bruno"), now=panel.now) == frozenset()
    answer(panel, AnswerCode.ACCEPTED)
    move_back(panel)


@pytest.mark.usefixtures("accepted_by_again")
def test_the_guard_on_a_refusal_is_proved_by_taking_it_away(
    panel: PanelWorld, monkeypatch: pytest.MonkeyPatch
):
    come_to_an_answer(panel, AnswerCode.REFUSED)
    monkeypatch.setattr("amparo.procedures.rulings.is_refused", lambda *_: False)
    move_back(panel)


def test_a_decision_past_its_review_leads_nowhere(panel: PanelWorld):
    meet(panel)
    panel.decide()
    sign_all(panel)
    later(panel, days=30)
    assert ruling(panel).stands
    later(panel, days=1)
    assert ruling(panel).again == {Again.REVIEW_PASSED}
    with pytest.raises(NeedsPanel):
        take_step(panel)


def test_a_decision_ends_where_doctrine_says_that_what_was_decided_lapses(panel: PanelWorld):
    meet(panel)
    panel.decide()
    sign_all(panel)
    take_step(panel)
    assert ruling(panel).stands
    later(panel, minutes=5)
    move_back(panel)
    assert ruling(panel).again == {Again.REOPENED}


def test_both_pages_say_what_came_after_and_offer_the_next_meeting(panel: PanelWorld):
    meet(panel)
    panel.decide()
    sign_all(panel)
    pages = (
        f"/files/{panel.world.code}/procedures/{panel.procedure_id}/",
        f"/files/{panel.world.code}/panels/{panel.item_id}/",
    )
    put = f"/files/{panel.world.code}/panels/new/{panel.procedure_id}/"
    for page in pages:
        shown = get(panel, "amina", page)
        assert "El panel debe volver a mirar" not in shown
        assert put not in shown
    new_fact(panel)
    for page in pages:
        shown = get(panel, "amina", page)
        assert "El panel debe volver a mirar" in shown
        assert "Después de ella llegaron hechos nuevos" in shown
        assert put in shown
    member = get(panel, "chidi", f"/panels/cases/{panel.item_id}/")
    assert "hechos nuevos" in member
    assert put not in member


def test_the_reason_to_go_without_is_said_everywhere(guided: PanelWorld):
    guided.decide(without=WHY)
    sign_all(guided)
    for who, path in (
        ("amina", f"/files/{guided.world.code}/procedures/{guided.procedure_id}/"),
        ("amina", f"/files/{guided.world.code}/panels/{guided.item_id}/"),
        ("chidi", f"/panels/cases/{guided.item_id}/"),
    ):
        assert WHY in get(guided, who, path)
    with override("es"):
        minutes = get_minutes(guided.act("amina"), guided.meeting_id, language="es", now=guided.now)
        memorandum = get_memorandum(
            guided.act("amina"), guided.person_id, guided.procedure_id, language="es", now=guided.now
        )
    assert minutes["items"][0]["decision"]["without"] == WHY
    assert WHY in " ".join(memorandum["ruling"]["lines"])


def labels(panel: PanelWorld, who: str) -> list[str]:
    return [item.label for item in list_work(panel.act(who), panel.now) if item.kind == "panel"]


def test_the_worklist_of_the_file_and_of_the_secretariat_says_that_new_facts_came(cast: Cast):
    panel = make_panel_world(cast, NEEDS)
    move_secretariat(panel, "dora")
    panel.consent("chidi", "dora")
    panel.put()
    meet_as(panel, "dora")
    panel.decide()
    sign_all(panel)
    told = "New facts came after what the panel decided"
    with override("en"):
        assert told not in labels(panel, "amina") + labels(panel, "dora")
        new_fact(panel)
        assert told in labels(panel, "amina")
        assert told in labels(panel, "dora")
        assert told not in labels(panel, "chidi")
        panel.declare("dora")
        item = next(one for one in list_work(panel.act("dora"), panel.now) if one.label == told)
    assert item.person_id is None
    assert item.url == f"/panels/cases/{panel.item_id}/"


def test_a_secretariat_that_was_shown_nothing_is_told_of_nothing(cast: Cast):
    panel = make_panel_world(cast, NEEDS)
    move_secretariat(panel, "dora")
    panel.consent("chidi")
    panel.put()
    meet_as(panel, "dora")
    panel.decide()
    sign_all(panel)
    new_fact(panel)
    assert labels(panel, "dora") == []
    assert labels(panel, "amina") != []


def move_secretariat(panel: PanelWorld, who: str) -> None:
    from amparo.panels.models import Body

    with writes_outside_actions("another unit keeps the secretariat"):
        Body.objects.filter(id=panel.body_id).update(unit_id=panel.member(who).unit_id)


def meet_as(panel: PanelWorld, secretary: str) -> None:
    panel.wish()
    panel.option()
    panel.declare("chidi")
    panel.declare("bruno")
    panel.meet("bruno", "chidi", by=secretary)
