"""Identification in stages: signed, with a clock and a status, never final when negative."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access.data import Stale
from amparo.cases.queries import current_statuses
from amparo.procedures.actions import move_stage
from amparo.procedures.data import refusals
from amparo.procedures.models import Procedure, Signature
from amparo.procedures.providers import list_events, list_work
from amparo.procedures.queries import get_guide_page
from amparo.vault.data import NoKey
from amparo.vault.signatures import is_signed_by
from tests.procedures.world import World


def move(world: World, procedure_id: UUID, step: str, *, by=None, version=None, reasons="Consta en acta."):
    current = Procedure.objects.get(id=procedure_id).version
    return move_stage(
        by or world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        step_id=step,
        version=version or current,
        reasons=reasons,
    )


def status_of(world: World) -> str:
    statuses = current_statuses(world.person_id, as_of=world.now.date())
    return next(status.code for status in statuses if status.axis == "trafficking")


def grounds_found(world: World) -> UUID:
    procedure_id = world.open("victim-identification")
    move(world, procedure_id, "screen")
    move(world, procedure_id, "find_reasonable_grounds")
    return procedure_id


def test_reasonable_grounds_start_the_recovery_and_reflection_period(world: World):
    procedure_id = grounds_found(world)
    shown = get_guide_page(world.amina, world.person_id, procedure_id, "", language="en", now=world.now)
    latest = shown.stages[0]
    assert (latest.stage, latest.clock_days, latest.clock_source) == ("reasonable_grounds", 30, "coe/13")
    assert latest.due_date == world.now.date() + timedelta(days=30)
    (item,) = list_work(world.bruno, world.now)
    assert (item.code, item.due_at.date()) == (world.code, latest.due_date)


def test_the_country_pack_sets_the_days_of_the_period(world: World):
    from amparo.procedures.actions import open_procedure

    procedure_id = open_procedure(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        definition="victim-identification",
        country="URY",
    )
    move(world, procedure_id, "screen")
    move(world, procedure_id, "find_reasonable_grounds")
    entry = Procedure.objects.get(id=procedure_id).stage_entries.order_by("-number")[0]
    assert entry.clock_days != 30


def test_the_status_is_recorded_because_a_person_signed(world: World):
    procedure_id = grounds_found(world)
    assert status_of(world) == "PRESUMED"
    signature = Signature.objects.get(purpose="stage:find_reasonable_grounds")
    content = f"{signature.purpose}|{signature.digest}".encode()
    assert is_signed_by(world.cast.amina.id, content, signature.signature)
    assert not is_signed_by(world.cast.bruno.id, content, signature.signature)
    assert Procedure.objects.get(id=procedure_id).stage == "reasonable_grounds"


def test_a_step_of_another_authority_is_refused(world: World):
    procedure_id = grounds_found(world)
    move(world, procedure_id, "start_conclusive")
    with pytest.raises(refusals.MoveNotYours):
        move(world, procedure_id, "identify")


def test_a_step_that_the_stage_does_not_offer_is_refused(world: World):
    procedure_id = world.open("victim-identification")
    with pytest.raises(refusals.MoveUnknown):
        move(world, procedure_id, "identify")


def test_a_step_that_needs_reasons_is_refused_without(world: World):
    procedure_id = world.open("victim-identification")
    move(world, procedure_id, "screen", reasons="")
    with pytest.raises(refusals.NeedsReasons):
        move(world, procedure_id, "find_reasonable_grounds", reasons=" ")


def test_a_negative_screening_can_be_taken_up_again(world: World):
    procedure_id = world.open("victim-identification")
    for step in ("screen", "find_no_indicators", "screen_again"):
        move(world, procedure_id, step)
    assert Procedure.objects.get(id=procedure_id).stage == "screened"


def test_a_child_is_not_withdrawn(child_world: World, world: World):
    for who, refused in ((child_world, True), (world, False)):
        procedure_id = who.open("victim-identification")
        move(who, procedure_id, "screen")
        if refused:
            with pytest.raises(refusals.AdultsOnly):
                move(who, procedure_id, "withdraw_early")
        else:
            assert move(who, procedure_id, "withdraw_early").is_done


def test_of_two_who_move_it_at_once_one_is_told(world: World):
    procedure_id = world.open("victim-identification")
    move(world, procedure_id, "screen", version=1)
    with pytest.raises(Stale):
        move(world, procedure_id, "find_no_indicators", by=world.bruno, version=1)


def test_a_locked_hand_signs_no_step(world: World):
    procedure_id = world.open("victim-identification")
    with pytest.raises(NoKey):
        move(world, procedure_id, "screen", by=world.cast.amina.locked.as_of(world.now))
    assert Procedure.objects.get(id=procedure_id).stage == "detected"


def test_identification_and_asylum_do_not_wait_for_each_other(world: World):
    identification, asylum = world.open("victim-identification"), world.open("refugee-status")
    move(world, asylum, "lodge", reasons="")
    move(world, identification, "screen")
    assert {one.stage for one in Procedure.objects.all()} == {"claim_lodged", "screened"}


def test_the_timeline_tells_of_stages_and_findings(world: World):
    procedure_id = grounds_found(world)
    world.find(procedure_id, "trafficking.act.transport")
    assert {item.kind for item in list_events(world.bruno, world.person_id)} == {"stage", "finding"}
    assert list_events(world.cast.dora.actor_at(world.now), world.person_id) == []


def test_what_is_no_gate_has_no_certificate(world: World):
    from amparo.procedures.actions import issue_certificate

    procedure_id = world.open("victim-identification")
    with pytest.raises(refusals.MoveUnknown):
        issue_certificate(world.amina, now=world.now, person_id=world.person_id, procedure_id=procedure_id)
