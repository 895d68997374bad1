"""Two bodies of the demonstration, with meetings that decided and one to come. All of it is invented.

The best-interests panel decided about a girl last week; the needs panel decided about a woman ten days
ago, without waiting for its guide, and meets tomorrow about another.
Each step is an action, taken at its time by the person whose task it would be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.queries import machine_actor
from amparo.cases.actions import record_consent
from amparo.cases.data import ChildAssent, TaskKind
from amparo.cases.queries import get_consent_setting
from amparo.core.guides import Kind
from amparo.core.sharing import Item as SharedItem
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_guide, get_procedure
from amparo.panels import actions
from amparo.panels.data import AnswerCode, Stance, Vote, WishesHow
from amparo.panels.queries.items import get_item_of_file, get_item_of_member, open_waiting_words
from amparo.procedures.actions import move_stage, record_choice
from amparo.procedures.queries.rows import get_procedure as get_row
from amparo.site.demo.agenda import Agenda, Event
from amparo.site.demo.cast import Cast
from amparo.site.demo.panel_plans import BEST_INTERESTS, NEEDS, NEEDS_MET, Outcome, Plan
from amparo.site.demo.places import CAST
from amparo.site.demo.stories import Story, begin

SHARED = (SharedItem.AGE_BAND, SharedItem.SEX_GENDER, SharedItem.LANGUAGE, SharedItem.NEEDS, SharedItem.STORY)
PLACE_OF = {player.username: player.place for player in CAST}
PEOPLE = 3
"""How many people the panels hear about."""


@dataclass
class Hearing:
    """One case before one body, from the founding to the person's answer."""

    cast: Cast
    plan: Plan
    body_id: UUID = field(default=UUID(int=0))
    seats: dict[str, UUID] = field(default_factory=dict)
    story: Story | None = None
    procedure_id: UUID = field(default=UUID(int=0))
    meeting_id: UUID = field(default=UUID(int=0))
    item_id: UUID = field(default=UUID(int=0))

    @property
    def outcome(self) -> Outcome:
        assert self.plan.outcome is not None
        return self.plan.outcome

    @property
    def person_id(self) -> UUID:
        assert self.story is not None
        return self.story.person_id

    def actor(self, username: str, now: datetime) -> Actor:
        return self.cast.actor(username, now)

    def found(self, now: datetime) -> None:
        """Found the body and give its seats."""
        setup = machine_actor("setup", now=now)
        self.body_id = actions.found_body(
            setup,
            now=now,
            name=self.plan.name,
            kind=self.plan.kind,
            unit_id=self.cast.units[PLACE_OF[self.plan.secretary]],
            procedures=[self.plan.procedure],
        )
        for username, standing in self.plan.seats.items():
            self.seats[username] = actions.give_seat(
                setup,
                now=now,
                body_id=self.body_id,
                unit_id=self.cast.units[PLACE_OF[username]],
                staff_id=self.cast.staff[username],
                standing=standing,
                from_date=now.date(),
            )

    def sit_in(self, other: Hearing) -> None:
        """Hear this case in the body that another hearing founded."""
        self.body_id, self.seats = other.body_id, other.seats

    def begin(self, now: datetime) -> None:
        """Register the person, record what they agreed to share, and bring the procedure to its panel."""
        plan = self.plan
        born = date(now.year - plan.age, 5, 14)
        self.story = begin(self.cast, plan.person, plan.state, born, now)
        agencies = {PLACE_OF[username] for username in plan.seats}
        amina = self.actor("amina", now)
        setting = get_consent_setting(amina, self.person_id, as_of=now.date())
        record_consent(
            amina,
            now=now,
            person_id=self.person_id,
            purpose="PANEL",
            recipients=[self.cast.units[place] for place in sorted(agencies - {"shelter"})],
            data_items=SHARED,
            until_date=now.date() + timedelta(days=180),
            legal_basis="ASSENT_AND_GUARDIAN" if setting.may_be_child else "CONSENT",
            child_assent=ChildAssent.GIVEN if setting.may_be_child else None,
            representative=next(iter(setting.representatives), None),
        )
        self.procedure_id = self.story.open(plan.procedure)
        for procedure, beginnings in plan.answers.items():
            self._answer(procedure, beginnings, now)
        for choice, codes in plan.choices.items():
            self._choose(choice, codes, now)
        for step in plan.steps:
            self._step(self.procedure_id, step, now)

    def _choose(self, choice: str, codes: tuple[str, ...], now: datetime) -> None:
        record_choice(
            self.actor("bruno", now),
            now=now,
            person_id=self.person_id,
            procedure_id=self.procedure_id,
            choice=choice,
            codes=codes,
            reasons="Consta en el informe de la visita y de la entrevista.",
            number=0,
        )

    def _answer(self, procedure: str, beginnings: tuple[str, ...], now: datetime) -> None:
        """Answer the part of a guide that the plan names, factors before conclusions; appoint a guardian."""
        assert self.story is not None
        is_own = procedure == self.plan.procedure
        procedure_id = self.procedure_id if is_own else self.story.open(procedure)
        logic = get_guide(get_procedure(procedure).guide).logic
        asked = [one for one in logic.elements if one.id.startswith(beginnings) and one.is_leaf]
        for kind in (Kind.FINDING, Kind.CONSIDER):
            for element in asked:
                if element.kind is kind:
                    truth = Truth.NOT_ESTABLISHED if element.id in self.plan.denied else Truth.ESTABLISHED
                    self.story.find(
                        procedure_id, element.id, truth, "Consta en el informe y en la entrevista."
                    )
        if not is_own:
            self._step(procedure_id, "appoint_at_once", now)

    def _step(self, procedure_id: UUID, step: str, now: datetime) -> None:
        bruno = self.actor("bruno", now)
        row = get_row(bruno, self.person_id, procedure_id)
        move_stage(
            bruno,
            now=now,
            person_id=self.person_id,
            procedure_id=procedure_id,
            step_id=step,
            version=row.version,
            reasons="Consta en el informe.",
        )

    def convene(self, now: datetime, held_at: datetime) -> None:
        """Give notice, put the case on the agenda, and record what the person wants, then the options."""
        secretary = self.actor(self.plan.secretary, now)
        self.meeting_id = actions.convene(secretary, now=now, body_id=self.body_id, held_at=held_at)
        actions.add_topic(
            secretary,
            now=now,
            meeting_id=self.meeting_id,
            title="Calendario de reuniones del próximo trimestre",
        )
        amina = self.actor("amina", now)
        self.item_id = actions.put_on_agenda(
            amina,
            now=now,
            person_id=self.person_id,
            procedure_id=self.procedure_id,
            meeting_id=self.meeting_id,
        )
        about = {"now": now, "person_id": self.person_id, "item_id": self.item_id}
        actions.record_wishes(amina, **about, how=WishesHow.IN_PERSON, text=self.plan.wishes)  # type: ignore[arg-type]
        for code, for_it, against_it in self.plan.options:
            actions.add_option(amina, **about, code=code, for_it=for_it, against_it=against_it)  # type: ignore[arg-type]

    def give_views(self, now: datetime) -> None:
        """Let members declare and give their agency's view, and take the views in."""
        codes = [code for code, _for, _against in self.plan.options]
        favoured = self.plan.outcome.options if self.plan.outcome else codes[:1]
        for username, (stance, text) in self.plan.views.items():
            member = self.actor(username, now)
            actions.declare_interest(member, now=now, item_id=self.item_id, conflict="")
            others = Stance.OPPOSES if stance is Stance.SUPPORTS else Stance.ABSTAINS
            stances = {code: stance if code in favoured else others for code in codes}
            actions.give_view(member, now=now, item_id=self.item_id, stances=stances, text=text)
        amina = self.actor("amina", now)
        words = open_waiting_words(amina, self.person_id, self.item_id, now=now)
        actions.take_in(amina, now=now, person_id=self.person_id, item_id=self.item_id, words=words)

    def decide(self, now: datetime) -> None:
        """Record who was there and what was decided; members sign, and a supervisor approves."""
        there = list(self.plan.views)
        secretary = self.actor(self.plan.secretary, now)
        actions.record_attendance(
            secretary,
            now=now,
            meeting_id=self.meeting_id,
            version=1,
            present=[self.seats[username] for username in there],
        )
        outcome = self.outcome
        actions.record_decision(
            self.actor("amina", now),
            now=now,
            person_id=self.person_id,
            item_id=self.item_id,
            options=outcome.options,
            reasons=outcome.reasons,
            conditions=outcome.conditions,
            review_date=now.date() + timedelta(days=outcome.review_days),
            why_without=outcome.without,
        )
        for username in there:
            self._sign(username, now)
        if outcome.needs_approval:
            bruno = self.actor("bruno", now)
            actions.approve_decision(bruno, now=now, person_id=self.person_id, item_id=self.item_id)
        for number, step in enumerate(outcome.after, start=1):
            self._step(self.procedure_id, step, now + timedelta(minutes=number))

    def _sign(self, username: str, now: datetime) -> None:
        member = self.actor(username, now)
        shown = get_item_of_member(member, self.item_id, language="es", now=now)
        assert shown.decision is not None
        who, dissent = self.outcome.dissent
        dissents = username == who
        actions.sign_decision(
            member,
            now=now,
            item_id=self.item_id,
            digest=shown.decision.digest,
            vote=Vote.DISSENTS if dissents else Vote.AGREES,
            text=dissent if dissents else "",
        )

    def answer(self, now: datetime) -> None:
        """Record what the person said, and the task that follows; take the dissent into the file."""
        amina = self.actor("amina", now)
        words = open_waiting_words(amina, self.person_id, self.item_id, now=now)
        actions.take_in(amina, now=now, person_id=self.person_id, item_id=self.item_id, words=words)
        actions.record_answer(
            amina,
            now=now,
            person_id=self.person_id,
            item_id=self.item_id,
            answer=AnswerCode.ACCEPTED,
            text=self.outcome.said,
        )
        actions.add_follow_up(
            amina,
            now=now,
            person_id=self.person_id,
            item_id=self.item_id,
            kind=TaskKind.MEET,
            due_at=now + timedelta(days=20),
            text=self.outcome.task,
        )
        assert get_item_of_file(amina, self.person_id, self.item_id, language="es", now=now).decision


