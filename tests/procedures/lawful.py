"""A file at the real time, with doctrine in the law library and one decision that staff added."""

from __future__ import annotations

from datetime import UTC, datetime

from amparo.library.actions import add_entry, bring_up_to_date
from amparo.library.data import Decision, Words
from tests.people import Cast
from tests.procedures.world import World, make_world

OWN = Decision(
    key="gt/cc/1234-2010",
    title=Words(es="Amparo 1234-2010"),
    forum=Words(es="Corte de Constitucionalidad"),
    summary=Words(es="Zarzamora: no se devuelve a quien teme la trata."),
)


def make_lawful_world(cast: Cast) -> World:
    world = make_world(cast)
    world.now = datetime.now(UTC)
    bring_up_to_date(now=world.now)
    add_entry(world.bruno, now=world.now, content=OWN)
    return world
