"""Return for a child stands on what the panel chose, and only while its decision stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from amparo.access.scoping import facts_of
from amparo.core.quorum import Quorum
from amparo.doctrine import registry
from amparo.panels.data.refusals import OptionsExclude, ReviewTooFar
from amparo.panels.models import Decision
from amparo.procedures.data.refusals import PanelLooksFirst
from amparo.procedures.models import StageEntry
from amparo.procedures.queries.turns import list_turns
from tests.panels.test_pages import get
from tests.panels.test_standing import put_again
from tests.panels.world import PanelWorld, make_panel_world
from tests.people import Cast
from tests.procedures.test_child_facts import answer, appoint, fact, move, say_what_is_determined
from tests.procedures.world import CHILD, NO, OPEN, YES

BID = "best-interests-determination"


@pytest.fixture(autouse=True)
def _two_members() -> Iterator[None]:
    """Let two of the file's own unit decide: who sits is proved elsewhere."""
    definitions = registry._library().procedures
    kept = definitions["", BID]
    assert kept[-1].panel is not None
    panel = replace(kept[-1].panel, quorum=Quorum(2), not_caseworker=False, four_eyes=False)
    definitions["", BID] = [replace(kept[-1], panel=panel)]
    yield
    definitions["", BID] = kept


@pytest.fixture
def child(cast: Cast) -> PanelWorld:
    """A girl with a guardian, whose determination waits for its panel with the guide answered."""
    made = make_panel_world(cast, BID, members=("amina", "bruno"), birth=CHILD)
    appoint(made.world)
    answer(made.world, made.procedure_id, BID)
    say_what_is_determined(made.world, made.procedure_id)
    move(made.world, made.procedure_id, "draft", "schedule")
    made.put()
    return made


def decide(panel: PanelWorld, *options: str, without: str = "") -> None:
    panel.wish()
    for code in options:
        panel.option(code)
    for who in ("amina", "bruno"):
        panel.declare(who)
    panel.meet("amina", "bruno")
    panel.decide(options=options, without=without)
    panel.sign("amina")
    assert panel.sign("bruno")


def returns(panel: PanelWorld) -> object:
    return fact(panel.world, "child.return_is_best")


def has_record(panel: PanelWorld) -> bool:
    """Whether policy finds a best-interests record."""
    return facts_of(panel.act("amina"), panel.person_id).has_best_interests


def open_ways(panel: PanelWorld) -> set[str]:
    """Return which solutions the facts allow: each guide that opens one reads one of them."""
    ways = ("return", "reunification", "resettlement")
    return {way for way in ways if fact(panel.world, f"child.{way}_is_best") is YES}


def test_return_is_best_once_the_panel_chose_it_and_it_is_recorded(child: PanelWorld):
    assert returns(child) is OPEN
    decide(child, "RETURN")
    assert returns(child) is OPEN
    move(child.world, child.procedure_id, "decide")
    assert returns(child) is YES
    assert has_record(child)


def test_another_option_is_a_no_to_return_whatever_the_findings_say(child: PanelWorld):
    decide(child, "KINSHIP")
    move(child.world, child.procedure_id, "decide")
    assert returns(child) is NO
    assert has_record(child)


@pytest.mark.parametrize("other", ["KINSHIP", "STAY_WITH_CARER", "REUNIFY_HERE", "RESETTLEMENT"])
def test_nobody_decides_to_stay_and_to_return(child: PanelWorld, other: str):
    with pytest.raises(OptionsExclude) as caught:
        decide(child, other, "RETURN")
    assert "retorno" in str(caught.value.details["pairs"])
    assert not Decision.objects.exists()


def test_what_excludes_is_what_doctrine_says(child: PanelWorld, monkeypatch: pytest.MonkeyPatch):
    """Planted: without the pairs of the list, a decision to stay and to return would be recorded."""
    monkeypatch.setattr("amparo.doctrine.data.CodeList.list_clashes", lambda *_: ())
    decide(child, "KINSHIP", "RETURN")
    assert Decision.objects.exists()


