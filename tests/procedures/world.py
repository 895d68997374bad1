"""A file and its procedures, made through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.actions import record_consent, record_status, register_person
from amparo.cases.data import AgeStatus, Axis, Birth, NameEntry, NameKind, Precision
from amparo.cases.queries import get_refs
from amparo.core.guides import Kind
from amparo.core.sharing import Item
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_guide
from amparo.procedures.actions import open_procedure, record_choice, record_finding
from amparo.procedures.models import Choice
from amparo.procedures.queries.guide_page import assess_all
from amparo.procedures.queries.rows import get_procedure as get_row
from amparo.procedures.queries.rows import list_findings
from tests.people import Cast

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
YES, NO, OPEN = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED
ADULT = Birth(Precision.EXACT, date(1998, 5, 3), date(1998, 5, 3))
CHILD = Birth(Precision.EXACT, date(2013, 5, 3), date(2013, 5, 3))


@dataclass
class World:
    """The cast and one person in the shelter's unit; ``now`` may be moved."""

    cast: Cast
    person_id: UUID
    now: datetime = NOW

    @property
    def amina(self) -> Actor:
        return self.cast.amina.actor_at(self.now)

    @property
    def bruno(self) -> Actor:
        return self.cast.bruno.actor_at(self.now)

    @property
    def chidi(self) -> Actor:
        return self.cast.chidi.actor_at(self.now)

    @property
    def code(self) -> str:
        return get_refs(self.amina, [self.person_id])[self.person_id].code

    def open(self, definition: str) -> UUID:
        return open_procedure(self.amina, now=self.now, person_id=self.person_id, definition=definition)

    def find(
        self, procedure_id: UUID, element: str, truth: Truth = YES, *, by: Actor | None = None, **more: object
    ) -> UUID:
        return record_finding(
            by or self.amina,
            now=self.now,
            person_id=self.person_id,
            procedure_id=procedure_id,
            element=element,
            truth=truth,
            reasons=f"Consta en la entrevista sobre {element}.",
            **more,  # type: ignore[arg-type]
        )

    def choose(
        self, procedure_id: UUID, choice: str, *codes: str, by: Actor | None = None, number: int | None = None
    ) -> UUID:
        """Choose codes on top of whatever stands, or of what ``number`` says was read."""
        made = Choice.objects.filter(procedure_id=procedure_id, choice=choice).count()
        return record_choice(
            by or self.amina,
            now=self.now,
            person_id=self.person_id,
            procedure_id=procedure_id,
            choice=choice,
            codes=codes,
            reasons=f"Consta en el informe sobre {choice}.",
            number=made if number is None else number,
        )

    def truths(self, procedure_id: UUID) -> dict[str, Truth]:
        """Return the truth of each guide that is answered in a procedure."""
        row = get_row(self.amina, self.person_id, procedure_id)
        from amparo.procedures.queries.assessing import child_on

        child = child_on(self.person_id, self.now)
        found = assess_all(row, list_findings(row.id), child=child, as_of=self.now)
        return {one.guide.id: one.evaluation.truth for one in found}


def make_world(cast: Cast, birth: Birth = ADULT) -> World:
    person_id = register_person(
        cast.amina.actor_at(NOW),
        now=NOW,
        unit_id=cast.amina.unit_id,
        names=[NameEntry(NameKind.OFFICIAL, "Lucía", "Quispe", "Mamani")],
        birth=birth,
        age_status=AgeStatus.KNOWN,
        nationalities=["HND"],
    )
    return World(cast, person_id)


def refute_asylum(world: World) -> UUID:
    """Open the asylum procedure and answer every route in the negative, element by element."""
    procedure_id = world.open("refugee-status")
    for guide_id in ("refugee-status", "cartagena", "complementary-protection"):
        logic = get_guide(guide_id).logic
        for leaf in logic.leaf_ids:
            if world.truths(procedure_id)[guide_id] is NO:
                break
            if leaf in logic.by_id and logic.by_id[leaf].kind is Kind.FINDING:
                world.find(procedure_id, leaf, NO)
    return procedure_id


def agree_to_return(world: World) -> UUID:
    """Record a consent to return that lets the asylum authority's unit take part."""
    return record_consent(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        purpose="RETURN",
        recipients=[world.cast.chidi.unit_id],
        data_items=[Item.CASE_CODE],
        until_date=world.now.date() + timedelta(days=60),
    )


def stand_outside_the_mandate(world: World) -> None:
    record_status(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        axis=Axis.MANDATE,
        code="NONE",
        from_date=world.now.date(),
        basis="DECLARED",
    )


def find_no_trafficking(world: World) -> None:
    record_status(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        axis=Axis.TRAFFICKING,
        code="NONE",
        from_date=world.now.date(),
        basis="DECLARED",
    )


def meet_every_condition(world: World, procedure_id: UUID) -> None:
    """Record every finding that the return gate asks of people, factors before conclusions."""
    guide = get_guide("return-gate")
    skipped = {"return.basis.due_process"}
    kinds = (Kind.FINDING, Kind.CONSIDER)
    for kind in kinds:
        for leaf in guide.logic.leaf_ids:
            element = guide.logic.by_id.get(leaf)
            if element is None or element.kind is not kind or leaf in skipped:
                continue
            if guide.texts[leaf].override is None:
                world.find(procedure_id, leaf)
