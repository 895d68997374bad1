"""The cases that the panels of the demonstration hear. All of it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from amparo.cases.data import NameEntry, NameKind
from amparo.core.quorum import Standing
from amparo.panels.data import BodyKind, Stance

MEMBER, ADVISER, OBSERVER = Standing.MEMBER, Standing.ADVISER, Standing.OBSERVER

Words = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a meeting. ``without``: why the panel decided although its guide did not carry it.

    ``dissent``: who dissents, and in which words. ``after``: the steps that the procedure takes then.
    """

    options: tuple[str, ...]
    reasons: str
    conditions: str
    dissent: tuple[str, str]
    said: str
    task: str
    after: tuple[str, ...]
    review_days: int
    without: str = ""
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What one body is, and the case that it hears. ``options``: code, what is for it, what against it.

    ``answers``: by procedure, the beginnings of the elements that are answered, and the step that follows;
    those in ``denied`` are answered in the negative. ``choices``: by choice of the procedure, its codes.
    """

    name: str
    kind: BodyKind
    secretary: str
    procedure: str
    steps: tuple[str, ...]
    seats: Mapping[str, Standing]
    person: NameEntry
    state: str
    age: int
    wishes: str
    options: tuple[Words, ...]
    views: Mapping[str, tuple[Stance, str]]
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    denied: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outcome: Outcome | None = None


BEST_INTERESTS = Plan(
    name="Panel de interés superior",
    kind=BodyKind.BEST_INTERESTS_PANEL,
    secretary="gael",
    procedure="best-interests-determination",
    choices={"direction": ("DURABLE_SOLUTION",), "options": ("KINSHIP", "RETURN")},
    steps=("draft", "schedule"),
    seats={
        "gael": MEMBER,
        "dora": MEMBER,
        "chidi": MEMBER,
        "bruno": MEMBER,
        "clara": ADVISER,
        "mateo": OBSERVER,
    },
    person=NameEntry(NameKind.OFFICIAL, "Nayeli", "Ramos", "Tábora"),
    state="HND",
    age=14,
    wishes="Quiere quedarse con su tía, que vive aquí, y seguir en la escuela. No quiere volver.",
    options=(
        (
            "KINSHIP",
            "La tía lo pide, la visita salió bien y la escuela está cerca.",
            "La vivienda es pequeña.",
        ),
        ("RETURN", "Allí viven sus hermanos.", "Quien la captó vive en el mismo barrio."),
    ),
    views={
        "gael": (Stance.SUPPORTS, "La visita a la casa de la tía fue favorable."),
        "dora": (Stance.SUPPORTS, "La acompañamos en la escuela; allí está tranquila."),
        "chidi": (Stance.ABSTAINS, "Su solicitud de asilo sigue en trámite; no se opone."),
    },
    answers={
        "guardianship": ("guardianship", "guardian"),
        "best-interests-determination": (
            "bid.direction.exceptional",
            "bid.child",
            "bid.guardian",
            "bid.factors",
            "bid.option.care",
            "bid.option.return",
            "bid.follow_up",
        ),
    },
    denied=frozenset({"bid.option.return"}),
    outcome=Outcome(
        options=("KINSHIP",),
        reasons="Es lo que pide, la visita fue favorable y nadie conoce la dirección.",
        conditions="Visita de seguimiento cada mes; la autoridad de asilo sigue su análisis.",
        dissent=("chidi", "Habría esperado a la entrevista de asilo."),
        said="Está contenta. Pidió que su tía esté en la próxima reunión.",
        task="Primera visita de seguimiento a la casa de la tía.",
        after=("decide",),
        review_days=14,
        needs_approval=True,
    ),
)
NEEDS_SEATS = {
    "chidi": MEMBER,
    "dora": MEMBER,
    "mateo": MEMBER,
    "bruno": MEMBER,
    "gael": ADVISER,
    "flor": OBSERVER,
}
NEEDS = Plan(
    name="Equipo de valoración de necesidades",
    kind=BodyKind.NEEDS_PANEL,
    secretary="dora",
    procedure="needs-assessment",
    steps=(),
    seats=NEEDS_SEATS,
    person=NameEntry(NameKind.OFFICIAL, "Fátima", "Cuevas", "Ortega"),
    state="NIC",
    age=27,
    wishes="Quiere trabajar y un lugar para vivir con su hija. Todavía no quiere denunciar.",
    options=(
        ("M04", "Le permite trabajar mientras se decide su solicitud.", "El trámite tarda semanas."),
        ("M09", "Nadie conoce la dirección.", "Está lejos de la escuela de su hija."),
    ),
    views={"mateo": (Stance.SUPPORTS, "La residencia temporal es posible sin denuncia.")},
)
NEEDS_MET = Plan(
    name=NEEDS.name,
    kind=NEEDS.kind,
    secretary=NEEDS.secretary,
    procedure=NEEDS.procedure,
    steps=("record_wishes", "compare"),
    seats=NEEDS_SEATS,
    person=NameEntry(NameKind.OFFICIAL, "Rosario", "Tello", "Pineda"),
    state="SLV",
    age=34,
    wishes="Quiere salir hoy de donde está y no ver a nadie de su barrio. Más adelante, trabajar.",
    options=(
        ("M09", "Hay plaza hoy y nadie conoce la dirección.", "Queda lejos de la clínica."),
        ("M10", "La clínica la atiende en su idioma.", "La primera cita es en diez días."),
        ("M08", "Protege también a su hermana.", "Pide declarar, y ella no quiere."),
    ),
    views={
        "dora": (Stance.SUPPORTS, "Podemos acompañarla esta misma tarde."),
        "chidi": (Stance.SUPPORTS, "No afecta a su solicitud de asilo."),
        "mateo": (Stance.SUPPORTS, "Su permiso sigue vigente en cualquier dirección."),
    },
    answers={"needs-assessment": ("needs.wishes", "needs.picture", "measure.m09")},
    outcome=Outcome(
        options=("M09", "M10"),
        reasons="El riesgo es de hoy y es lo que pide. Las demás medidas siguen abiertas.",
        conditions="Traslado acompañado; la clínica adelanta la cita.",
        dissent=("mateo", "Habría comparado también la residencia temporal."),
        said="Acepta las dos. Pide que la acompañe la misma persona.",
        task="Acompañar el traslado a la casa de acogida.",
        after=("recommend", "inform", "accept"),
        review_days=30,
        without="La plaza se pierde hoy. Lo que dura cada medida se compara en la revisión.",
    ),
)
