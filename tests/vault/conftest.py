"""Fixtures of the vault's tests: a private key folder, an installed policy and ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.vault.world import World


@pytest.fixture(autouse=True)
def server_keys(settings: Settings, tmp_path: Path) -> Path:
    settings.AMPARO_KEYS = tmp_path / "keys"
    settings.AMPARO_FILES = tmp_path / "files"
    return tmp_path / "keys"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    from amparo.vault import door
    from tests.vault.world import World

    here = World()
    with door.installed(permit=here.policy, log=here.ledger):
        yield here
