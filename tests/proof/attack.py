"""The table of compromises as an attack: ``AMPARO_HOME=... python -m tests.proof.attack [--prepare]``.

Steals what each row of the table in THREAT_MODEL.md says, opens all that it opens by trying every key
on every lock (``tests.vault.attacks``), and compares it with what policy lets that person open, both
ways. Prints a line for each row and ends with 1 when one does not hold. ``--prepare`` first adds, to a
demonstration, the relations that make the sets differ: a conflict of interest that seals a case, a
delegation, and a post that ended.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import django

django.setup()

from amparo.access.actions import add_staff, end_post, grant_post  # noqa: E402 (the rooms must be registered first)
from amparo.access.data import Actor  # noqa: E402
from amparo.access.models import Scope, Staff  # noqa: E402
from amparo.access.queries import actor_for, machine_actor  # noqa: E402
from amparo.access.scoping import facts_of, unit_facts, visible_scopes  # noqa: E402
from amparo.core.policy import Purpose, RecordFacts, Relation, Role, decide  # noqa: E402
from amparo.referrals.models import Referral  # noqa: E402
from amparo.site.demo.places import CAST  # noqa: E402
from amparo.site.paths import keys_folder  # noqa: E402
from amparo.vault.actions import rotate_unit, unlock  # noqa: E402
from amparo.vault.data import Compartment  # noqa: E402
from tests.vault.attacks import (  # noqa: E402
    Haul,
    open_everything,
    steal_database,
    steal_server_keys,
    unlock_stolen,
    with_old_locks,
)

PASSPHRASES = {player.username: player.passphrase for player in CAST}
Fields = frozenset[tuple[UUID, str]]


@dataclass(frozen=True)
class Verdict:
    """One row of the table: what was stolen, how many fields and extracts it opened, what is wrong."""

    stolen: str
    fields: int
    extracts: int
    fault: str = ""


def attack(now: datetime) -> Iterator[Verdict]:
    """Run every row of the table; the last one ends a post and rotates the unit's key."""
    seals, pepper = steal_server_keys(keys_folder())
    database = Haul(steal_database())
    yield _opens_nothing("the database", database)
    keyed = replace(database, seal_keys=seals, pepper=pepper)
    yield _opens_nothing("the database, the seal key and the pepper", keyed)
    for username in sorted(PASSPHRASES):
        yield _opens_what_is_permitted(keyed, username, now)
    yield _secret_without_keys(database, "amina")
    yield _invented_colleagues(now)
    yield _kept_keys(keyed, "amina", now)


def _opens_nothing(stolen: str, haul: Haul) -> Verdict:
    reached = open_everything(haul)
    fault = "opens what nobody's secret was needed for" if reached else ""
    return Verdict(stolen, len(reached.fields), len(reached.extracts), fault)


def _secret_without_keys(database: Haul, username: str) -> Verdict:
    """A passphrase without the server's keys: the pepper is missing, and the outer lock stands."""
    user_id = Staff.objects.values_list("id", flat=True).get(username=username)
    private = unlock_stolen(database, user_id, PASSPHRASES[username])
    haul = replace(database, privates=(private,) if private else ())
    return _opens_nothing(f"the database and {username}'s passphrase, without the key files", haul)


def _kept_keys(before: Haul, username: str, now: datetime) -> Verdict:
    """Somebody leaves with a copy of the database, and gets a new one after the unit's key is rotated."""
    stolen = f"the database from before and after {username} left, the key files and {username}'s secret"
    staff, bruno = (Staff.objects.get(username=name) for name in (username, "bruno"))
    private = unlock_stolen(before, staff.id, PASSPHRASES[username])
    if private is None:
        return Verdict(stolen, 0, 0, "the passphrase did not open the private key")
    for post in staff.memberships.filter(until_at=None):
        end_post(machine_actor("setup", now=now), now=now, post_id=post.id)
    unit_id = bruno.memberships.values_list("unit_id", flat=True)[0]
    rotate_unit(unlock(bruno.id, PASSPHRASES["bruno"], now), unit_id, now)
    rows = with_old_locks(before.rows, steal_database())
    fields = open_everything(replace(before, rows=rows, privates=(private,))).fields
    sealed = {row["person_id"] for row in rows["Identity"] if row["is_restricted"]}
    fault = "" if {person_id for person_id, *_ in fields} <= sealed else "opens what lies under new keys"
    return Verdict(stolen, len(fields), 0, fault)


