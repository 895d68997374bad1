"""One person of the shelter, adult or child."""

from __future__ import annotations

import pytest

from tests.people import Cast
from tests.procedures.world import CHILD, World, make_world


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


@pytest.fixture
def child_world(cast: Cast) -> World:
    return make_world(cast, CHILD)