def plan_panels(agenda: Agenda, cast: Cast, now: datetime) -> None:
    """Put the founding of the bodies and their cases on the agenda of the demonstration."""
    past, coming = Hearing(cast, BEST_INTERESTS), Hearing(cast, NEEDS)
    needs = Hearing(cast, NEEDS_MET)
    held_at, next_at = now - timedelta(days=6), now + timedelta(days=1)
    needs_at = now - timedelta(days=10)
    heard: tuple[tuple[float, Event], ...] = (
        (40, past.found),
        (18, past.begin),
        (16, lambda at: past.convene(at, held_at)),
        (9, past.give_views),
        (6, past.decide),
        (5, past.answer),
        (1, lambda at: _convene_again(past, at, next_at + timedelta(days=20))),
    )
    to_hear: tuple[tuple[float, Event], ...] = (
        (40, coming.found),
        (39, lambda _at: needs.sit_in(coming)),
        (15, needs.begin),
        (14, lambda at: needs.convene(at, needs_at)),
        (11, needs.give_views),
        (10, needs.decide),
        (9, needs.answer),
        (4, coming.begin),
        (3, lambda at: coming.convene(at, next_at)),
        (2, coming.give_views),
    )
    for days, event in (*heard, *to_hear):
        agenda.at(now - timedelta(days=days), event)


def _convene_again(hearing: Hearing, now: datetime, held_at: datetime) -> None:
    actions.convene(
        hearing.actor(hearing.plan.secretary, now), now=now, body_id=hearing.body_id, held_at=held_at
    )
