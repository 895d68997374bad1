"""Random histories of users, units, people and keys, done to the vault and to the oracle alike."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
)
from uuid_utils.compat import uuid7

from amparo.vault import actions, door, founding, hooks, keyfolder, queries
from amparo.vault.actions import rotation
from amparo.vault.data import Compartment, NoKey
from tests.vault.oracle import Oracle, OraclePerson
from tests.vault.world import NOW, PASSPHRASE, TestActor, World

PARTS = sorted(Compartment)
pick = st.integers(min_value=0, max_value=2**16)


class Killed(BaseException):
    """What a killed process looks like to the code that was running."""


def kill(done: int) -> None:
    raise Killed


class Histories(RuleBasedStateMachine):
    """Random histories of users, units, people, keys. Each rule acts on the vault and on the oracle."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.folder = tempfile.TemporaryDirectory()
        django_settings.AMPARO_KEYS = Path(self.folder.name) / "keys"
        self.world, self.oracle = World(), Oracle()
        self.hooks = dict(hooks._hooks)
        door.install(permit=self.world.policy, log=self.world.ledger)
        self.cards = actions.create_agency_recovery(self.world.agency_id, NOW)
        emergency_unit = uuid7()
        actions.create_emergency_unit(emergency_unit, agency_id=self.world.agency_id, now=NOW)
        self.users: dict[UUID, TestActor] = {}
        self.oracle.members[emergency_unit] = set()
        on_duty = self.new_user()
        actions.seed_unit_member(emergency_unit, on_duty.staff_id, NOW)
        self.oracle.members[emergency_unit] = {on_duty.staff_id}
        self.oracle.emergency_members = {on_duty.staff_id}
        self.emergency_unit = emergency_unit
        for _ in range(3):
            self.new_user()
        self.found_unit(0b0110)
        self.found_unit(0b1000)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)
        hooks._hooks.clear()
        hooks._hooks.update(self.hooks)
        founding._keys.clear()
        self.folder.cleanup()

    # Choosing among what exists, so that every drawn number means something.

    def new_user(self) -> TestActor:
        actor = self.world.user()
        self.users[actor.staff_id] = actor
        return actor

    def user(self, number: int) -> TestActor:
        return list(self.users.values())[number % len(self.users)]

    def unit(self, number: int) -> UUID:
        return [unit for unit in self.oracle.members if unit != self.emergency_unit][number % self.unit_count]

    @property
    def unit_count(self) -> int:
        return len(self.oracle.members) - 1

    def person(self, number: int) -> UUID:
        return list(self.oracle.people)[number % len(self.oracle.people)]

    def holder_of_all(self, person_id: UUID) -> TestActor | None:
        able = [user for user in self.users.values() if self.oracle.opens_all(user.staff_id, person_id)]
        return able[0] if able else None

    def member_of(self, unit_id: UUID) -> TestActor | None:
        members = self.oracle.members[unit_id]
        return self.users[min(members)] if members else None

    def check_users(self) -> None:
        """Compare what users open; also called in the middle of a rotation that was killed."""
        raise NotImplementedError

    # What happens.

    @rule(mask=pick)
    def found_unit(self, mask: int) -> None:
        if self.unit_count >= 4:
            return
        members = [user for number, user in enumerate(self.users.values()) if mask >> number & 1]
        unit_id = self.world.unit(*members)
        self.oracle.members[unit_id] = {member.staff_id for member in members}

    @rule(where=pick, who=pick)
    def register(self, where: int, who: int) -> None:
        unit_id, actor = self.unit(where), self.user(who)
        if actor.staff_id not in self.oracle.members[unit_id]:
            with pytest.raises(NoKey), transaction.atomic():
                door.create_person(actor, uuid7(), unit_id, now=NOW)
            return
        person_id, person = uuid7(), OraclePerson(unit_id)
        with transaction.atomic():
            door.create_person(actor, person_id, unit_id, now=NOW)
            for part in PARTS:
                person.values[part, "text"] = f"canary {person_id} {part}"
                door.write(actor, person_id, part, {"text": person.values[part, "text"]}, now=NOW)
        self.oracle.people[person_id] = person

    @precondition(lambda self: self.oracle.people)
    @rule(whom=pick, who=pick, part=st.sampled_from(PARTS), text=st.text(max_size=80))
    def write(self, whom: int, who: int, part: Compartment, text: str) -> None:
        person_id, actor = self.person(whom), self.user(who)
        if not self.oracle.may_open(actor.staff_id, person_id, part):
            with pytest.raises(NoKey), transaction.atomic():
                door.write(actor, person_id, part, {"text": text}, now=NOW)
            return
        self.world.write(actor, person_id, part, "text", text)
        self.oracle.people[person_id].values[part, "text"] = text

    @rule(where=pick, who=pick, to=pick)
    def grant(self, where: int, who: int, to: int) -> None:
        unit_id, granter, user = self.unit(where), self.user(who), self.user(to)
        if granter.staff_id not in self.oracle.members[unit_id]:
            with pytest.raises(NoKey):
                actions.grant_unit(granter.keys, unit_id, user.staff_id, NOW)
            return
        actions.grant_unit(granter.keys, unit_id, user.staff_id, NOW)
        self.oracle.members[unit_id].add(user.staff_id)

    @rule(where=pick, who=pick)
    def revoke(self, where: int, who: int) -> None:
        unit_id, user = self.unit(where), self.user(who)
        actions.revoke_unit(unit_id, user.staff_id, NOW)
        self.oracle.members[unit_id].discard(user.staff_id)

    @rule(where=pick, is_killed=st.booleans())
    def rotate_unit(self, where: int, is_killed: bool) -> None:
        unit_id = self.unit(where)
        member = self.member_of(unit_id)
        if member is not None:
            self.run_perhaps_killed(
                lambda progress: actions.rotate_unit(member.keys, unit_id, NOW, progress), is_killed
            )

    @rule(is_killed=st.booleans())
    def rotate_seal(self, is_killed: bool) -> None:
        self.run_perhaps_killed(lambda progress: actions.rotate_seal_epoch(NOW, progress), is_killed)
        for epoch in queries.list_epochs():
            if not epoch.is_current and not epoch.locks:
                actions.retire_epoch(epoch.number, NOW)
                keyfolder.destroy(epoch.number)

    def run_perhaps_killed(self, run: Callable[[rotation.Progress], object], is_killed: bool) -> None:
        if not is_killed:
            run(lambda done: None)
            return
        try:
            run(kill)
        except Killed:
            self.check_users()

    @precondition(lambda self: self.oracle.people)
    @rule(whom=pick, names=st.integers(min_value=1, max_value=15))
    def restrict(self, whom: int, names: int) -> None:
        person_id = self.person(whom)
        actor = self.holder_of_all(person_id)
        named = {user_id for number, user_id in enumerate(self.users) if names >> number & 1}
        if actor is None or not named:
            return
        with transaction.atomic():
            door.restrict(actor, person_id, named, now=NOW)
        person = self.oracle.people[person_id]
        person.named, person.shares = set(named), {}

    @precondition(lambda self: self.oracle.people)
    @rule(whom=pick)
    def unrestrict(self, whom: int) -> None:
        person_id = self.person(whom)
        person = self.oracle.people[person_id]
        able = [
            user
            for user in self.users.values()
            if self.oracle.opens_all(user.staff_id, person_id)
            and user.staff_id in self.oracle.members[person.unit_id]
        ]
        if able:
            with transaction.atomic():
                door.unrestrict(able[0], person_id, now=NOW)
            person.named, person.shares = None, {}

    @precondition(lambda self: self.oracle.people)
    @rule(whom=pick, to=pick, parts=st.sets(st.sampled_from(PARTS), min_size=1))
    def share(self, whom: int, to: int, parts: set[Compartment]) -> None:
        person_id, user = self.person(whom), self.user(to)
        actor = self.holder_of_all(person_id)
        if actor is None:
            return
        with transaction.atomic():
            door.share(actor, person_id, user.staff_id, parts, now=NOW)
        self.oracle.people[person_id].shares.setdefault(user.staff_id, set()).update(parts)

    @precondition(lambda self: self.oracle.people)
    @rule(whom=pick, to=pick)
    def unshare(self, whom: int, to: int) -> None:
        person_id, user = self.person(whom), self.user(to)
        person = self.oracle.people[person_id]
        with transaction.atomic():
            door.unshare(user, person_id, user.staff_id, now=NOW)
        person.shares.pop(user.staff_id, None)
        if person.named is not None:
            person.named.discard(user.staff_id)

    @precondition(lambda self: self.oracle.people)
    @rule(whom=pick, to=pick)
    def send_extract(self, whom: int, to: int) -> None:
        person_id, unit_id, extract_id = self.person(whom), self.unit(to), uuid7()
        actor = self.holder_of_all(person_id)
        if actor is None or not self.oracle.members[unit_id]:
            return
        with transaction.atomic():
            door.seal_extract(
                actor,
                person_id,
                {Compartment.ID: ["text"]},
                unit_id,
                extract_id=extract_id,
                expires_at=NOW + timedelta(days=1),
                extra={},
                now=NOW,
            )
        self.oracle.extracts[extract_id] = unit_id
        self.oracle.extract_people[extract_id] = person_id

    @precondition(lambda self: self.oracle.extracts)
    @rule(which=pick)
    def withdraw_extract(self, which: int) -> None:
        extract_id = list(self.oracle.extracts)[which % len(self.oracle.extracts)]
        assert door.destroy_extract(extract_id, now=NOW)
        self.oracle.drop_extract(extract_id)

    @precondition(lambda self: self.oracle.people)
    @rule(whom=pick)
    def erase(self, whom: int) -> None:
        person_id = self.person(whom)
        assert actions.erase_person(person_id, actor_ref="machine:test", now=NOW)
        self.oracle.erase(person_id)

    @rule(who=pick)
    def make_new_keys(self, who: int) -> None:
        user = self.user(who)
        keys = actions.create_user_keys(user.staff_id, PASSPHRASE, NOW)
        self.users[user.staff_id] = TestActor(user.staff_id, keys)
        self.oracle.forget_user(user.staff_id)
