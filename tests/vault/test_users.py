"""A user's keys: passphrase, recovery code, held bundles, recovery cards."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from uuid_utils.compat import uuid7

from amparo.vault import actions, door, keyfolder, primitives, queries
from amparo.vault.data import Compartment, WrongCards, WrongPassphrase
from amparo.vault.models import UnlockMethod
from tests.vault.world import NOW, PASSPHRASE, TestActor, World


def test_the_passphrase_opens_the_keys_and_no_other_does(world: World) -> None:
    amina = world.user()
    opened = actions.unlock(amina.staff_id, PASSPHRASE, NOW)
    assert (opened.hpke_private, opened.signing_private) == (
        amina.keys.hpke_private,
        amina.keys.signing_private,
    )
    for wrong in ("otra", "", PASSPHRASE.upper()):
        with pytest.raises(WrongPassphrase):
            actions.unlock(amina.staff_id, wrong, NOW)
    assert [row[3]["outcome"] for row in world.ledger.rows if row[1] == "vault.unlock"] == [
        "opened",
        "refused",
        "refused",
        "refused",
    ]


def test_somebody_without_keys_is_answered_like_a_wrong_passphrase(world: World) -> None:
    with pytest.raises(WrongPassphrase):
        actions.unlock(uuid7(), PASSPHRASE, NOW)


def test_the_same_passphrase_in_another_unicode_form_opens(world: World) -> None:
    amina = world.user("contrase\u00f1a larga")
    assert actions.unlock(amina.staff_id, "contrasen\u0303a larga", NOW)


def test_another_pepper_opens_nothing(world: World) -> None:
    amina = world.user()
    keyfolder.pepper_path().write_text("amparo pepper\n" + "ab" * 32, encoding="ascii")
    with pytest.raises(WrongPassphrase):
        actions.unlock(amina.staff_id, PASSPHRASE, NOW)


def test_a_changed_passphrase_replaces_the_old_one(world: World) -> None:
    amina = world.user()
    actions.change_passphrase(amina.keys, "la nueva frase", NOW)
    assert actions.unlock(amina.staff_id, "la nueva frase", NOW)
    with pytest.raises(WrongPassphrase):
        actions.unlock(amina.staff_id, PASSPHRASE, NOW)


def test_unlocking_raises_an_old_cost_to_the_present_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = world.user()
    monkeypatch.setattr(primitives, "argon2_cost", primitives.Argon2Cost(16, 2, 1))
    actions.unlock(amina.staff_id, PASSPHRASE, NOW)
    assert UnlockMethod.objects.get(user_id=amina.staff_id).memory_kib == 16
    assert actions.unlock(amina.staff_id, PASSPHRASE, NOW)


def test_a_recovery_code_opens_once_however_it_is_typed(world: World) -> None:
    amina = world.user()
    code = actions.add_recovery_code(amina.keys, NOW)
    assert queries.has_recovery_code(amina.staff_id)
    typed = code.lower().replace("-", "  ")
    keys = actions.recover_with_code(amina.staff_id, typed, "otra frase nueva", NOW)
    assert keys.hpke_private == amina.keys.hpke_private
    assert actions.unlock(amina.staff_id, "otra frase nueva", NOW)
    with pytest.raises(WrongPassphrase):
        actions.recover_with_code(amina.staff_id, code, "x", NOW)


def test_new_keys_lose_everything_until_a_colleague_readmits(world: World) -> None:
    amina, bruno = world.user(), world.user()
    unit_id = world.unit(amina, bruno)
    person_id = world.person(amina, unit_id)
    bruno = TestActor(bruno.staff_id, actions.create_user_keys(bruno.staff_id, "de nuevo", NOW))
    assert door.open_many(bruno, [person_id], {Compartment.ID}, "casework", now=NOW) == {}
    actions.grant_unit(amina.keys, unit_id, bruno.staff_id, NOW)
    assert door.open_many(bruno, [person_id], {Compartment.ID}, "casework", now=NOW)


def test_a_bundle_resumes_for_ten_idle_minutes(world: World) -> None:
    amina, dora = world.user(), world.user()
    secret = actions.hold_bundle(amina.keys, NOW)
    later = NOW + timedelta(minutes=9)
    assert actions.resume_bundle(secret, amina.staff_id, later) == amina.keys
    assert actions.resume_bundle(secret, amina.staff_id, later + timedelta(minutes=9)) == amina.keys
    assert actions.resume_bundle(secret, dora.staff_id, later) is None
    assert actions.resume_bundle(secret, amina.staff_id, later + timedelta(minutes=20)) is None
    assert actions.resume_bundle(secret, amina.staff_id, later) is None


def test_a_dropped_bundle_and_a_made_up_secret_resume_nothing(world: World) -> None:
    amina = world.user()
    secret = actions.hold_bundle(amina.keys, NOW)
    actions.drop_bundle(secret)
    for guess in (secret, "", "ñ", "A" * 43, "%%%"):
        assert actions.resume_bundle(guess, amina.staff_id, NOW) is None


def test_three_cards_of_five_open_a_unit_and_two_give_nothing(world: World) -> None:
    amina, zaida = world.user(), world.user()
    cards = actions.create_agency_recovery(world.agency_id, NOW)
    unit_id = world.unit(amina)
    person_id = world.person(amina, unit_id)
    assert len(cards) == 5
    for pair in combinations(cards, 2):
        for attempt in (pair, (*pair, pair[0])):
            with pytest.raises(WrongCards):
                actions.recover_with_cards(world.agency_id, attempt, unit_id, zaida.staff_id, NOW)
    actions.recover_with_cards(world.agency_id, cards[1:4], unit_id, zaida.staff_id, NOW)
    assert door.open_many(zaida, [person_id], {Compartment.ID}, "casework", now=NOW)


def test_cards_of_another_agency_or_an_older_set_give_nothing(world: World) -> None:
    amina, zaida = world.user(), world.user()
    old = actions.create_agency_recovery(world.agency_id, NOW)
    unit_id = world.unit(amina)
    world.person(amina, unit_id)
    new = actions.create_agency_recovery(world.agency_id, NOW)
    foreign = actions.create_agency_recovery(uuid7(), NOW)
    assert queries.list_units_without_recovery(world.agency_id) == [unit_id]
    actions.complete_unit(amina.keys, unit_id, NOW)
    assert queries.list_units_without_recovery(world.agency_id) == []
    for cards in (old, foreign, [old[0], new[1], new[2]]):
        with pytest.raises(WrongCards):
            actions.recover_with_cards(world.agency_id, cards[:3], unit_id, zaida.staff_id, NOW)
    actions.recover_with_cards(world.agency_id, new[:3], unit_id, zaida.staff_id, NOW)


def test_two_custodians_with_different_cards_are_needed_for_real_people(world: World) -> None:
    amina, bruno = world.user(), world.user()
    unit_id = world.unit()
    cards = actions.create_agency_recovery(world.agency_id, NOW)
    assert actions.confirm_card(world.agency_id, amina.staff_id, cards[0], NOW) == 1
    with pytest.raises(WrongCards):
        actions.confirm_card(world.agency_id, bruno.staff_id, cards[0], NOW)
    with pytest.raises(WrongCards):
        actions.confirm_card(world.agency_id, bruno.staff_id, cards[1].replace(" ", " acid ", 1), NOW)
    assert not queries.has_custodians(unit_id)
    actions.confirm_card(world.agency_id, bruno.staff_id, cards[1], NOW)
    assert queries.has_custodians(unit_id)
