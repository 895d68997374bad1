"""The agencies, units and staff of the demonstration. All of them are invented."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from amparo.core.policy import AgencyKind, Role


@dataclass(frozen=True, slots=True)
class Place:
    """An agency with one unit."""

    agency: str
    kind: AgencyKind
    state: str
    unit: str


@dataclass(frozen=True, slots=True)
class Player:
    """A member of the cast: who they are, where they work, what to look at when playing them."""

    username: str
    name: str
    place: str
    roles: tuple[Role, ...]
    language: str = "es"

    @property
    def passphrase(self) -> str:
        """The published passphrase of the demonstration; real ones are never written anywhere."""
        return f"{self.username} cruza el puente al alba"


PLACES = {
    "shelter": Place("Casa Ceibo", AgencyKind.SHELTER, "", "Equipo de acogida"),
    "asylum": Place("Unidad de Refugio", AgencyKind.ASYLUM_AUTHORITY, "CRI", "Elegibilidad"),
    "guaria": Place("Fundación Guaria", AgencyKind.NGO, "", "Atención y acompañamiento"),
    "mechanism": Place("Oficina de Naciones Unidas del Mecanismo", AgencyKind.UN, "", "Secretaría"),
    "unhcr": Place("Oficina del ACNUR", AgencyKind.UN, "", "Protección"),
    "childhood": Place("Autoridad de la Niñez", AgencyKind.CHILD_PROTECTION, "CRI", "Protección especial"),
    "migration": Place("Dirección de Migración", AgencyKind.MIGRATION, "CRI", "Atención a víctimas de trata"),
    "prosecution": Place("Fiscalía contra la Trata", AgencyKind.PROSECUTION, "CRI", "Fiscalía adjunta"),
    "consulate": Place("Consulado de Colombia", AgencyKind.CONSULATE, "COL", "Sección consular"),
}

CAST = (
    Player("bruno", "Bruno Salas", "shelter", (Role.SUPERVISOR,)),
    Player("amina", "Amina Diallo", "shelter", (Role.CASEWORKER,)),
    Player("chidi", "Chidi Okoro", "asylum", (Role.LEGAL,)),
    Player("clara", "Clara Ugalde", "asylum", (Role.LEGAL, Role.CASEWORKER)),
    Player("uma", "Uma Ferrer", "unhcr", (Role.LEGAL,)),
    Player("dora", "Dora Jiménez", "guaria", (Role.CASEWORKER,)),
    Player("gael", "Gael Ibarra", "childhood", (Role.CASEWORKER,)),
    Player("tomas", "Tomás Brenes", "childhood", (Role.GUARDIAN,)),
    Player("mateo", "Mateo Quirós", "migration", (Role.CASEWORKER,)),
    Player("flor", "Flor Araya", "prosecution", (Role.CASEWORKER,)),
    Player("camilo", "Camilo Rojas", "consulate", (Role.CASEWORKER,)),
    Player("eve", "Eve Mora", "mechanism", (Role.ADMINISTRATOR,)),
    Player("ines", "Inés Vargas", "mechanism", (Role.DATA_PROTECTION,)),
    Player("olga", "Olga Barrantes", "mechanism", (Role.DATA_PROTECTION,)),
)


CUSTODIANS = ("eve", "ines")
"""Who holds the first two recovery cards of each agency."""

WHAT_TO_SEE = {
    "amina": _("Owns the files of the shelter: worklist, registration, guides, referrals."),
    "bruno": _("Supervises the shelter's unit: plans of return, closures, approvals."),
    "chidi": _("Receives referrals at the asylum authority and sees extracts, never a file."),
    "clara": _(
        "Works beside Chidi: whoever accepts first wins. Also keeps files of the asylum authority "
        "and decides."
    ),
    "uma": _("Advises asylum authorities on the law, without seeing who a case is about."),
    "dora": _("Works at another organisation: the shelter's files do not exist for her."),
    "gael": _("Works at the child protection authority."),
    "tomas": _("Guardian of children: follows a child's file once a supervisor appoints him for it."),
    "mateo": _("Works at the migration authority: sees only what is sent to him."),
    "flor": _("Prosecutes trafficking: extracts only, with consent."),
    "camilo": _("Works at the consulate of a country of origin: finds nothing."),
    "eve": _("Administers agencies, staff and posts, and sees no name of a person."),
    "ines": _("Protects data: who opened what, and why."),
    "olga": _("Protects data beside Inés: erasing an identity early needs both of them."),
}


@dataclass(frozen=True, slots=True)
class PlayerLine:
    """A row of the page of passphrases."""

    player: Player
    place: Place
    what_to_see: object


def list_players() -> list[PlayerLine]:
    """Return the cast in the order in which the walk meets them."""
    players = {player.username: player for player in CAST}
    return [
        PlayerLine(players[name], PLACES[players[name].place], text) for name, text in WHAT_TO_SEE.items()
    ]
