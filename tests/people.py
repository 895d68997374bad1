"""The cast: fictitious staff of fictitious agencies, made through the real actions.

*Amina* owns the case, *Bruno* supervises her, *Chidi* works at the asylum authority, *Dora* at another
NGO must see nothing, *Eve* administers and has no case rights, *Ines* protects data. The *consul* of
Colombia works for a State of origin; the *fiscal* is a prosecutor. The host State is Costa Rica.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from django.test import Client

from amparo.access.actions import add_staff, found_agency, found_unit, grant_post
from amparo.access.data import Actor
from amparo.access.models import Staff
from amparo.access.queries import actor_for, machine_actor
from amparo.access.unlocking import UNLOCK_COOKIE
from amparo.core.policy import AgencyKind, Role
from amparo.vault.actions import confirm_card, create_agency_recovery, hold_bundle, unlock
from amparo.vault.data import OpenKeys
from tests.remembered import remembered

BORN_AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
"""When the cast took up their posts: before every moment that a test plays."""


@dataclass
class Member:
    """One of the cast. ``actor`` is unlocked and read anew each time, so later grants are seen."""

    id: UUID
    username: str
    passphrase: str
    unit_id: UUID
    agency_id: UUID
    keys: OpenKeys

    @property
    def actor(self) -> Actor:
        return self.actor_at(datetime.now(UTC))

    @property
    def locked(self) -> Actor:
        return actor_for(self.id, None, now=datetime.now(UTC))

    def client(self, client: Client, *, is_unlocked: bool = True) -> Client:
        """Sign this member in on a test client, without the sign-in page; unlocked unless told."""
        client.force_login(Staff.objects.get(id=self.id), backend="django.contrib.auth.backends.ModelBackend")
        if is_unlocked:
            client.cookies[UNLOCK_COOKIE] = hold_bundle(self.keys, datetime.now(UTC))
        return client

    def actor_at(self, now: datetime) -> Actor:
        """Return the unlocked actor as of another moment."""
        return actor_for(self.id, self.keys, now=now)


@dataclass
class Cast:
    """Everybody, with their units: shelter, asylum, other, office, consulate, prosecution."""

    amina: Member = field(init=False)
    bruno: Member = field(init=False)
    chidi: Member = field(init=False)
    dora: Member = field(init=False)
    eve: Member = field(init=False)
    ines: Member = field(init=False)
    consul: Member = field(init=False)
    fiscal: Member = field(init=False)

    @property
    def everybody(self) -> dict[str, Member]:
        return dict(vars(self))


UNITS = {
    "shelter": ("Casa Ceibo", AgencyKind.SHELTER, "", "Equipo de acogida"),
    "asylum": ("Unidad de Refugio", AgencyKind.ASYLUM_AUTHORITY, "CRI", "Elegibilidad"),
    "other": ("Fundación Guaria", AgencyKind.NGO, "", "Atención"),
    "office": ("Oficina del Mecanismo", AgencyKind.UN, "", "Administración"),
    "consulate": ("Consulado de Colombia", AgencyKind.CONSULATE, "COL", "Sección consular"),
    "prosecution": ("Fiscalía contra la Trata", AgencyKind.PROSECUTION, "CRI", "Fiscalía"),
}
POSTS = {
    "bruno": ("Bruno Salas", "shelter", Role.SUPERVISOR),
    "amina": ("Amina Diallo", "shelter", Role.CASEWORKER),
    "chidi": ("Chidi Okoro", "asylum", Role.LEGAL),
    "dora": ("Dora Jiménez", "other", Role.CASEWORKER),
    "eve": ("Eve Mora", "office", Role.ADMINISTRATOR),
    "ines": ("Inés Vargas", "office", Role.DATA_PROTECTION),
    "consul": ("Camilo Rojas", "consulate", Role.CASEWORKER),
    "fiscal": ("Flor Araya", "prosecution", Role.CASEWORKER),
}


def get_cast() -> Cast:
    """Return the cast in an empty database: made the first time, put back row by row from then on."""
    kept, cast = remembered(make_cast), Cast()
    for username, member in kept.everybody.items():
        setattr(cast, username, replace(member))
    return cast


def make_cast() -> Cast:
    """Found the agencies and units, add the staff and give them their posts."""
    now = BORN_AT
    setup = machine_actor("setup", now=now)
    places: dict[str, tuple[UUID, UUID]] = {}
    for place, (agency, kind, state, unit) in UNITS.items():
        agency_id = found_agency(setup, now=now, name=agency, kind=kind, state=state)
        places[place] = (agency_id, found_unit(setup, now=now, agency_id=agency_id, name=unit))
    cast = Cast()
    for username, (name, place, role) in POSTS.items():
        setattr(cast, username, _member(setup, username, name, *places[place], role, now))
    for agency_id, _unit_id in places.values():
        _entrust_cards(agency_id, (cast.eve.id, cast.ines.id), now)
    return cast


def _entrust_cards(agency_id: UUID, custodians: tuple[UUID, UUID], now: datetime) -> None:
    cards = create_agency_recovery(agency_id, now)
    for staff_id, card in zip(custodians, cards, strict=False):
        confirm_card(agency_id, staff_id, card, now)


def _member(
    setup: Actor, username: str, name: str, agency_id: UUID, unit_id: UUID, role: Role, now: datetime
) -> Member:
    passphrase = f"{username} cruza el puente al alba"
    staff_id = add_staff(
        setup, now=now, username=username, name=name, passphrase=passphrase, agency_id=agency_id
    )
    grant_post(setup, now=now, staff_id=staff_id, unit_id=unit_id, role=role)
    keys = unlock(staff_id, passphrase, now)
    return Member(staff_id, username, passphrase, unit_id, agency_id, keys)
