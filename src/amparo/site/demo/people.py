"""Invented people: who they are, in the words of the registration form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.actions import register_person
from amparo.cases.data import (
    AgeStatus,
    Birth,
    NameEntry,
    NationalityStanding,
    Precision,
    SafeContact,
    ThreeWay,
)
from amparo.site.demo.names import Namer

STATES = {
    "COL": 20,
    "VEN": 18,
    "NIC": 18,
    "HND": 9,
    "SLV": 7,
    "GTM": 5,
    "CUB": 5,
    "HTI": 5,
    "ECU": 3,
    "PER": 2,
    "CRI": 4,
    "BRA": 2,
    "ERI": 3,
    "ETH": 2,
    "SYR": 2,
    "YEM": 1,
    "RUS": 1,
    "UKR": 1,
    "": 4,
}
"""How often a nationality comes up in the demonstration; "" is unknown. Invented, not a statistic."""

LANGUAGES = {
    "HTI": ("ht", "fr"),
    "BRA": ("pt",),
    "ERI": ("ti", "ar"),
    "ETH": ("am",),
    "SYR": ("ar",),
    "YEM": ("ar",),
    "RUS": ("ru",),
    "UKR": ("uk", "ru"),
    "GTM": ("quc", "es"),
}
CONTACTS = (
    SafeContact(mode="CALL", reach="Teléfono de una amiga, 0000 1122", times="Después de las 18:00"),
    SafeContact(
        mode="MESSAGE_NEUTRAL",
        reach="0000 3344",
        times="Fines de semana",
        code_word="jacaranda",
        instructions="Escribir solo «¿Vamos al mercado?»; no llamar.",
    ),
    SafeContact(mode="THROUGH_WORKER", must_not_contact="Cualquier persona que diga ser su tío."),
    SafeContact(mode="NONE", instructions="No contactar: el teléfono lo revisa otra persona."),
)


@dataclass(frozen=True, slots=True, repr=False)
class Sketch:
    """What a worker would have been told about one invented person."""

    names: Sequence[NameEntry]
    sex: str
    state: str
    birth: Birth
    age_status: AgeStatus
    may_be_child: bool
    contact: SafeContact | None
    risks: tuple[str, ...]


class Sketcher:
    """Draws invented people, the same ones for the same seed."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = Random(seed)  # noqa: S311
        self._namer = Namer(seed)
        self._today = today

    def draw(self) -> Sketch:
        sex = self._random.choices(("FEMALE", "MALE", "TRANS_WOMAN", "UNKNOWN"), (68, 26, 3, 3))[0]
        state = self._random.choices(list(STATES), list(STATES.values()))[0]
        birth, status, may_be_child = self._age()
        return Sketch(
            names=self._namer.name(state, sex),
            sex=sex,
            state=state,
            birth=birth,
            age_status=status,
            may_be_child=may_be_child,
            contact=self._random.choice((*CONTACTS, None)),
            risks=() if state else ("DOCUMENTS_HELD",),
        )

    def _age(self) -> tuple[Birth, AgeStatus, bool]:
        years = self._random.choices((12, 15, 17, 20, 25, 31, 39, 52), (4, 6, 8, 20, 24, 20, 12, 6))[0]
        born = self._today - timedelta(days=years * 365 + self._random.randrange(365))
        kind = self._random.choices(("exact", "year", "guess", "unknown"), (60, 15, 15, 10))[0]
        if kind == "exact":
            return Birth(Precision.EXACT, born, born), AgeStatus.KNOWN, False
        if kind == "year":
            year = Birth(Precision.PARTIAL, date(born.year, 1, 1), date(born.year, 12, 31))
            return year, AgeStatus.KNOWN, False
        if kind == "guess":
            guess = Birth(Precision.ESTIMATED, date(born.year - 2, 1, 1), date(born.year + 2, 12, 31))
            return guess, AgeStatus.ESTIMATED, years < 20
        return Birth(Precision.UNKNOWN), AgeStatus.UNKNOWN, years < 18


def register(actor: Actor, sketch: Sketch, now: datetime) -> UUID:
    """Register an invented person in the actor's first unit; return the person's id."""
    languages = LANGUAGES.get(sketch.state, ("es",))
    return register_person(
        actor,
        now=now,
        unit_id=actor.posts[0].unit_id,
        names=sketch.names,
        birth=sketch.birth,
        age_status=sketch.age_status,
        may_be_child=sketch.may_be_child,
        sex_gender=sketch.sex,
        languages=languages,
        needs_interpreter=ThreeWay.NO if "es" in languages else ThreeWay.YES,
        nationalities=(sketch.state,) if sketch.state else (),
        nationality_standing=NationalityStanding.STATED if sketch.state else NationalityStanding.UNKNOWN,
        statelessness_risks=sketch.risks,
        safe_contact=sketch.contact,
    )
