"""A return for which every condition holds, made through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from amparo.procedures.actions import (
    add_participant,
    issue_certificate,
    sign_as_participant,
    sign_certificate,
)
from amparo.procedures.data.gates import GateState
from amparo.procedures.queries import gate_state
from amparo.solutions.actions import draft_return
from amparo.solutions.data import ReturnTerms, ReturnView
from amparo.solutions.queries import get_return
from tests.procedures.world import (
    World,
    agree_to_return,
    find_no_trafficking,
    meet_every_condition,
    refute_asylum,
    stand_outside_the_mandate,
)

TRAVEL_DAYS = 10


@dataclass
class Journey:
    """A draft of a return about the person of a world."""

    world: World
    plan_id: UUID

    @property
    def plan(self) -> ReturnView:
        return get_return(self.world.amina, self.world.person_id, self.plan_id)

    @property
    def gate(self) -> GateState:
        at = self.world
        return gate_state(at.amina, at.person_id, self.plan.procedure_id, language="en", as_of=at.now)

    def invite_chidi(self) -> UUID:
        at = self.world
        return add_participant(
            at.amina,
            now=at.now,
            person_id=at.person_id,
            procedure_id=self.plan.procedure_id,
            unit_id=at.cast.chidi.unit_id,
            staff_id=at.cast.chidi.id,
        )

    def sign_here(self) -> None:
        at = self.world
        sign_certificate(
            at.bruno,
            now=at.now,
            person_id=at.person_id,
            procedure_id=self.plan.procedure_id,
            digest=self.gate.digest,
        )

    def sign_for_asylum(self, part_id: UUID) -> None:
        sign_as_participant(
            self.world.chidi, now=self.world.now, participant_id=part_id, digest=self.gate.digest
        )

    def issue(self) -> UUID:
        at = self.world
        return issue_certificate(
            at.bruno, now=at.now, person_id=at.person_id, procedure_id=self.plan.procedure_id
        )

    def certify(self) -> UUID:
        part_id = self.invite_chidi()
        self.sign_here()
        self.sign_for_asylum(part_id)
        return self.issue()


def terms(travel_date: date) -> ReturnTerms:
    return ReturnTerms(travel_date, "HND", True)


def draft(world: World) -> Journey:
    travel_date = world.now.date() + timedelta(days=TRAVEL_DAYS)
    plan_id = draft_return(world.amina, now=world.now, person_id=world.person_id, terms=terms(travel_date))
    return Journey(world, plan_id)


def meet_all(world: World) -> Journey:
    """Draft a return and meet every condition of its gate."""
    stand_outside_the_mandate(world)
    find_no_trafficking(world)
    refute_asylum(world)
    agree_to_return(world)
    journey = draft(world)
    meet_every_condition(world, journey.plan.procedure_id)
    return journey