def test_return_beside_another_option_says_nothing(child: PanelWorld):
    decide(child, "REUNIFY_ABROAD", "RETURN")
    move(child.world, child.procedure_id, "decide")
    assert returns(child) is OPEN


def test_a_finding_against_return_beats_the_option(child: PanelWorld):
    child.world.find(child.procedure_id, "bid.option.return", NO)
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    assert returns(child) is NO


def test_no_panel_sets_a_condition_of_return_aside(child: PanelWorld):
    child.world.find(child.procedure_id, "bid.child.alone", OPEN)
    decide(child, "RETURN", without="Se la escucha a solas el jueves.")
    move(child.world, child.procedure_id, "decide")
    assert Decision.objects.get().decides_without
    assert returns(child) is OPEN
    assert not has_record(child)


@pytest.mark.parametrize("options", [("REUNIFY_ABROAD",), ("RESETTLEMENT",), ("RETURN",)])
def test_a_decision_without_the_guide_opens_no_way(child: PanelWorld, options: tuple[str, ...]):
    child.world.find(child.procedure_id, "bid.child.alone", OPEN)
    decide(child, *options, without="Por urgencia.")
    move(child.world, child.procedure_id, "decide")
    assert open_ways(child) == set()
    assert not has_record(child)


@pytest.mark.parametrize(
    ("options", "ways"),
    [
        (("KINSHIP",), set()),
        (("REUNIFY_ABROAD",), {"reunification"}),
        (("REUNIFY_HERE", "LOCAL_INTEGRATION"), {"reunification"}),
        (("KINSHIP", "REUNIFY_ABROAD"), set()),
        (("RESETTLEMENT",), {"resettlement"}),
        (("FOSTER", "RESETTLEMENT"), {"resettlement"}),
        (("REUNIFY_HERE", "RESETTLEMENT"), set()),
        (("RETURN",), {"return"}),
    ],
)
def test_a_decision_opens_the_way_that_it_chose_and_no_other(
    child: PanelWorld, options: tuple[str, ...], ways: set[str]
):
    decide(child, *options)
    move(child.world, child.procedure_id, "decide")
    assert open_ways(child) == ways


def test_a_decision_for_other_care_is_a_no_to_reunification_and_resettlement(child: PanelWorld):
    decide(child, "KINSHIP")
    move(child.world, child.procedure_id, "decide")
    assert fact(child.world, "child.reunification_is_best") is NO
    assert fact(child.world, "child.resettlement_is_best") is NO


def test_the_care_about_the_guide_is_proved_by_taking_it_away(
    child: PanelWorld, monkeypatch: pytest.MonkeyPatch
):
    child.world.find(child.procedure_id, "bid.child.alone", OPEN)
    monkeypatch.setattr("amparo.procedures.queries.outcomes.Record.rests_on_guide", True)
    decide(child, "REUNIFY_ABROAD", without="Por urgencia.")
    move(child.world, child.procedure_id, "decide")
    assert open_ways(child) == {"reunification"}
    assert has_record(child)


def lapse_by_a_finding(child: PanelWorld) -> None:
    child.world.now += timedelta(minutes=1)
    child.world.find(child.procedure_id, "bid.factors.safety", NO)


def lapse_by_a_choice(child: PanelWorld) -> None:
    child.world.now += timedelta(minutes=1)
    child.world.choose(child.procedure_id, "options", "FOSTER", "RETURN")


def lapse_by_reopening(child: PanelWorld) -> None:
    move(child.world, child.procedure_id, "reopen_decided")


def lapse_by_its_review(child: PanelWorld) -> None:
    """Nobody writes anything: the day passes."""
    child.world.now += timedelta(days=31)


