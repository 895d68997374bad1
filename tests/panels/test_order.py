"""Wishes, options, views, decision, signatures, approval, answer: each only after what comes before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from uuid_utils.compat import uuid7

from amparo.access.gate import writes_outside_actions
from amparo.cases.data import TaskKind
from amparo.panels import actions
from amparo.panels.data import AnswerCode, Vote, refusals
from amparo.panels.models import Ballot, Decision, Option
from amparo.panels.queries.items import get_item_of_file, open_waiting_words
from amparo.procedures.actions import move_stage
from amparo.procedures.data.refusals import NeedsPanel, NeedsReasons
from amparo.procedures.models import Procedure, Signature, StageEntry
from amparo.vault.door import PlainUse, plain
from tests.panels.world import BEST_INTERESTS, PANEL_STAGE, STEP, PanelWorld, make_panel_world
from tests.people import Cast


def take_step(panel: PanelWorld) -> None:
    version = Procedure.objects.values_list("version", flat=True).get(id=panel.procedure_id)
    move_stage(
        panel.act("bruno"),
        now=panel.now,
        person_id=panel.person_id,
        procedure_id=panel.procedure_id,
        step_id=STEP,
        version=version,
        reasons="Consta.",
    )


def come_to_force(panel: PanelWorld) -> None:
    panel.wish()
    panel.option()
    panel.declare("chidi")
    panel.declare("bruno")
    panel.meet("bruno", "chidi")
    panel.decide()
    assert not panel.sign("chidi")
    assert panel.sign("bruno")


def test_options_wait_for_the_wishes(panel: PanelWorld):
    with pytest.raises(refusals.WishesFirst):
        panel.option()
    panel.wish()
    panel.option()


def test_the_database_refuses_an_option_before_the_wishes(panel: PanelWorld):
    with (
        writes_outside_actions("a planted breach"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        Option.objects.create(item_id=panel.item_id, code="M09", at=panel.now, by="x")


def test_views_wait_for_options_and_for_a_declaration(panel: PanelWorld):
    panel.wish()
    with pytest.raises(refusals.OptionsFirst):
        panel.view("chidi")
    panel.option()
    with pytest.raises(refusals.DeclareFirst):
        panel.view("chidi")
    panel.declare("chidi")
    panel.view("chidi")


def test_a_decision_waits_for_the_meeting_and_its_quorum(panel: PanelWorld):
    panel.wish()
    panel.option()
    panel.declare("bruno")
    panel.declare("chidi")
    with pytest.raises(refusals.NotHeldYet):
        panel.decide()
    panel.meet("bruno")
    with pytest.raises(refusals.NoQuorum) as caught:
        panel.decide()
    assert "1" in str(caught.value.details["missing"])
    panel.meet("bruno", "chidi")
    panel.decide()


def test_a_quorum_signs_before_a_decision_is_in_force(panel: PanelWorld):
    come_to_force(panel)
    assert Decision.objects.get().in_force_at == panel.now


def test_a_majority_of_dissent_is_no_decision(panel: PanelWorld):
    panel.wish()
    panel.option()
    for who in ("chidi", "bruno", "dora"):
        panel.declare(who)
    panel.meet("bruno", "chidi", "dora")
    panel.decide()
    with pytest.raises(NeedsReasons):
        panel.sign("chidi", Vote.DISSENTS)
    assert not panel.sign("chidi", Vote.DISSENTS, "No es seguro.")
    assert not panel.sign("dora", Vote.DISSENTS, "Tampoco lo vemos seguro.")
    assert not panel.sign("bruno")


def test_nobody_signs_what_was_written_anew(panel: PanelWorld):
    panel.wish()
    panel.option()
    panel.declare("chidi")
    panel.declare("bruno")
    panel.meet("bruno", "chidi")
    panel.decide()
    old = Decision.objects.get().digest
    panel.decide()
    with pytest.raises(refusals.SomethingElseNow):
        actions.sign_decision(
            panel.act("chidi"), now=panel.now, item_id=panel.item_id, digest=old, vote=Vote.AGREES, text=""
        )


def test_the_words_of_another_agency_reach_the_file_when_its_unit_takes_them_in(panel: PanelWorld):
    panel.wish()
    panel.option()
    panel.declare("chidi")
    panel.view("chidi", "La autoridad lo apoya.")
    words = open_waiting_words(panel.act("amina"), panel.person_id, panel.item_id, now=panel.now)
    assert list(words.values()) == ["La autoridad lo apoya."]
    taken = actions.take_in(
        panel.act("amina"), now=panel.now, person_id=panel.person_id, item_id=panel.item_id, words=words
    )
    assert taken == 1
    shown = get_item_of_file(panel.act("amina"), panel.person_id, panel.item_id, language="es", now=panel.now)
    assert shown.waiting == 0
    assert plain(shown.views[0].words, PlainUse.COMPARE) == "La autoridad lo apoya."


@pytest.fixture
def eyes(cast: Cast) -> PanelWorld:
    """A panel under four eyes at which a quorum sits without the supervisor of the file."""
    made = make_panel_world(cast, BEST_INTERESTS, members=("bruno", "chidi", "dora", "fiscal"))
    made.consent("chidi", "dora", "fiscal")
    made.put()
    made.wish()
    made.option()
    for who in made.seats:
        made.declare(who)
    made.meet(*made.seats)
    return made


def approve(panel: PanelWorld) -> bool:
    return actions.approve_decision(
        panel.act("bruno"), now=panel.now, person_id=panel.person_id, item_id=panel.item_id
    )


def sign(panel: PanelWorld, *people: str) -> None:
    for who in people:
        assert not panel.sign(who)


def test_who_wrote_a_decision_does_not_approve_it(eyes: PanelWorld):
    eyes.decide("bruno")
    sign(eyes, "chidi", "dora", "fiscal")
    with pytest.raises(refusals.NotApproved):
        approve(eyes)
    eyes.decide("amina")
    sign(eyes, "chidi", "dora", "fiscal")
    assert approve(eyes)


def test_who_signed_a_decision_does_not_approve_it(eyes: PanelWorld):
    eyes.decide("amina")
    sign(eyes, "chidi", "dora", "bruno")
    with pytest.raises(refusals.NotApproved):
        approve(eyes)
    assert Decision.objects.get().in_force_at is None


def test_who_approved_a_decision_does_not_sign_it(eyes: PanelWorld):
    eyes.decide("amina")
    assert not approve(eyes)
    with pytest.raises(refusals.ApprovedIt):
        eyes.sign("bruno")
    sign(eyes, "chidi", "dora")
    assert eyes.sign("fiscal")


def test_the_database_keeps_four_eyes_apart(eyes: PanelWorld):
    """A planted breach each way: without the checks of the actions the database still refuses."""
    eyes.decide("amina")
    sign(eyes, "chidi", "bruno")
    breach = writes_outside_actions("a planted breach")
    with breach, pytest.raises(DatabaseError, match="does not approve"), transaction.atomic():
        Decision.objects.update(approved_by=eyes.cast.bruno.id)
    with writes_outside_actions("a planted breach"):
        Decision.objects.update(approved_by=eyes.cast.dora.id)
    row = Ballot.objects.get(staff=eyes.cast.bruno.id)
    row.id, row.staff_id, row.seat_id = uuid7(), eyes.cast.dora.id, eyes.seats["dora"]
    breach = writes_outside_actions("a planted breach")
    with breach, pytest.raises(DatabaseError, match="does not sign"), transaction.atomic():
        row.save(force_insert=True)


def test_the_person_answers_after_the_decision_and_only_then(panel: PanelWorld):
    def answer(code: AnswerCode) -> None:
        actions.record_answer(
            panel.act("amina"),
            now=panel.now,
            person_id=panel.person_id,
            item_id=panel.item_id,
            answer=code,
            text="Lo pensó dos días.",
        )

    panel.wish()
    with pytest.raises(refusals.NothingDecided):
        answer(AnswerCode.ACCEPTED)
    come_to_force(panel)
    answer(AnswerCode.ASKED_FOR_TIME)
    answer(AnswerCode.REFUSED)
    shown = get_item_of_file(panel.act("amina"), panel.person_id, panel.item_id, language="es", now=panel.now)
    assert [one.answer for one in shown.decision.answers] == ["ASKED_FOR_TIME", "REFUSED"]


def test_tasks_follow_from_a_decision_in_force(panel: PanelWorld):
    def follow_up() -> None:
        actions.add_follow_up(
            panel.act("amina"),
            now=panel.now,
            person_id=panel.person_id,
            item_id=panel.item_id,
            kind=TaskKind.DOCUMENT,
            due_at=panel.now + timedelta(days=5),
            text="Pedir la plaza.",
        )

    with pytest.raises(refusals.NothingDecided):
        follow_up()
    come_to_force(panel)
    follow_up()


def test_the_stage_of_the_panel_needs_its_decision(panel: PanelWorld):
    with pytest.raises(NeedsPanel):
        take_step(panel)
    assert not Signature.objects.filter(procedure_id=panel.procedure_id).exists()
    come_to_force(panel)
    take_step(panel)
    assert Procedure.objects.get(id=panel.procedure_id).stage == PANEL_STAGE


def test_without_a_room_of_panels_the_stage_is_refused(panel: PanelWorld, monkeypatch: pytest.MonkeyPatch):
    come_to_force(panel)
    monkeypatch.setattr("amparo.procedures.rulings._sources", [])
    with pytest.raises(NeedsPanel):
        take_step(panel)


def test_the_guard_of_code_is_proved_by_taking_it_away(panel: PanelWorld, monkeypatch: pytest.MonkeyPatch):
    """With both guards of the code gone, the database still refuses the stage."""
    for place in ("stages", "changes"):
        monkeypatch.setattr(f"amparo.procedures.actions.{place}.require_ruling", lambda *_: None)
    with pytest.raises(DatabaseError), transaction.atomic():
        take_step(panel)


def plant_entry(panel: PanelWorld, number: int = 2) -> None:
    procedure = Procedure.objects.get(id=panel.procedure_id)
    about = {"number": number, "stage": PANEL_STAGE, "at": panel.now, "by": "x", "by_name": "x"}
    StageEntry.objects.create(id=uuid7(), procedure=procedure, **about)


def plant_stage(panel: PanelWorld) -> None:
    Procedure.objects.filter(id=panel.procedure_id).update(stage=PANEL_STAGE)


def plant_stages(panel: PanelWorld) -> None:
    Procedure.objects.filter(id=panel.procedure_id).update(panel_stages="")


@pytest.mark.parametrize("plant", [plant_entry, plant_stage, plant_stages])
def test_no_writer_reaches_the_stage_of_a_panel_around_it(panel: PanelWorld, plant: Any):
    with writes_outside_actions("a planted breach"), pytest.raises(DatabaseError), transaction.atomic():
        plant(panel)


def test_no_writer_puts_a_decision_in_force_without_its_signatures(panel: PanelWorld):
    panel.wish()
    panel.option()
    panel.declare("chidi")
    panel.declare("bruno")
    panel.meet("bruno", "chidi")
    panel.decide()
    panel.sign("chidi")
    with (
        writes_outside_actions("a planted breach"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        Decision.objects.update(in_force_at=panel.now)


def test_a_decision_serves_once(panel: PanelWorld):
    """After new facts the procedure comes back, and the panel decides again."""
    come_to_force(panel)
    take_step(panel)
    first = StageEntry.objects.get(procedure_id=panel.procedure_id, number=1).stage
    panel.world.now += timedelta(days=1)
    with writes_outside_actions("the procedure came back to its first stage"):
        about = {"number": 3, "stage": first, "at": panel.now, "by": "x", "by_name": "x"}
        StageEntry.objects.create(id=uuid7(), procedure_id=panel.procedure_id, **about)
        Procedure.objects.filter(id=panel.procedure_id).update(stage=first)
    with pytest.raises(NeedsPanel):
        take_step(panel)
    with writes_outside_actions("a planted breach"), pytest.raises(DatabaseError), transaction.atomic():
        plant_entry(panel, number=4)
