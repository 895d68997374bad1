"""The world of the proofs, made once for the package, and one transaction for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from pytest_django import DjangoDbBlocker

from amparo.site.paths import home
from amparo.vault import primitives
from tests.proof.homes import Canaries, make_canaries
from tests.proof.world import NOW, Demo, make_demo, passing
from tools.pgcluster import cluster


@pytest.fixture(scope="package")
def whole_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demo]:
    """The demonstration of ``tests.proof.world``; undone, with its marker, after the last proof."""
    cheap = primitives.Argon2Cost(memory_kib=8, passes=1, lanes=1)
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        passing(),
        time_machine.travel(NOW, tick=False),
    ):
        patch.setattr(primitives, "argon2_cost", cheap)
        yield make_demo()
        (home() / "demonstration.json").unlink(missing_ok=True)


@pytest.fixture
def demo(whole_demo: Demo, db: None) -> Iterator[Demo]:
    """The world for one test, which sees a clock that stands still and leaves nothing behind."""
    with time_machine.travel(NOW, tick=False):
        yield whole_demo


@pytest.fixture(scope="session")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canaries]:
    """An installation of its own, with its own database of the kind that this run is on."""
    folder = tmp_path_factory.mktemp("canaries")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield make_canaries(folder)
        return
    with cluster() as server:
        yield make_canaries(folder, server.url())
