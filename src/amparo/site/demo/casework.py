"""What happens in an invented file after it is opened: needs, notes, tasks, statuses, consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import TypedDict
from uuid import UUID

from amparo.cases.actions import add_need, add_note, add_task, complete_task, record_consent, record_status
from amparo.cases.data import Axis, ChildAssent, NoteKind, Representative, StandIn, TaskKind, WaitingFor
from amparo.cases.queries import child_truth
from amparo.core.sharing import Item
from amparo.core.truth import Truth
from amparo.referrals.actions import accept_referral, report_done, send_referral
from amparo.referrals.data import Outcome, ReferralRequest
from amparo.site.demo.agenda import Agenda
from amparo.site.demo.cast import Cast

NEEDS = (
    ("LP-BN", "URGENT", "SHELTER", "Necesita un lugar seguro para dormir desde hoy."),
    ("SM", "PRIORITY", "HEALTH", "Pide una revisión médica; duerme mal."),
    ("LP-ND", "PRIORITY", "DOCUMENTS", "Su documento quedó en manos de otra persona."),
    ("LP-RR", "URGENT", "LEGAL_AID", "Teme volver y quiere hablar con alguien de asilo."),
    ("FU-TR", "ROUTINE", "TRACING", "Quiere saber de su hermana, sin que nadie más lo sepa."),
    ("LP-NA", "ROUTINE", "LIVELIHOOD", "Quiere trabajar en lo que sabe hacer."),
)
NOTES = (
    (NoteKind.CONTACT, "Primer encuentro. Habló poco; acordamos volver a vernos con intérprete."),
    (NoteKind.INTERVIEW, "Contó cómo le ofrecieron el trabajo y quién pagó el viaje."),
    (NoteKind.OBSERVATION, "Recibió tres llamadas durante la entrevista y no quiso contestarlas."),
    (NoteKind.HEALTH, "Refiere dolor de espalda y dificultad para dormir."),
)
TASKS = (
    (TaskKind.CALL, WaitingFor.NOBODY, "Llamar al número seguro."),
    (TaskKind.MEET, WaitingFor.PERSON, "Segundo encuentro con intérprete."),
    (TaskKind.DOCUMENT, WaitingFor.AUTHORITY, "Constancia de ingreso solicitada."),
    (TaskKind.FOLLOW_UP, WaitingFor.AGENCY, "Confirmar la cita de salud."),
    (TaskKind.REVIEW, WaitingFor.NOBODY, "Revisar el plan con la persona."),
)
SERVICES = (
    ("guaria", "LEGAL_AID", "dora"),
    ("guaria", "MHPSS", "dora"),
    ("childhood", "CHILD_PROTECTION", "gael"),
)
SHARED = (Item.SAFE_CONTACT, Item.NO_CONTACT, Item.LANGUAGE, Item.AGE_BAND, Item.SEX_GENDER, Item.RISKS)


class ChildTerms(TypedDict, total=False):
    """What ``record_consent`` is told beside the rest for a person who is or may be a child."""

    legal_basis: str
    child_assent: ChildAssent
    representative: Representative


class Caseworker:
    """Plans the events of one file after another on the agenda, as its owner would act."""

    def __init__(self, agenda: Agenda, cast: Cast, seed: int) -> None:
        self._agenda = agenda
        self._cast = cast
        self._random = Random(seed)  # noqa: S311

    def plan(self, username: str, person_id: UUID, opened_at: datetime) -> None:
        """Put the events of a newly opened file on the agenda."""
        moment = opened_at
        for event in self._events(username, person_id):
            moment += timedelta(hours=self._random.randrange(2, 200))
            self._agenda.at(moment, event)

    def _events(self, username: str, person_id: UUID) -> list[Callable[[datetime], None]]:
        draws = self._random
        events = [self._note(username, person_id, NOTES[0])]
        events += [
            self._need(username, person_id, need) for need in draws.sample(NEEDS, draws.randrange(1, 3))
        ]
        if draws.random() < 0.5:
            events.append(self._status(username, person_id))
        if draws.random() < 0.4:
            events.append(self._note(username, person_id, draws.choice(NOTES[1:])))
        events.append(self._task(username, person_id, draws.choice(TASKS), draws.randrange(2, 40)))
        if draws.random() < 0.25:
            events.append(self._consent(username, person_id))
        return events

    def _note(self, username: str, person_id: UUID, note: tuple[NoteKind, str]) -> Callable[[datetime], None]:
        def event(now: datetime) -> None:
            add_note(
                self._cast.actor(username, now),
                now=now,
                person_id=person_id,
                kind=note[0],
                happened_on=now.date(),
                text=note[1],
            )

        return event

    def _need(
        self, username: str, person_id: UUID, need: tuple[str, str, str, str]
    ) -> Callable[[datetime], None]:
        code, urgency, service, text = need

        def event(now: datetime) -> None:
            add_need(
                self._cast.actor(username, now),
                now=now,
                person_id=person_id,
                code=code,
                urgency=urgency,
                service_type=service,
                text=text,
            )

        return event

    def _status(self, username: str, person_id: UUID) -> Callable[[datetime], None]:
        axis, code = self._random.choice(
            (
                (Axis.TRAFFICKING, "AT_RISK"),
                (Axis.TRAFFICKING, "PRESUMED"),
                (Axis.MANDATE, "ASY"),
                (Axis.STATELESSNESS, "AT_RISK"),
            )
        )

        def event(now: datetime) -> None:
            record_status(
                self._cast.actor(username, now),
                now=now,
                person_id=person_id,
                axis=axis,
                code=code,
                from_date=now.date(),
                basis="STATED",
            )

        return event

    def _task(
        self, username: str, person_id: UUID, task: tuple[TaskKind, WaitingFor, str], days: int
    ) -> Callable[[datetime], None]:
        kind, waiting_for, text = task
        finishes = self._random.random() < 0.7

        def event(now: datetime) -> None:
            actor = self._cast.actor(username, now)
            due_at = now + timedelta(days=days)
            task_id = add_task(
                actor,
                now=now,
                person_id=person_id,
                kind=kind,
                due_at=due_at,
                assigned_to=actor.staff_id,
                waiting_for=waiting_for,
                text=text,
            )
            if finishes:
                self._agenda.at(due_at, self._done(username, person_id, task_id))

        return event

    def _done(self, username: str, person_id: UUID, task_id: UUID) -> Callable[[datetime], None]:
        def event(now: datetime) -> None:
            complete_task(
                self._cast.actor(username, now), now=now, person_id=person_id, task_id=task_id, version=1
            )

        return event

    def _consent(self, username: str, person_id: UUID) -> Callable[[datetime], None]:
        def event(now: datetime) -> None:
            record_consent(
                self._cast.actor(username, now),
                now=now,
                person_id=person_id,
                purpose="REFERRAL",
                recipients=[self._cast.units["childhood"], self._cast.units["guaria"]],
                data_items=SHARED,
                until_date=(now + timedelta(days=180)).date(),
                **self._beside_a_child(person_id, now),
            )
            self._agenda.at(now + timedelta(hours=3), self._referral(username, person_id))

        return event

    def _beside_a_child(self, person_id: UUID, now: datetime) -> ChildTerms:
        """Return who agrees beside a child: the child protection authority, and the child says yes."""
        if child_truth(person_id, as_of=now.date()) is Truth.NOT_ESTABLISHED:
            return {}
        authority = Representative(StandIn.AUTHORITY, self._cast.units["childhood"])
        return {
            "legal_basis": "ASSENT_AND_GUARDIAN",
            "child_assent": ChildAssent.GIVEN,
            "representative": authority,
        }

    def _referral(self, username: str, person_id: UUID) -> Callable[[datetime], None]:
        place, service, receiver = self._random.choice(SERVICES)

        def event(now: datetime) -> None:
            actor = self._cast.actor(username, now)
            if self._cast.units[place] in actor.unit_ids:
                return
            request = ReferralRequest(
                to_unit_id=self._cast.units[place],
                to_staff_id=None,
                purpose="REFERRAL",
                service_type=service,
                urgency="ROUTINE",
                items=frozenset(SHARED),
                risks="Llamar solo por medio de la trabajadora del albergue.",
            )
            referral_id = send_referral(actor, now=now, person_id=person_id, request=request)
            self._agenda.at(now + timedelta(hours=30), self._acceptance(receiver, referral_id))

        return event

    def _acceptance(self, receiver: str, referral_id: UUID) -> Callable[[datetime], None]:
        def event(now: datetime) -> None:
            actor = self._cast.actor(receiver, now)
            accept_referral(actor, now=now, referral_id=referral_id, version=1)
            self._agenda.at(now + timedelta(days=9), self._answer(receiver, referral_id))

        return event

    def _answer(self, receiver: str, referral_id: UUID) -> Callable[[datetime], None]:
        def event(now: datetime) -> None:
            report_done(
                self._cast.actor(receiver, now),
                now=now,
                referral_id=referral_id,
                version=2,
                outcome=Outcome.PROVIDED,
            )

        return event
