"""Findings: with reasons, versioned, contested in the open, never for computed elements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amparo.access.data import Denied, Stale
from amparo.core.refusal import Refusal, Unknown
from amparo.procedures.actions import record_finding
from amparo.procedures.data import refusals
from amparo.procedures.queries import get_guide_page
from amparo.vault.door import PlainUse, plain
from tests.procedures.world import NO, OPEN, YES, World

LINK = "trafficking.act.transport"


def page_of(world: World, procedure_id, element: str = "", by=None):
    actor = by or world.amina
    return get_guide_page(actor, world.person_id, procedure_id, element, language="en", now=world.now)


def test_a_finding_is_shown_with_its_reasons_who_and_when(world: World):
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, LINK, evidence=["INTERVIEW"], indicators=["indicators.general.cannot_leave"])
    (finding,) = page_of(world, procedure_id, LINK).element.findings
    assert finding.truth is YES
    assert (finding.by_name, finding.at) == ("Amina Diallo", world.now)
    assert plain(finding.reasons, PlainUse.COMPARE) == f"Consta en la entrevista sobre {LINK}."


def test_in_locked_mode_the_truth_shows_and_the_reasons_are_withheld(world: World):
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, LINK)
    shown = page_of(world, procedure_id, LINK, by=world.cast.amina.locked.as_of(world.now))
    (finding,) = shown.element.findings
    assert (finding.truth, finding.reasons, shown.is_unlocked) == (YES, None, False)


def test_a_finding_without_reasons_is_refused(world: World):
    procedure_id = world.open("victim-identification")
    with pytest.raises(refusals.NeedsReasons):
        record_finding(
            world.amina,
            now=world.now,
            person_id=world.person_id,
            procedure_id=procedure_id,
            element=LINK,
            truth=YES,
            reasons="  ",
        )


def test_a_change_of_mind_keeps_the_earlier_finding(world: World):
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, LINK, YES)
    world.find(procedure_id, LINK, NO)
    latest, earlier = page_of(world, procedure_id, LINK).element.findings
    assert (latest.truth, latest.stands) == (NO, True)
    assert (earlier.truth, earlier.stands) == (YES, False)


def test_colleagues_who_disagree_leave_the_element_contested(world: World):
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, LINK, YES)
    world.find(procedure_id, LINK, NO, by=world.bruno)
    shown = page_of(world, procedure_id, LINK)
    assert shown.element.state == "contested"
    assert [element for element, _label in shown.contested_elements] == [LINK]


def test_a_finding_may_settle_what_a_colleague_found(world: World):
    procedure_id = world.open("victim-identification")
    hers = world.find(procedure_id, LINK, YES)
    world.find(procedure_id, LINK, NO, by=world.bruno, replaces=[hers])
    assert page_of(world, procedure_id, LINK).element.state == "not_established"
    with pytest.raises(Stale):
        world.find(procedure_id, LINK, YES, by=world.bruno, replaces=[hers])


def test_taking_a_finding_back_leaves_the_element_open(world: World):
    procedure_id = world.open("victim-identification")
    world.find(procedure_id, LINK, YES)
    world.find(procedure_id, LINK, OPEN)
    assert page_of(world, procedure_id, LINK).element.state == "not_assessed"


@pytest.mark.parametrize("element", ["trafficking.act", "return.no_fear", "no.such.element"])
def test_nobody_answers_what_follows_from_other_elements_or_records(world: World, element: str):
    procedure_id = world.open("victim-identification")
    with pytest.raises(refusals.NotForPeople):
        world.find(procedure_id, element)


def test_a_conclusion_waits_until_every_factor_is_weighed(world: World):
    procedure_id = world.open("return")
    with pytest.raises(refusals.NeedsFactors):
        world.find(procedure_id, "return.alternatives")
    world.find(procedure_id, "return.alternatives.temporary", NO)
    world.find(procedure_id, "return.alternatives.permanent", NO)
    world.find(procedure_id, "return.alternatives")
    assert page_of(world, procedure_id, "return.alternatives").element.state == "established"


def test_only_a_supervisor_goes_on_without_a_soft_condition_and_until_a_date(world: World):
    procedure_id = world.open("return")
    element, until = "return.fitness.override", world.now.date() + timedelta(days=5)
    with pytest.raises(refusals.SupervisorsOnly):
        world.find(procedure_id, element, until_date=until)
    with pytest.raises(refusals.NeedsEndDate):
        world.find(procedure_id, element, by=world.bruno)
    world.find(procedure_id, element, by=world.bruno, until_date=until)
    assert page_of(world, procedure_id, "return.fitness").element.state == "established"
    world.now += timedelta(days=6)
    assert page_of(world, procedure_id, "return.fitness").element.state == "not_assessed"


def test_means_are_not_required_for_a_child(child_world: World, world: World):
    for who, expected in ((child_world, YES), (world, OPEN)):
        procedure_id = who.open("victim-identification")
        who.find(procedure_id, "trafficking.act.transport")
        who.find(procedure_id, "trafficking.purpose.forced_labour")
        assert who.truths(procedure_id)["trafficking"] is expected


def test_a_failed_route_never_hides_the_others(world: World):
    procedure_id = world.open("refugee-status")
    world.find(procedure_id, "cartagena.outside", NO)
    states = {one.guide: one.state for one in page_of(world, procedure_id).beside}
    assert states == {
        "refugee-status": "not_assessed",
        "cartagena": "not_established",
        "complementary-protection": "not_assessed",
    }


def test_identification_shows_asylum_beside_it_and_answers_it_there(world: World):
    identification, asylum = world.open("victim-identification"), world.open("refugee-status")
    beside = {one.guide: one.procedure_id for one in page_of(world, identification).beside}
    assert beside == {"trafficking": identification, "refugee-status": asylum}


@pytest.mark.parametrize(("who", "refused"), [("dora", Unknown), ("consul", Unknown), ("eve", Unknown)])
def test_others_cannot_tell_the_procedure_exists(world: World, who: str, refused: type[Exception]):
    procedure_id = world.open("victim-identification")
    stranger = getattr(world.cast, who).actor_at(world.now)
    with pytest.raises(refused):
        page_of(world, procedure_id, by=stranger)
    with pytest.raises((Unknown, Denied)):
        world.find(procedure_id, LINK, by=stranger)


def test_a_second_identification_is_not_started_while_one_is_open(world: World):
    world.open("victim-identification")
    with pytest.raises(refusals.AlreadyOpen) as refused:
        world.open("victim-identification")
    assert isinstance(refused.value, Refusal)
