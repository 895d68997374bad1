"""Founds the agencies and units of the demonstration and gives the cast their posts and keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.actions import add_staff, found_agency, found_unit, grant_post
from amparo.access.data import Actor
from amparo.access.queries import actor_for, machine_actor
from amparo.site.demo.places import CAST, CUSTODIANS, PLACES, Player
from amparo.vault.actions import confirm_card, create_agency_recovery, unlock
from amparo.vault.data import OpenKeys


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: staff ids and opened keys by user name, unit and agency ids by place."""

    staff: dict[str, UUID]
    keys: dict[str, OpenKeys]
    units: dict[str, UUID]
    agencies: dict[str, UUID]

    def actor(self, username: str, now: datetime) -> Actor:
        """Return a member of the cast, unlocked, with the posts held at that moment."""
        return actor_for(self.staff[username], self.keys[username], now=now)


def found_cast(now: datetime) -> Cast:
    """Make the agencies, units, staff and posts through the actions that an office would use."""
    setup = machine_actor("setup", now=now)
    cast = Cast({}, {}, {}, {})
    for key, place in PLACES.items():
        agency_id = found_agency(setup, now=now, name=place.agency, kind=place.kind, state=place.state)
        cast.agencies[key] = agency_id
        cast.units[key] = found_unit(setup, now=now, agency_id=agency_id, name=place.unit)
    for player in CAST:
        _hire(setup, cast, player, now)
    for agency_id in cast.agencies.values():
        _entrust_cards(cast, agency_id, now)
    return cast


def _entrust_cards(cast: Cast, agency_id: UUID, now: datetime) -> None:
    """Make an agency's recovery cards and let two custodians confirm theirs; the rest is not kept."""
    cards = create_agency_recovery(agency_id, now)
    for username, card in zip(CUSTODIANS, cards, strict=False):
        confirm_card(agency_id, cast.staff[username], card, now)


def _hire(setup: Actor, cast: Cast, player: Player, now: datetime) -> None:
    staff_id = add_staff(
        setup,
        now=now,
        username=player.username,
        name=player.name,
        passphrase=player.passphrase,
        agency_id=cast.agencies[player.place],
        language=player.language,
    )
    for role in player.roles:
        grant_post(setup, now=now, staff_id=staff_id, unit_id=cast.units[player.place], role=role)
    cast.staff[player.username] = staff_id
    cast.keys[player.username] = unlock(staff_id, player.passphrase, now)