def lapse_by_another_decision(child: PanelWorld) -> None:
    put_again(child)
    decide(child, "KINSHIP")


@pytest.mark.parametrize(
    "lapse", [lapse_by_a_finding, lapse_by_a_choice, lapse_by_reopening, lapse_by_its_review]
)
def test_what_comes_after_the_decision_ends_the_record(child: PanelWorld, lapse):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    assert has_record(child)
    lapse(child)
    assert returns(child) is OPEN
    assert not has_record(child)


def test_the_panel_that_decides_anew_takes_return_back(child: PanelWorld):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    child.world.now += timedelta(minutes=1)
    lapse_by_another_decision(child)
    assert returns(child) is NO
    assert has_record(child)


def test_the_end_of_a_record_is_proved_by_taking_it_away(child: PanelWorld, monkeypatch: pytest.MonkeyPatch):
    """Without what keeps the record true, policy would go on finding one after new facts."""
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    monkeypatch.setattr("amparo.procedures.actions.findings.keep_best_interests", lambda *_: None)
    lapse_by_a_finding(child)
    assert has_record(child)


@pytest.mark.parametrize("lapse", [lapse_by_a_finding, lapse_by_its_review])
def test_nobody_carries_out_what_the_panel_must_look_at_again(child: PanelWorld, lapse):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    lapse(child)
    with pytest.raises(PanelLooksFirst) as caught:
        move(child.world, child.procedure_id, "implement")
    assert caught.value.details["why"]
    page = get(child, "bruno", f"/files/{child.world.code}/procedures/{child.procedure_id}/")
    assert f"{child.procedure_id}/steps/implement/" not in page
    assert child.procedure_id not in list_turns(child.act("bruno"), now=child.now)


def test_a_choice_changed_after_the_decision_is_named(child: PanelWorld, monkeypatch: pytest.MonkeyPatch):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    lapse_by_a_choice(child)
    page = get(child, "bruno", f"/files/{child.world.code}/procedures/{child.procedure_id}/")
    assert "hechos nuevos: Opciones que se comparan" in " ".join(page.split())
    monkeypatch.setattr("amparo.procedures.queries.basis._rechosen", lambda _moments: [])
    move(child.world, child.procedure_id, "implement")


def test_a_childs_decision_is_reviewed_within_a_year(child: PanelWorld, monkeypatch: pytest.MonkeyPatch):
    child.wish()
    child.option("KINSHIP")
    child.declare("amina")
    child.declare("bruno")
    child.meet("amina", "bruno")
    with pytest.raises(ReviewTooFar):
        child.decide(options=("KINSHIP",), days=366)
    child.decide(options=("KINSHIP",), days=365)
    monkeypatch.setattr("amparo.panels.actions.decisions._require_review", lambda *_: None)
    child.decide(options=("KINSHIP",), days=366)


def test_a_decision_has_one_date_of_review(child: PanelWorld):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    assert not StageEntry.objects.filter(procedure_id=child.procedure_id, due_date__isnull=False).exists()


def test_a_decision_that_stands_is_carried_out(child: PanelWorld):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    move(child.world, child.procedure_id, "implement")


def test_the_guard_on_carrying_out_is_proved_by_taking_it_away(
    child: PanelWorld, monkeypatch: pytest.MonkeyPatch
):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    lapse_by_a_finding(child)
    monkeypatch.setattr("amparo.procedures.actions.stages.require_standing", lambda *_: None)
    move(child.world, child.procedure_id, "implement")


def test_duties_noted_after_the_decision_leave_it_standing(child: PanelWorld):
    decide(child, "RETURN")
    move(child.world, child.procedure_id, "decide")
    child.world.now += timedelta(minutes=1)
    child.world.find(child.procedure_id, "bid.duties.told")
    assert returns(child) is YES
    child.world.now += timedelta(minutes=1)
    child.world.find(child.procedure_id, "bid.duties.told", NO)
    assert returns(child) is OPEN
