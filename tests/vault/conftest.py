"""Fixtures of the vault's tests: cheap Argon2, a private key folder, an installed policy and ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from amparo.vault import door, primitives
from tests.vault.world import World

CHEAP = primitives.Argon2Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def cheap_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(primitives, "argon2_cost", CHEAP)


@pytest.fixture(autouse=True)
def server_keys(settings: Settings, tmp_path: Path) -> Path:
    settings.AMPARO_KEYS = tmp_path / "keys"
    settings.AMPARO_FILES = tmp_path / "files"
    return tmp_path / "keys"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    here = World()
    with door.installed(permit=here.policy, log=here.ledger):
        yield here
