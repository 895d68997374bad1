"""A return passes its gate, or it is not recorded: by nobody and in no way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from amparo.access.data import Denied, Stale
from amparo.cases.actions import record_status
from amparo.cases.data import Axis
from amparo.cases.queries import get_file_header
from amparo.core.policy import Purpose
from amparo.core.refusal import Refusal, Unknown
from amparo.core.truth import Truth
from amparo.procedures.actions import move_stage
from amparo.procedures.data import refusals
from amparo.procedures.models import Lapse
from amparo.solutions.actions import (
    acknowledge_incident,
    cancel_return,
    draft_return,
    edit_return,
    plan_return,
    record_departure,
    report_incident,
)
from amparo.solutions.data import NotToday, OnAnotherDay, ReturnAlreadyOpen, ReturnRefused
from amparo.solutions.providers import list_work
from amparo.solutions.queries import list_events, list_incidents
from tests.procedures.world import NO, World
from tests.solutions.world import Journey, draft, terms

RULES = {f"G{number:02}" for number in range(1, 20)} - {"G08", "G09"}


def plan(journey: Journey, by=None) -> None:
    at = journey.world
    plan_return(
        by or at.bruno,
        now=at.now,
        person_id=at.person_id,
        plan_id=journey.plan_id,
        version=journey.plan.version,
    )


def depart(journey: Journey, days: int = 0, by=None) -> None:
    at = journey.world
    record_departure(
        by or at.bruno,
        now=at.now,
        person_id=at.person_id,
        plan_id=journey.plan_id,
        version=journey.plan.version,
        departed_date=at.now.date() + timedelta(days=days),
    )


def test_an_empty_file_is_refused_and_every_condition_is_listed(journey: Journey):
    gate = journey.gate
    assert not gate.is_open
    listed = {rule.rule for rule in (*gate.unmet, *gate.unassessed, *gate.met)}
    assert listed >= RULES
    assert all(rule.sources or rule.is_unverified for rule in gate.unassessed)
    assert all(rule.needs for rule in gate.unassessed)
    with pytest.raises(ReturnRefused) as refused:
        plan(journey)
    assert refused.value.details == {"unmet": len(gate.unmet), "open": len(gate.unassessed)}
    assert journey.plan.state == "draft"


def test_a_child_has_conditions_of_its_own(child_world: World):
    rules = {rule.rule for rule in draft(child_world).gate.rules}
    assert {"C01", "C02", "C03", "C04", "C05", "C06"} <= rules


def test_when_every_condition_holds_and_two_signed_it_is_certified_planned_and_done(ready: Journey):
    assert ready.gate.is_open, [(r.rule, r.id, r.state) for r in ready.gate.rules if not r.holds]
    ready.certify()
    assert ready.gate.certificate.is_valid
    plan(ready)
    assert ready.plan.state == "planned"
    ready.world.now += timedelta(days=10)
    depart(ready)
    assert (ready.plan.state, ready.plan.departed_date) == ("departed", ready.plan.travel_date)
    said = [event.label for event in list_events(ready.world.bruno, ready.world.person_id)]
    assert any(date_format(ready.plan.travel_date) in label for label in said)


@pytest.mark.parametrize("days", [0, 9, 11])
def test_a_departure_on_another_day_than_the_certified_one_is_refused(ready: Journey, days: int):
    ready.certify()
    plan(ready)
    certified_on = ready.world.now
    ready.world.now = certified_on + timedelta(days=11)
    with pytest.raises(OnAnotherDay):
        depart(ready, days=days - 11)
    assert (ready.plan.state, ready.plan.departed_date) == ("planned", None)


def test_a_person_of_whom_nobody_knows_whether_she_was_trafficked_is_not_past_the_period(ready: Journey):
    world = ready.world
    world.now += timedelta(days=1)
    assert ready.gate.is_open
    record_status(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        axis=Axis.TRAFFICKING,
        code="UNKNOWN",
        from_date=world.now.date(),
        basis="DECLARED",
    )
    assert [rule.rule for rule in ready.gate.unassessed] == ["G12"]


@pytest.mark.parametrize(
    "element", ["return.information", "return.safety", "return.data", "return.no_claim.none_intended"]
)
def test_one_unmet_condition_closes_the_gate(ready: Journey, element: str):
    assert ready.gate.is_open
    ready.world.find(ready.plan.procedure_id, element, NO)
    assert not ready.gate.is_open
    with pytest.raises(refusals.GateClosed):
        ready.sign_here()


def test_one_signature_is_not_enough_nor_two_without_the_asylum_authority(ready: Journey):
    with pytest.raises(refusals.NeedsSignatures):
        ready.issue()
    ready.sign_here()
    ready.sign_here()
    with pytest.raises(refusals.NeedsSignatures):
        ready.issue()


def test_a_signature_stands_only_under_what_was_shown(ready: Journey):
    part_id = ready.invite_chidi()
    ready.sign_here()
    ready.sign_for_asylum(part_id)
    ready.world.find(ready.plan.procedure_id, "return.safety")
    with pytest.raises(refusals.NeedsSignatures):
        ready.issue()


def test_without_a_consent_nobody_of_another_unit_is_invited(journey: Journey):
    with pytest.raises(refusals.NeedsBasis):
        journey.invite_chidi()


@pytest.mark.parametrize("days", [31, 45])
def test_a_certificate_lapses_after_its_days(ready: Journey, days: int):
    ready.certify()
    plan(ready)
    ready.world.now += timedelta(days=days)
    assert not ready.gate.certificate.is_valid
    with pytest.raises(ReturnRefused):
        depart(ready)


def test_it_lapses_on_a_new_finding(ready: Journey):
    ready.certify()
    ready.world.find(ready.plan.procedure_id, "return.safety")
    assert ready.gate.certificate.lapse == "new_finding"
    with pytest.raises(ReturnRefused):
        plan(ready)


def test_it_lapses_when_the_date_of_travel_changes(ready: Journey):
    ready.certify()
    plan(ready)
    at = ready.world
    later = terms(ready.plan.travel_date + timedelta(days=1))
    edit_return(
        at.bruno,
        now=at.now,
        person_id=at.person_id,
        plan_id=ready.plan_id,
        version=ready.plan.version,
        terms=later,
    )
    assert ready.plan.state == "draft"
    assert Lapse.objects.get().reason == "travel_date"


def test_it_is_not_in_force_when_a_consent_ended(ready: Journey):
    ready.certify()
    ready.world.now += timedelta(days=1)
    from amparo.cases.actions import withdraw_consent
    from amparo.cases.queries import list_consents

    at = ready.world
    (consent,) = list_consents(at.amina, at.person_id)
    withdraw_consent(
        at.amina, now=at.now, person_id=at.person_id, consent_id=consent.id, version=consent.version
    )
    assert not ready.gate.certificate.is_valid
    with pytest.raises(ReturnRefused):
        plan(ready)


def test_no_step_of_the_procedure_goes_round_the_gate(ready: Journey):
    at = ready.world
    for step in ("certify", "depart"):
        with pytest.raises(refusals.MoveUnknown):
            move_stage(
                at.bruno,
                now=at.now,
                person_id=at.person_id,
                procedure_id=ready.plan.procedure_id,
                step_id=step,
                version=2,
            )


@pytest.mark.parametrize("who", ["amina", "bruno", "chidi", "dora", "eve", "ines", "consul", "fiscal"])
@pytest.mark.parametrize("act", [plan, depart])
def test_nobody_records_a_return_without_a_certificate(ready: Journey, who: str, act):
    actor = getattr(ready.world.cast, who).actor_at(ready.world.now)
    with pytest.raises((Refusal, Unknown)):
        act(ready, by=actor)
    assert ready.plan.state == "draft"


def test_a_departure_in_the_future_is_refused(ready: Journey):
    ready.certify()
    plan(ready)
    with pytest.raises(NotToday):
        depart(ready, days=1)


def test_a_second_plan_waits_for_the_first(journey: Journey):
    at = journey.world
    with pytest.raises(ReturnAlreadyOpen):
        draft_return(
            at.amina, now=at.now, person_id=at.person_id, terms=terms(at.now.date() + timedelta(days=3))
        )
    cancel_return(at.amina, now=at.now, person_id=at.person_id, plan_id=journey.plan_id, version=1)
    assert draft(at).plan.state == "draft"


def test_a_stale_edit_is_refused(journey: Journey):
    at = journey.world
    with pytest.raises(Stale):
        cancel_return(at.amina, now=at.now, person_id=at.person_id, plan_id=journey.plan_id, version=9)


def test_a_departure_without_certificate_is_an_incident_and_an_alarm(journey: Journey):
    at = journey.world
    incident_id = report_incident(
        at.amina,
        now=at.now,
        person_id=at.person_id,
        kind="REMOVED",
        departed_date=at.now.date(),
        destination="HND",
        what_happened="La llevaron al aeropuerto.",
    )
    assert journey.plan.state == "draft"
    assert [item.kind for item in list_work(at.bruno, at.now)] == ["incident"]
    with pytest.raises(Denied):
        acknowledge_incident(at.amina, now=at.now, person_id=at.person_id, incident_id=incident_id, version=1)
    acknowledge_incident(at.bruno, now=at.now, person_id=at.person_id, incident_id=incident_id, version=1)
    assert list_work(at.bruno, at.now) == []
    (incident,) = list_incidents(at.amina, at.person_id, now=at.now)
    assert incident.text is not None


def test_asylum_established_closes_the_gate(ready: Journey):
    assert Truth.ESTABLISHED in {rule.truth for rule in ready.gate.rules if rule.rule == "G05"}
    at = ready.world
    from amparo.procedures.queries.history import find_latest

    asylum = find_latest(at.person_id, "refugee-status")
    at.find(asylum.id, "complementary.torture")
    state = next(rule.truth for rule in ready.gate.rules if rule.rule == "G05")
    assert state is Truth.NOT_ESTABLISHED


def test_a_drafted_return_is_the_next_step_of_the_file(journey: Journey) -> None:
    world = journey.world
    header = get_file_header(world.amina, world.person_id, purpose=Purpose.CASE_WORK, now=world.now)
    assert header.next_step is not None
    assert header.next_step.kind == "return"
