"""Settings of the test run: a private home, the safe SQLite, the database that the run names."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import django
import pytest

if "PYTEST_XDIST_WORKER" not in os.environ:  # workers read their settings before this file
    os.environ["AMPARO_HOME"] = tempfile.mkdtemp(prefix="amparo-test-")  # never the one that make names
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")

pytest_plugins = ["tests.ledger.flushing", "tests.procedures.flushing", "tests.journeys.browser"]

# Only now, when the home is private, and before the rooms' own conftest files import models.
django.setup()


if TYPE_CHECKING:
    from collections.abc import Sequence

    from execnet import XSpec

    from tests.people import Cast


def pytest_xdist_setupnodes(specs: Sequence[XSpec]) -> None:
    """Give each worker a home of its own: a test that spoils the key files spoils them for nobody else."""
    for spec in specs:
        spec.env["AMPARO_HOME"] = tempfile.mkdtemp(prefix="amparo-test-")


@pytest.fixture(autouse=True)
def _cheap_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passphrases cheap to stretch: tests make hundreds of them, and prove nothing about cost."""
    from amparo.vault import primitives

    monkeypatch.setattr(primitives, "argon2_cost", primitives.Argon2Cost(memory_kib=8, passes=1, lanes=1))


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast of ``tests.people``: made once through the real actions, put back for each test."""
    from tests.people import get_cast

    return get_cast()
