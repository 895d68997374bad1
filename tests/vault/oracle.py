"""Who can open what, kept in memory by plain rules: what the vault is compared with, both ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from amparo.vault.data import EMERGENCY_COMPARTMENTS, Compartment

Place = tuple[UUID, str, str]


@dataclass
class OraclePerson:
    unit_id: UUID
    named: set[UUID] | None = None
    shares: dict[UUID, set[Compartment]] = field(default_factory=dict)
    values: dict[tuple[Compartment, str], str] = field(default_factory=dict)


@dataclass
class Oracle:
    """Members of units, people, extracts. ``named`` is set while a case is sealed."""

    members: dict[UUID, set[UUID]] = field(default_factory=dict)
    people: dict[UUID, OraclePerson] = field(default_factory=dict)
    extracts: dict[UUID, UUID] = field(default_factory=dict)
    extract_people: dict[UUID, UUID] = field(default_factory=dict)
    emergency_members: set[UUID] = field(default_factory=set)

    def may_open(self, user_id: UUID, person_id: UUID, part: Compartment) -> bool:
        person = self.people[person_id]
        if person.named is not None and not self._is_shared(user_id, person, part):
            return user_id in person.named
        return user_id in self.members[person.unit_id] or self._is_shared(user_id, person, part)

    def _is_shared(self, user_id: UUID, person: OraclePerson, part: Compartment) -> bool:
        return part in person.shares.get(user_id, set())

    def opens_all(self, user_id: UUID, person_id: UUID) -> bool:
        return all(self.may_open(user_id, person_id, part) for part in Compartment)

    def fields_of(self, user_id: UUID) -> dict[Place, str]:
        """Return every field that the user opens through the door, with its value."""
        return {
            (person_id, str(part), name): value
            for person_id, person in self.people.items()
            for (part, name), value in person.values.items()
            if self.may_open(user_id, person_id, part)
        }

    def fields_in_reach(self, user_id: UUID) -> dict[Place, str]:
        """Return what the user's secret, the database and the seal keys give: emergency included."""
        reach = self.fields_of(user_id)
        if user_id in self.emergency_members:
            for person_id, person in self.people.items():
                if person.named is None:
                    for (part, name), value in person.values.items():
                        if part in EMERGENCY_COMPARTMENTS:
                            reach[person_id, str(part), name] = value
        return reach

    def extracts_of(self, user_id: UUID) -> set[UUID]:
        return {
            extract_id for extract_id, unit_id in self.extracts.items() if user_id in self.members[unit_id]
        }

    def forget_user(self, user_id: UUID) -> None:
        """A user made new keys: nothing that was wrapped to the old ones opens."""
        for members in self.members.values():
            members.discard(user_id)
        self.emergency_members.discard(user_id)
        for person in self.people.values():
            person.shares.pop(user_id, None)
            if person.named is not None:
                person.named.discard(user_id)

    def erase(self, person_id: UUID) -> None:
        del self.people[person_id]
        gone = [extract for extract, person in self.extract_people.items() if person == person_id]
        for extract_id in gone:
            self.drop_extract(extract_id)

    def drop_extract(self, extract_id: UUID) -> None:
        del self.extracts[extract_id]
        del self.extract_people[extract_id]
