"""The vault against the oracle: after any history, users and thieves open exactly what they should."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    invariant,
    rule,
    run_state_machine_as_test,
)

from amparo.vault import actions, door, keyfolder
from amparo.vault.actions import rotation
from amparo.vault.data import NoKey
from amparo.vault.door.plain import PlainUse
from tests.vault import attacks
from tests.vault.attacks import Haul
from tests.vault.histories import PARTS, Histories
from tests.vault.world import NOW, PASSPHRASE, World


class VaultMachine(Histories):
    """What must hold after every step of a history."""

    def teardown(self) -> None:
        self.check_thieves()
        super().teardown()

    @invariant()
    def check_users(self) -> None:
        people = list(self.oracle.people)
        for user in self.users.values():
            found: dict[Any, Any] = {}
            for person_id, opened in door.open_many(user, people, PARTS, "casework", now=NOW).items():
                for part, name in opened:
                    value = opened.get(part, name)
                    assert value is not None
                    found[person_id, str(part), name] = door.plain(value, PlainUse.COMPARE)
            assert found == self.oracle.fields_of(user.staff_id)

    @invariant()
    def check_receivers(self) -> None:
        for user in self.users.values():
            found = set()
            for extract_id in self.oracle.extracts:
                try:
                    door.open_extract(user, extract_id, "referral", now=NOW)
                except NoKey:
                    continue
                found.add(extract_id)
            assert found == self.oracle.extracts_of(user.staff_id)

    @rule()
    def check_thieves(self) -> None:
        rows = attacks.steal_database()
        seal_keys, pepper = attacks.steal_server_keys(keyfolder.folder())
        whole = Haul(rows, seal_keys, pepper)
        canaries = [text for person in self.oracle.people.values() for text in person.values.values()]
        assert not attacks.find_in_clear(rows, [text for text in canaries if text.startswith("canary")])
        assert not attacks.open_everything(Haul(rows))
        assert not attacks.open_everything(whole)
        for two in list(combinations(self.cards, 2))[:3]:
            assert not attacks.open_everything(Haul(rows, seal_keys, pepper, cards=two))
        for user in self.users.values():
            private = attacks.unlock_stolen(whole, user.staff_id, PASSPHRASE)
            assert private == user.keys.hpke_private
            assert attacks.unlock_stolen(Haul(rows, seal_keys), user.staff_id, PASSPHRASE) is None
            assert not attacks.open_everything(Haul(rows, pepper=pepper, privates=(private,)))
            reached = attacks.open_everything(Haul(rows, seal_keys, pepper, (private,)))
            assert reached.fields == self.oracle.fields_in_reach(user.staff_id)
            assert reached.extracts == self.oracle.extracts_of(user.staff_id)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_users_and_thieves_open_exactly_what_the_oracle_says(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 4)
    run_state_machine_as_test(
        VaultMachine,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_three_cards_and_the_seal_key_open_the_agencys_units(world: World) -> None:
    """The attack finds what it should: else its silence would prove nothing."""
    amina = world.user()
    cards = actions.create_agency_recovery(world.agency_id, NOW)
    person_id = world.person(amina, world.unit(amina))
    rows = attacks.steal_database()
    seal_keys, pepper = attacks.steal_server_keys(keyfolder.folder())
    reached = attacks.open_everything(Haul(rows, seal_keys, pepper, cards=tuple(cards[:3])))
    assert set(reached.fields) == {(person_id, "id", "names")}
    assert not attacks.open_everything(Haul(rows, seal_keys, pepper, cards=tuple(cards[:2])))
    assert not attacks.open_everything(Haul(rows, cards=tuple(cards)))
    planted = {"Field": [{"sealed": "el nombre de Rosalía"}]}
    assert attacks.find_in_clear(planted, ["Rosalía"]) == {"Rosalía"}
