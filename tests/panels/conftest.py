"""A panel of needs, and one of best interests, with procedures planted in the doctrine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amparo.doctrine import registry
from tests.panels.world import BEST_INTERESTS, PanelWorld, make_panel_world, planted_definitions
from tests.people import Cast


@pytest.fixture(autouse=True)
def _planted() -> Iterator[None]:
    """Plant the three procedures while a test runs."""
    library = registry._library()
    planted = {("", name): [one] for name, one in planted_definitions().items()}
    library.procedures.update(planted)
    yield
    for key in planted:
        del library.procedures[key]


@pytest.fixture
def panel(cast: Cast) -> PanelWorld:
    """The needs panel with an item on its agenda, shared with the asylum authority and the NGO."""
    made = make_panel_world(cast)
    made.consent("chidi", "dora")
    made.put()
    return made


@pytest.fixture
def best(cast: Cast) -> PanelWorld:
    """The panel of best interests: three members, not the caseworker, and four eyes."""
    made = make_panel_world(cast, BEST_INTERESTS)
    made.consent("chidi", "dora")
    made.put()
    return made
