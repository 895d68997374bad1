"""A file of the shelter, and a panel with seats for the shelter, the asylum authority and another NGO."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.queries import machine_actor
from amparo.cases.actions import record_consent
from amparo.cases.data import Birth
from amparo.core.quorum import Quorum, Standing
from amparo.core.sharing import Item as SharedItem
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.data import Panel, ProcedureFile, Status
from amparo.panels import actions
from amparo.panels.data import BodyKind, Stance, Vote, WishesHow
from amparo.panels.models import Decision
from tests.people import Cast, Member
from tests.procedures.world import ADULT, World, make_world

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
NEEDS, BEST_INTERESTS = "panel-of-needs", "panel-of-best-interests"
GUIDED = "panel-on-a-guide"
"""Its step asks for the guide; those of the two others ask for nothing of it."""
STEP, PANEL_STAGE = "decide", "reasonable_grounds"
SHARED = (SharedItem.AGE_BAND, SharedItem.NEEDS, SharedItem.STORY)


def planted_definitions() -> dict[str, ProcedureFile]:
    """Three procedures that a panel decides, made of the one on identification."""
    base = registry.get_procedure("victim-identification")
    first = base.first_stage
    step = replace(
        base.transitions[0],
        id=STEP,
        from_stage=first,
        to_stage=PANEL_STAGE,
        needs_panel=True,
        needs_signatures=False,
        requires=frozenset(),
        agency_kinds=frozenset(),
        roles=frozenset(),
        sets_status=None,
        waits_for_clock="",
        starts_clock="",
    )
    assert PANEL_STAGE in base.stages
    needs = Panel(Quorum(2, frozenset({"asylum_authority"}), 1), "measure", False, False, (), Status.SEED)
    best = Panel(Quorum(3, most_members=5), "measure", True, True, (), Status.SEED)
    guided = replace(step, requires=frozenset({Truth.ESTABLISHED}))
    again = replace(step, id="again", from_stage=PANEL_STAGE, to_stage=first, needs_panel=False, lapses=True)
    planted = ((NEEDS, needs, step), (BEST_INTERESTS, best, step), (GUIDED, needs, guided))
    return {
        name: replace(base, id=name, transitions=(one, again), panel=panel) for name, panel, one in planted
    }


@dataclass
class PanelWorld:
    """A world with one body, one procedure that it decides, and a meeting in three days."""

    world: World
    definition: str
    body_id: UUID
    seats: dict[str, UUID]
    procedure_id: UUID
    meeting_id: UUID
    held_at: datetime
    item_id: UUID = field(default=UUID(int=0))

    @property
    def cast(self) -> Cast:
        return self.world.cast

    @property
    def person_id(self) -> UUID:
        return self.world.person_id

    @property
    def now(self) -> datetime:
        return self.world.now

    def act(self, who: str) -> Actor:
        return self.member(who).actor_at(self.now)

    def member(self, who: str) -> Member:
        found = getattr(self.cast, who)
        assert isinstance(found, Member)
        return found

    def consent(self, *who: str) -> UUID:
        return record_consent(
            self.act("amina"),
            now=self.now,
            person_id=self.person_id,
            purpose="PANEL",
            recipients=[self.member(one).unit_id for one in who],
            data_items=SHARED,
            until_date=self.now.date() + timedelta(days=120),
        )

    def put(self) -> UUID:
        self.item_id = actions.put_on_agenda(
            self.act("amina"),
            now=self.now,
            person_id=self.person_id,
            procedure_id=self.procedure_id,
            meeting_id=self.meeting_id,
        )
        return self.item_id

    def wish(self, text: str = "Quiere quedarse cerca de su hermana.") -> None:
        actions.record_wishes(
            self.act("amina"),
            now=self.now,
            person_id=self.person_id,
            item_id=self.item_id,
            how=WishesHow.IN_PERSON,
            text=text,
        )

    def option(self, code: str = "M09") -> None:
        actions.add_option(
            self.act("amina"),
            now=self.now,
            person_id=self.person_id,
            item_id=self.item_id,
            code=code,
            for_it="Está cerca de su hermana.",
            against_it="Hay lista de espera.",
        )

    def declare(self, who: str, conflict: str = "") -> None:
        actions.declare_interest(self.act(who), now=self.now, item_id=self.item_id, conflict=conflict)

    def view(self, who: str, text: str = "Lo apoyamos.") -> None:
        actions.give_view(
            self.act(who), now=self.now, item_id=self.item_id, stances={"M09": Stance.SUPPORTS}, text=text
        )

    def meet(self, *present: str, by: str = "bruno") -> None:
        """Let the day of the meeting come, with these people there."""
        self.world.now = max(self.now, self.held_at + timedelta(hours=2))
        from amparo.panels.models import Meeting

        actions.record_attendance(
            self.act(by),
            now=self.now,
            meeting_id=self.meeting_id,
            version=Meeting.objects.values_list("version", flat=True).get(id=self.meeting_id),
            present=[self.seats[one] for one in present],
        )

    def decide(
        self, who: str = "amina", *, options: tuple[str, ...] = ("M09",), without: str = "", days: int = 30
    ) -> UUID:
        return actions.record_decision(
            self.act(who),
            now=self.now,
            person_id=self.person_id,
            item_id=self.item_id,
            options=options,
            reasons="Es lo que pidió y lo más seguro.",
            conditions="Mientras dure la amenaza.",
            review_date=self.now.date() + timedelta(days=days),
            why_without=without,
        )

    def sign(self, who: str, vote: Vote = Vote.AGREES, text: str = "") -> bool:
        digest = Decision.objects.values_list("digest", flat=True).get(
            item_id=self.item_id, withdrawn_at=None
        )
        return actions.sign_decision(
            self.act(who), now=self.now, item_id=self.item_id, digest=digest, vote=vote, text=text
        )


def make_panel_world(
    cast: Cast,
    definition: str = NEEDS,
    *,
    members: tuple[str, ...] = ("bruno", "chidi", "dora"),
    birth: Birth = ADULT,
) -> PanelWorld:
    """Found a body with these members, open the procedure and convene a meeting in three days."""
    world = make_world(cast, birth)
    setup = machine_actor("setup", now=NOW)
    body_id = actions.found_body(
        setup,
        now=NOW,
        name="Equipo de valoración de necesidades",
        kind=BodyKind.NEEDS_PANEL,
        unit_id=cast.bruno.unit_id,
        procedures=[NEEDS, BEST_INTERESTS, GUIDED, definition],
    )
    seats = {who: seat(cast, body_id, who) for who in members}
    procedure_id = world.open(definition)
    held_at = NOW + timedelta(days=3)
    meeting_id = actions.convene(cast.bruno.actor_at(NOW), now=NOW, body_id=body_id, held_at=held_at)
    return PanelWorld(world, definition, body_id, seats, procedure_id, meeting_id, held_at)


def seat(cast: Cast, body_id: UUID, who: str, standing: Standing = Standing.MEMBER) -> UUID:
    member = getattr(cast, who)
    return actions.give_seat(
        machine_actor("setup", now=NOW),
        now=NOW,
        body_id=body_id,
        unit_id=member.unit_id,
        staff_id=member.id,
        standing=standing,
        from_date=NOW.date() - timedelta(days=30),
    )
