"""The sign-in hash: what a thief of the database can do with it, and what they cannot."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.test import Client

from amparo.access.hashers import PepperedHasher
from amparo.access.models import Staff
from amparo.site import settings as shipped
from amparo.vault import keyfolder, primitives
from amparo.vault.primitives import Argon2Cost
from tests.people import Cast

GUESS = "amina cruza el puente al alba"


def _stolen(cast: Cast) -> str:
    assert cast.amina.passphrase == GUESS
    return Staff.objects.values_list("password", flat=True).get(id=cast.amina.id)


def _lose_the_pepper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfolder, "pepper", lambda: bytes(32))


def test_the_right_passphrase_fits_and_another_does_not(cast: Cast) -> None:
    assert check_password(GUESS, _stolen(cast))
    assert not check_password("amina cruza el puente al ocaso", _stolen(cast))


def test_a_thief_without_the_pepper_cannot_confirm_the_right_guess(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stolen = _stolen(cast)
    _lose_the_pepper(monkeypatch)
    assert not check_password(GUESS, stolen)


def test_the_breach_test_notices_a_hash_that_needs_no_pepper(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the passphrase stretched as it is. The same thief now confirms the guess."""
    monkeypatch.setattr(primitives, "hmac", lambda _key, message: message)
    planted = make_password(GUESS)
    _lose_the_pepper(monkeypatch)
    assert check_password(GUESS, planted)


def test_the_house_ships_this_hasher_alone_at_the_cost_of_the_design(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    assert shipped.PASSWORD_HASHERS == ["amparo.access.hashers.PepperedHasher"]
    assert "Argon2Cost(memory_kib=64 * 1024, passes=3, lanes=1)" in Path(primitives.__file__).read_text()
    foreign = Argon2PasswordHasher()
    monkeypatch.setattr(foreign, "memory_cost", 64)
    assert not check_password(GUESS, foreign.encode(GUESS, "dieciseis-letras"))


def test_a_dearer_cost_is_applied_at_the_next_sign_in(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(primitives, "argon2_cost", Argon2Cost(memory_kib=16, passes=1, lanes=1))
    client.post("/sign-in/", {"login": "amina", "password": GUESS})
    assert _stolen(cast).startswith("peppered$16,1,1$")
    assert check_password(GUESS, _stolen(cast))


def test_two_sign_ins_at_most_are_stretched_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, gate = [0], [0], threading.Lock()
    real = primitives.hash_secret_raw

    def watched(*args: object) -> bytes:
        with gate:
            running[0] += 1
            most[0] = max(most[0], running[0])
        threading.Event().wait(0.01)
        with gate:
            running[0] -= 1
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(primitives, "hash_secret_raw", watched)
    salts = [f"sal-de-prueba-{number}" for number in range(6)]
    threads = [threading.Thread(target=PepperedHasher().encode, args=(GUESS, salt)) for salt in salts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2
