"""The three routes of asylum decide together: none hides another, and no rejection passes one over."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import pytest
from django.test import Client

from amparo.access.actions import grant_post
from amparo.access.data import Actor
from amparo.cases.actions import register_person
from amparo.cases.data import AgeStatus, NameEntry, NameKind
from amparo.cases.queries import current_statuses
from amparo.core.guides import Kind
from amparo.core.policy import Role
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_guide, list_procedures
from amparo.procedures.actions import move_stage, open_procedure, stages
from amparo.procedures.data.refusals import MoveNotReady
from amparo.procedures.facts import compute_facts
from amparo.procedures.models import Procedure
from amparo.procedures.queries import get_guide_page, moves, turns
from amparo.procedures.queries.guide_page import assess_all
from amparo.procedures.queries.homes import list_own_guides
from amparo.procedures.queries.rows import list_findings
from tests.people import Cast
from tests.procedures.world import ADULT, NO, NOW, YES, World

CONVENTION, CARTAGENA, COMPLEMENTARY = ROUTES = ("refugee-status", "cartagena", "complementary-protection")
REJECTIONS = [
    (("lodge", "assess"), "reject"),
    (("lodge", "assess", "reject", "appeal"), "reject_finally"),
    (("lodge", "assess", "reject"), "let_time_run_out"),
]


class Claim:
    """A claim before the asylum authority, which keeps the file."""

    def __init__(self, cast: Cast) -> None:
        chidi, unit_id = cast.chidi.id, cast.chidi.unit_id
        grant_post(cast.eve.actor_at(NOW), now=NOW, staff_id=chidi, unit_id=unit_id, role=Role.CASEWORKER)
        person_id = register_person(
            cast.chidi.actor_at(NOW),
            now=NOW,
            unit_id=cast.chidi.unit_id,
            names=[NameEntry(NameKind.OFFICIAL, "Lucía", "Quispe", "Mamani")],
            birth=ADULT,
            age_status=AgeStatus.KNOWN,
            nationalities=["HND"],
        )
        self.world = World(cast, person_id)
        self.id: UUID = open_procedure(self.by, now=NOW, person_id=person_id, definition=CONVENTION)

    @property
    def by(self) -> Actor:
        return self.world.chidi

    def answer(self, guide_id: str, truth: Truth) -> None:
        """Answer the findings of a guide, in place of what stood, until it comes to ``truth``."""
        logic = get_guide(guide_id).logic
        for leaf in logic.leaf_ids:
            if self.truth_of(guide_id) is truth:
                break
            if leaf in logic.by_id and logic.by_id[leaf].kind is Kind.FINDING:
                self.world.find(self.id, leaf, truth, by=self.by)

    def truth_of(self, guide_id: str) -> Truth:
        row, now = Procedure.objects.get(id=self.id), self.world.now
        told = assess_all(row, list_findings(self.id), child=NO, as_of=now)
        return next(one.evaluation.truth for one in told if one.guide.id == guide_id)

    def take(self, steps: Iterable[str]) -> None:
        for step in steps:
            move_stage(
                self.by,
                now=self.world.now,
                person_id=self.world.person_id,
                procedure_id=self.id,
                step_id=step,
                version=Procedure.objects.get(id=self.id).version,
                reasons="Consta en acta.",
            )

    @property
    def offered(self) -> set[str]:
        page = get_guide_page(self.by, self.world.person_id, self.id, "", language="es", now=self.world.now)
        return {step.id for step in page.moves if step.may_be_taken}

    @property
    def stand(self) -> tuple[str, str]:
        statuses = current_statuses(self.world.person_id, as_of=self.world.now.date())
        mandate = next(status.code for status in statuses if status.axis == "mandate")
        return Procedure.objects.get(id=self.id).stage, mandate


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return Claim(cast)


def test_who_meets_the_regional_definition_is_recognised_whatever_the_convention_says(claim: Claim) -> None:
    claim.answer(CONVENTION, NO)
    claim.take(["lodge", "assess"])
    assert "recognise_regional" not in claim.offered
    claim.answer(CARTAGENA, YES)
    assert "recognise_regional" in claim.offered
    claim.take(["recognise_regional"])
    assert claim.stand == ("recognised", "REF")


def test_a_rejection_that_is_not_ready_names_each_open_route(claim: Claim, client: Client) -> None:
    claim.answer(CARTAGENA, NO)
    claim.take(["lodge", "assess"])
    page = get_guide_page(claim.by, claim.world.person_id, claim.id, "", language="es", now=claim.world.now)
    (move,) = [one for one in page.moves if one.id == "reject"]
    titles = [get_guide(name).title["es"] for name in (COMPLEMENTARY,)]
    assert [(one.wanted, one.now) for one in move.unmet] == [(("not_established",), "not_assessed")] * 2
    assert [one.label for one in move.unmet][1:] == titles
    shown = claim.world.cast.chidi.client(client).get(
        f"/files/{page.header.person.code}/procedures/{claim.id}/steps/reject/"
    )
    text = shown.content.decode()
    assert titles[0] in text
    assert "Lo da:" not in text


def test_complementary_protection_is_granted_only_to_who_is_no_refugee(claim: Claim) -> None:
    claim.answer(CONVENTION, NO)
    claim.answer(COMPLEMENTARY, YES)
    claim.take(["lodge", "assess"])
    with pytest.raises(MoveNotReady):
        claim.take(["grant_complementary"])
    claim.answer(CARTAGENA, NO)
    claim.take(["grant_complementary"])
    assert claim.stand == ("complementary", "OIP")
    (fact,) = compute_facts(claim.by, claim.world.person_id, ["asylum.not_recognised"], as_of=NOW).values()
    assert fact.answer.truth is NO, "nobody asks the country of a person who is protected from it"
    claim.take(["appeal_for_status"])
    assert claim.offered == {"grant_complementary_on_appeal"}


@pytest.mark.parametrize(("way", "step"), REJECTIONS, ids=[step for _way, step in REJECTIONS])
@pytest.mark.parametrize("beside", [CARTAGENA, COMPLEMENTARY])
def test_no_rejection_while_a_route_beside_is_established(
    claim: Claim, way: tuple[str, ...], step: str, beside: str
) -> None:
    for route in ROUTES:
        claim.answer(route, NO)
    claim.take(way)
    assert step in claim.offered
    claim.answer(beside, YES)
    with pytest.raises(MoveNotReady):
        claim.take([step])
    assert step not in claim.offered


@pytest.mark.parametrize("beside", [CARTAGENA, COMPLEMENTARY])
def test_no_rejection_while_a_route_beside_is_not_assessed(claim: Claim, beside: str) -> None:
    for route in ROUTES:
        if route != beside:
            claim.answer(route, NO)
    claim.take(["lodge", "assess"])
    with pytest.raises(MoveNotReady):
        claim.take(["reject"])


def test_a_check_that_forgets_the_guides_beside_would_reject(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted breach: told that nobody is protected by another route, the step is taken."""
    ruled_out = {CARTAGENA: NO, COMPLEMENTARY: NO}
    claim.answer(CONVENTION, NO)
    claim.take(["lodge", "assess"])
    monkeypatch.setattr(stages, "is_ready", lambda step, told, _beside: moves.is_ready(step, told, ruled_out))
    claim.take(["reject"])
    assert claim.stand[0] == "rejected_first"


def test_the_list_says_the_same_turn_as_the_page(claim: Claim) -> None:
    claim.answer(CONVENTION, NO)
    claim.take(["lodge", "assess"])
    assert claim.id not in turns.list_turns(claim.by, now=claim.world.now)
    claim.answer(CARTAGENA, NO)
    claim.answer(COMPLEMENTARY, NO)
    assert claim.id in turns.list_turns(claim.by, now=claim.world.now)


@pytest.mark.parametrize("country", ["", "ARG", "CAN", "CRI", "GTM", "MEX", "URY", "USA"])
def test_a_step_rests_only_on_guides_that_are_answered_in_its_procedure(country: str) -> None:
    today = NOW.date()
    for definition in list_procedures(country=country, as_of=today):
        wanted = moves.names_beside(definition.transitions)
        answered = {guide.id for guide in list_own_guides(definition, country, today)} if wanted else wanted
        assert wanted <= answered, definition.id
