"""Settings of the test run: a private home, the safe SQLite, the database that the run names."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("AMPARO_HOME", tempfile.mkdtemp(prefix="amparo-test-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")

pytest_plugins = ["tests.ledger.flushing", "tests.procedures.flushing"]


def pytest_configure() -> None:
    """Read the settings only now: read any earlier, they would take the developer's own home."""
    from django.conf import settings

    assert settings.DATABASES


if TYPE_CHECKING:
    from tests.people import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast of ``tests.people``, made through the real actions."""
    from tests.people import make_cast

    return make_cast()