def _invented_colleagues(now: datetime) -> Verdict:
    """An administrator invents a caseworker and a supervisor in a unit with files, and plays both."""
    stolen = "an administrator's account, with two colleagues invented in a unit"
    eve, bruno = (Staff.objects.get(username=name) for name in ("eve", "bruno"))
    unit_id = bruno.memberships.values_list("unit_id", flat=True)[0]
    actors = []
    for number, role in enumerate((Role.CASEWORKER, Role.SUPERVISOR)):
        hired = {
            "username": f"nadie{number}",
            "name": f"Nadie {number}",
            "passphrase": "nadie pasa de aquí hoy",
        }
        staff_id = add_staff(actor_for(eve.id, None, now=now), now=now, agency_id=bruno.agency_id, **hired)
        grant_post(actor_for(eve.id, None, now=now), now=now, staff_id=staff_id, unit_id=unit_id, role=role)
        actors.append(actor_for(staff_id, unlock(staff_id, hired["passphrase"], now), now=now))
    known = sum(visible_scopes(actor).count() for actor in actors)
    lets_in = [actor for actor in actors if _may_let_in(actor, unit_id)]
    fault = f"knows of {known} files, {len(lets_in)} may pass the key on" if known or lets_in else ""
    return Verdict(stolen, 0, 0, fault)


def _may_let_in(actor: Actor, unit_id: UUID) -> bool:
    return decide(actor.facts(), unit_facts(actor, unit_id), "access.share_unit_key").allowed


def _opens_what_is_permitted(keyed: Haul, username: str, now: datetime) -> Verdict:
    user_id = Staff.objects.values_list("id", flat=True).get(username=username)
    private = unlock_stolen(keyed, user_id, PASSPHRASES[username])
    stolen = f"the database, the key files and {username}'s secret"
    if private is None:
        return Verdict(stolen, 0, 0, "the passphrase did not open the private key")
    reached = open_everything(replace(keyed, privates=(private,)))
    fields = frozenset((person_id, part) for person_id, part, _name in reached.fields)
    faults = [
        _difference("fields", fields, permitted_fields(keyed, user_id, now)),
        _difference("extracts", frozenset(reached.extracts), permitted_extracts(keyed, user_id, now)),
        _difference("intakes", frozenset(reached.intakes), permitted_intakes(keyed, user_id, now)),
    ]
    return Verdict(stolen, len(reached.fields), len(reached.extracts), "; ".join(filter(None, faults)))


def _difference(what: str, opened: frozenset[object], permitted: frozenset[object]) -> str:
    if opened == permitted:
        return ""
    return f"{what}: {len(opened - permitted)} too many, {len(permitted - opened)} too few"


def permitted_fields(haul: Haul, user_id: UUID, now: datetime) -> frozenset[object]:
    """Return person and compartment of every field that policy lets that user open for case work."""
    actor = actor_for(user_id, None, now=now)
    records = {row["id"]: row for row in haul.rows["Record"]}
    there = {
        (records[row["record_id"]]["identity_id"], records[row["record_id"]]["compartment"])
        for row in haul.rows["Field"]
    }
    facts = {
        person_id: facts_of(actor, person_id) for person_id in Scope.objects.values_list("id", flat=True)
    }
    return frozenset(
        (person_id, part)
        for person_id, part in there
        if decide(
            actor.facts(), facts[person_id], f"vault.open_{Compartment(part)}", purpose=Purpose.CASE_WORK
        ).allowed
    )


def permitted_extracts(haul: Haul, user_id: UUID, now: datetime) -> frozenset[object]:
    """Return the extracts that were sent to that user's units and that policy lets them open."""
    actor = actor_for(user_id, None, now=now)
    return frozenset(
        row["id"]
        for row in haul.rows["Extract"]
        if row["expires_at"] > now
        and row["unit_id"] in actor.unit_ids
        and decide(
            actor.facts(), facts_of(actor, row["person_id"]), "vault.open_extract", purpose=Purpose.CASE_WORK
        ).allowed
    )


def permitted_intakes(haul: Haul, user_id: UUID, now: datetime) -> frozenset[object]:
    """Return what was sealed to the user's units by whoever cannot read it."""
    actor = actor_for(user_id, None, now=now)
    here = RecordFacts(frozenset({Relation.UNIT}), actor.roles)
    may = decide(actor.facts(), here, "vault.open_intake").allowed
    return frozenset(row["id"] for row in haul.rows["Intake"] if may and row["unit_id"] in actor.unit_ids)


def main() -> int:
    now = datetime.now(UTC)
    if "--prepare" in sys.argv:
        from tests.proof.relations import prepare

        prepare(now)
    faults = 0
    for verdict in attack(now):
        faults += bool(verdict.fault)
        state = f"DOES NOT HOLD: {verdict.fault}" if verdict.fault else "holds"
        sys.stdout.write(f"{verdict.stolen}: {verdict.fields} fields, {verdict.extracts} extracts. {state}\n")
    sys.stdout.write(f"{Referral.objects.count()} referrals were sent in this world.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
