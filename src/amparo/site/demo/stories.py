"""Files that are told in full: one whose return is refused, one whose every condition holds.

The findings are invented. They are recorded one by one through the actions, by the people whose
task they would be, and the certificate is signed by two of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.actions import record_consent, record_status, register_person
from amparo.cases.data import AgeStatus, Axis, Birth, NameEntry, NameKind, Precision, SafeContact
from amparo.core.guides import Kind
from amparo.core.sharing import Item
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_guide, get_procedure
from amparo.procedures.actions import (
    add_participant,
    issue_certificate,
    move_stage,
    open_procedure,
    record_finding,
    sign_as_participant,
    sign_certificate,
)
from amparo.procedures.pages import country_of
from amparo.procedures.queries import gate_state
from amparo.referrals.actions import send_referral
from amparo.referrals.data import ReferralRequest
from amparo.site.demo.cast import Cast
from amparo.solutions.actions import draft_return
from amparo.solutions.data import ReturnTerms
from amparo.solutions.queries import get_return

YES, NO = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED
MINIMUM = (Item.SAFE_CONTACT, Item.NO_CONTACT, Item.LANGUAGE, Item.AGE_BAND, Item.SEX_GENDER, Item.RISKS)

TRAFFICKING = {
    "trafficking.act.recruitment": "Una conocida le ofreció trabajo en una casa y pagó el viaje.",
    "trafficking.means.deception": "El trabajo y el pago prometidos no existían.",
    "trafficking.means.vulnerability": "No hablaba con nadie, no tenía dinero ni su documento.",
    "trafficking.purpose.forced_labour": "Jornadas de dieciséis horas sin pago y sin poder salir.",
}
ASYLUM = {
    "refugee.outside.nationality": "Entró al país hace siete meses y no ha salido.",
    "refugee.fear.expressed": "Teme a quienes la trajeron: saben dónde vive su familia.",
    "refugee.persecution.reprisals": "Llamaron a su madre para cobrar la deuda del viaje.",
    "refugee.persecution.retrafficking": "La misma red capta en su barrio.",
}


@dataclass(frozen=True, slots=True)
class Story:
    """One file and the moment at which its story stands."""

    cast: Cast
    person_id: UUID
    now: datetime

    def actor(self, username: str) -> Actor:
        return self.cast.actor(username, self.now)

    def open(self, definition: str) -> UUID:
        amina = self.actor("amina")
        return open_procedure(
            amina,
            now=self.now,
            person_id=self.person_id,
            definition=definition,
            country=country_of(amina),
        )

    def find(self, procedure_id: UUID, element: str, truth: Truth, reasons: str) -> None:
        record_finding(
            self.actor("amina"),
            now=self.now,
            person_id=self.person_id,
            procedure_id=procedure_id,
            element=element,
            truth=truth,
            reasons=reasons,
        )

    def consent(self, purpose: str, items: tuple[Item, ...], days: int) -> UUID:
        return record_consent(
            self.actor("amina"),
            now=self.now,
            person_id=self.person_id,
            purpose=purpose,
            recipients=[self.cast.units["asylum"]],
            data_items=items,
            until_date=self.now.date() + timedelta(days=days),
        )


def begin(cast: Cast, name: NameEntry, state: str, born: date, now: datetime) -> Story:
    """Register the person of a story at the shelter."""
    person_id = register_person(
        cast.actor("amina", now),
        now=now,
        unit_id=cast.units["shelter"],
        names=[name],
        birth=Birth(Precision.EXACT, born, born),
        age_status=AgeStatus.KNOWN,
        sex_gender="FEMALE",
        languages=("es",),
        nationalities=(state,),
        safe_contact=SafeContact(mode="THROUGH_WORKER", must_not_contact="Nadie de su barrio."),
    )
    return Story(cast, person_id, now)


def tell_refused_return(cast: Cast, now: datetime) -> None:
    """A woman who fears going back: presumed victim, asylum analysis under way, a return drafted."""
    name = NameEntry(NameKind.OFFICIAL, "Marisol", "Arboleda", "Quiñones")
    story = begin(cast, name, "COL", date(now.year - 26, 3, 9), now)
    identification = story.open("victim-identification")
    for element, reasons in TRAFFICKING.items():
        story.find(identification, element, YES, reasons)
    for step in ("screen", "find_reasonable_grounds"):
        _move(story, identification, step)
    asylum = story.open("refugee-status")
    for element, reasons in ASYLUM.items():
        story.find(asylum, element, YES, reasons)
    story.consent("ASYLUM", MINIMUM, 90)
    _refer(story)
    draft_return(
        story.actor("bruno"),
        now=now,
        person_id=story.person_id,
        terms=ReturnTerms(now.date() + timedelta(days=14), "COL", True),
        country=country_of(story.actor("amina")),
    )


def tell_certified_return(cast: Cast, now: datetime) -> None:
    """A woman who wants to go home, after every condition was checked and two people signed."""
    name = NameEntry(NameKind.OFFICIAL, "Yolanda", "Escobar", "Funes")
    story = begin(cast, name, "HND", date(now.year - 34, 7, 21), now)
    for axis in (Axis.MANDATE, Axis.TRAFFICKING):
        record_status(
            story.actor("amina"),
            now=now,
            person_id=story.person_id,
            axis=axis,
            code="NONE",
            from_date=now.date(),
            basis="DECLARED",
        )
    _conclude_asylum(story)
    story.consent("RETURN", (Item.CASE_CODE,), 60)
    plan_id = draft_return(
        story.actor("amina"),
        now=now,
        person_id=story.person_id,
        terms=ReturnTerms(now.date() + timedelta(days=12), "HND", True),
        country=country_of(story.actor("amina")),
    )
    procedure_id = get_return(story.actor("amina"), story.person_id, plan_id).procedure_id
    _meet_conditions(story, procedure_id)
    _certify(story, procedure_id)


def _move(story: Story, procedure_id: UUID, step: str) -> None:
    from amparo.procedures.queries.rows import get_procedure as get_row

    row = get_row(story.actor("amina"), story.person_id, procedure_id)
    move_stage(
        story.actor("bruno"),
        now=story.now,
        person_id=story.person_id,
        procedure_id=procedure_id,
        step_id=step,
        version=row.version,
        reasons="Consta en las entrevistas y en la valoración inicial.",
    )


def _refer(story: Story) -> None:
    request = ReferralRequest(
        to_unit_id=story.cast.units["asylum"],
        to_staff_id=None,
        purpose="ASYLUM",
        service_type="ASYLUM",
        urgency="PRIORITY",
        items=frozenset(MINIMUM),
        risks="Teme represalias; no llamar a ningún número de su país.",
    )
    send_referral(story.actor("amina"), now=story.now, person_id=story.person_id, request=request)


def _conclude_asylum(story: Story) -> None:
    """Answer every route of protection with the person, until none is left open."""
    procedure_id = story.open("refugee-status")
    definition = get_procedure("refugee-status")
    for guide_id in (definition.guide, *definition.beside):
        guide = get_guide(guide_id).logic
        for leaf in guide.leaf_ids:
            element = guide.by_id.get(leaf)
            if element is not None and element.kind is Kind.FINDING:
                story.find(procedure_id, leaf, NO, "Preguntada en privado, con asesoría: no lo refiere.")


def _meet_conditions(story: Story, procedure_id: UUID) -> None:
    """Record each condition of the return gate, the factors before the conclusions on them."""
    guide = get_guide("return-gate")
    for kind in (Kind.FINDING, Kind.CONSIDER):
        for leaf in guide.logic.leaf_ids:
            element = guide.logic.by_id.get(leaf)
            if element is None or element.kind is not kind or leaf == "return.basis.due_process":
                continue
            if guide.texts[leaf].override is None:
                story.find(procedure_id, leaf, YES, "Comprobado con la persona y consta en el expediente.")


def _certify(story: Story, procedure_id: UUID) -> None:
    part_id = add_participant(
        story.actor("amina"),
        now=story.now,
        person_id=story.person_id,
        procedure_id=procedure_id,
        unit_id=story.cast.units["asylum"],
        staff_id=story.cast.staff["chidi"],
    )
    bruno = story.actor("bruno")
    gate = gate_state(bruno, story.person_id, procedure_id, language="es", as_of=story.now)
    sign_certificate(
        bruno, now=story.now, person_id=story.person_id, procedure_id=procedure_id, digest=gate.digest
    )
    sign_as_participant(story.actor("chidi"), now=story.now, participant_id=part_id, digest=gate.digest)
    issue_certificate(bruno, now=story.now, person_id=story.person_id, procedure_id=procedure_id)
