"""What the rules of access say of those who hold seats, asked once for a whole body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.queries import actors_for
from amparo.access.scoping import scope_facts_for
from amparo.access.scoping.facts import as_if
from amparo.core.policy import RecordFacts, Relation, decide
from amparo.panels.data.shapes import SeatLine
from amparo.panels.models import Item

SIT = "panels.sit"
SIT_AT_HOME = "panels.sit_at_home"


@dataclass(frozen=True, slots=True)
class Holders:
    """Whoever holds a seat of a body, as they and the rules stand at one moment, for one file."""

    home_id: UUID
    actors: Mapping[UUID, Actor]
    facts: Mapping[UUID, RecordFacts]

    def is_home(self, seat: SeatLine) -> bool:
        return seat.unit_id == self.home_id

    def may_see(self, seat: SeatLine) -> bool:
        """Say whether the rules let a seat's holder see what was shared with them."""
        return self._may(seat, self.facts.get(seat.staff_id))

    def may_receive(self, seat: SeatLine) -> bool:
        """Say whether they would, once it is shared: the firewall of origin, exclusions, roles, the unit."""
        facts = self.facts.get(seat.staff_id)
        if facts is not None and not self.is_home(seat):
            facts = as_if(facts, Relation.RECEIVER)
        return self._may(seat, facts)

    def _may(self, seat: SeatLine, facts: RecordFacts | None) -> bool:
        actor = self.actors.get(seat.staff_id)
        if actor is None or facts is None or seat.unit_id not in actor.unit_ids:
            return False
        right = SIT_AT_HOME if self.is_home(seat) else SIT
        return decide(actor.facts(), facts, right).allowed


def read_holders(item: Item, seats: Iterable[SeatLine], now: datetime) -> Holders:
    """Read those who hold seats, for the file of an item. Three queries, however many they are."""
    actors = actors_for({seat.staff_id for seat in seats}, now=now)
    facts = scope_facts_for(actors.values(), item.person, at=now)
    return Holders(item.person.unit_id, actors, facts)
