"""One person of the shelter; a return at its start, and one whose every condition holds."""

from __future__ import annotations

import pytest

from tests.people import Cast
from tests.procedures.world import CHILD, World, make_world
from tests.solutions.world import Journey, draft, meet_all


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


@pytest.fixture
def child_world(cast: Cast) -> World:
    return make_world(cast, CHILD)


@pytest.fixture
def journey(world: World) -> Journey:
    return draft(world)


@pytest.fixture
def ready(world: World) -> Journey:
    return meet_all(world)
