"""One case at one meeting, for whoever may see it: from the side of the file, or as a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.scoping import is_allowed
from amparo.core.quorum import Shortfall
from amparo.core.refusal import Unknown
from amparo.doctrine.registry import get_code_list
from amparo.panels.data.shapes import (
    AgencyViewLine,
    DecisionView,
    ItemSeat,
    ItemView,
    OptionView,
    SeatLine,
    StanceView,
    WishesView,
    Words,
)
from amparo.panels.models import AgencyView, Declaration, Item
from amparo.panels.queries.bodies import may_convene, meeting_line
from amparo.panels.queries.decided import make_decision_view, make_ruling_view, named
from amparo.panels.queries.rulings import (
    find_decision,
    find_gaps,
)
from amparo.panels.queries.sharing import plan_shares
from amparo.panels.queries.sitting import get_sitting, list_item_seats, panel_of, shortfall_on
from amparo.panels.queries.words import find_words, open_as_member, open_in_file, open_waiting
from amparo.procedures.data.words import option_label
from amparo.procedures.queries.editions import definition_of
from amparo.vault.data import Veiled

READ = "panels.read_items"


def get_item_of_file(
    actor: Actor, person_id: UUID, item_id: UUID, *, language: str, now: datetime
) -> ItemView:
    """Return an item to the side of the file, with who could not be shared with and why. Raises Unknown."""
    item = read_item(actor, person_id, item_id)
    words = open_in_file(actor, person_id, now=now)
    view = make_view(item, words, language=language, now=now)
    because = _list_recusals(item, words)
    reasons = item.recusal_reasons.filter(is_taken_in=False).count()
    seats = _with_reasons(actor, item, view.seats, now)
    told = tuple(replace(one, recused_because=because.get(one.seat.id)) for one in seats)
    return replace(view, seats=told, reasons_waiting=reasons)


def _list_recusals(item: Item, words: Words | None) -> dict[UUID, Veiled | None]:
    """Return why members were set aside, by seat, as far as the words were opened. One query."""
    rows = Declaration.objects.filter(item=item).exclude(conflict="").order_by("-at", "-id")
    return {row.seat_id: find_words(words, row) for row in rows}


def read_item(actor: Actor, person_id: UUID, item_id: UUID) -> Item:
    """Return the row of an item of a file that the actor may read. Raises Unknown. Two queries."""
    rows = Item.objects.select_related("person", "procedure", "meeting__body__unit")
    item = rows.filter(id=item_id, person_id=person_id).first()
    if not isinstance(item, Item) or not is_allowed(actor, item.person, READ):
        raise Unknown
    return item


def get_item_of_member(actor: Actor, item_id: UUID, *, language: str, now: datetime) -> ItemView:
    """Return an item to a member, as it was last shared with them. Raises Unknown, also once recused."""
    sitting = get_sitting(actor, item_id)
    if not Declaration.objects.filter(item_id=item_id, seat_id=sitting.seat_id).exists():
        return _closed_view(sitting.item, language)
    words = open_as_member(actor, sitting, now=now)
    view = make_view(sitting.item, words, language=language, now=now)
    return replace(view, facts=_list_facts(words))


def _closed_view(item: Item, language: str) -> ItemView:
    """Return what a member sees before they declared that they have no conflict: nothing is opened."""
    return ItemView(
        id=item.id,
        person_id=item.person_id,
        code=item.person.code,
        procedure_id=item.procedure_id,
        procedure=item.procedure.definition,
        title=definition_of(item.procedure).title[language],
        stage="",
        meeting=meeting_line(item.meeting),
        seats=(),
        shortfall=Shortfall(),
        wishes=None,
        options=(),
        views=(),
        decision=None,
        options_list="",
        is_opened=False,
        unit=_unit_words(item),
        has_declared=False,
    )


def _unit_words(item: Item) -> str:
    unit = item.person.unit
    return f"{unit.name}, {unit.agency.name}"


def list_recusable(actor: Actor, item: ItemView) -> list[SeatLine]:
    """Return whom the actor may set aside from the file: everybody for the secretariat, else oneself."""
    is_secretariat = may_convene(actor, item.meeting.unit_id)
    seats = [one.seat for one in item.seats if not one.sitter.is_recused]
    return [one for one in seats if is_secretariat or one.staff_id == actor.staff_id]


def open_waiting_words(actor: Actor, person_id: UUID, item_id: UUID, *, now: datetime) -> dict[UUID, str]:
    """Open what members wrote for the file's unit and nobody has taken in. Raises Unknown."""
    return open_waiting(actor, read_item(actor, person_id, item_id), now=now)


def list_items(actor: Actor, person_id: UUID, *, language: str) -> list[ItemView]:
    """Return the items about a person, latest meeting first, without words. Raises nothing."""
    rows = Item.objects.where(actor, READ).filter(person_id=person_id)
    rows = rows.select_related("person", "procedure", "meeting__body__unit")
    return [
        make_view(row, None, language=language, now=actor.at)
        for row in rows.order_by("-meeting__held_at", "-id")
    ]


def make_view(item: Item, words: Words | None, *, language: str, now: datetime) -> ItemView:
    """Return an item as a shape with the words that were opened. About thirty queries, however many sit."""
    definition = definition_of(item.procedure)
    panel = panel_of(item)
    seats = list_item_seats(item, now)
    decision = find_decision(item)
    shown = make_decision_view(item, decision, words, seats, language) if decision else None
    is_decided = shown is not None and shown.is_in_force
    views = _latest_views(item)
    stage = definition.stages.get(item.procedure.stage)
    return ItemView(
        id=item.id,
        person_id=item.person_id,
        code=item.person.code,
        procedure_id=item.procedure_id,
        procedure=definition.id,
        title=definition.title[language],
        stage=stage.label[language] if stage else item.procedure.stage,
        meeting=meeting_line(item.meeting),
        seats=seats,
        shortfall=shortfall_on(panel, seats),
        wishes=_wishes_view(item, words),
        options=_option_views(item, words, views, seats, panel.options, language),
        views=tuple(_view_line(row, words, seats) for row in views),
        decision=shown,
        options_list=panel.options,
        is_opened=words is not None,
        ruling=make_ruling_view(item, decision, words, language, now) if decision and is_decided else None,
        gaps=() if is_decided else find_gaps(item, now),
    )


def _with_reasons(
    actor: Actor, item: Item, seats: tuple[ItemSeat, ...], now: datetime
) -> tuple[ItemSeat, ...]:
    """Say of each seat with which the item is not shared why it is not."""
    apart = [one.seat for one in seats if not (one.sitter.is_shared or one.sitter.is_recused)]
    why_not = {plan.seat.id: plan.why_not for plan in plan_shares(actor, item, apart, now=now)}
    return tuple(replace(one, why_not=why_not.get(one.seat.id, "")) for one in seats)


def _list_facts(words: Words | None) -> Mapping[str, object]:
    """Return the coded facts of a member's extract by code, each veiled; none for the file's own unit."""
    extra = getattr(words, "extra", None)
    if extra is None:
        return {}
    codes = ("AGE_BAND", "SEX_GENDER", "LANGUAGE", "NATIONALITY", "NEEDS", "STATUSES")
    return {code: value for code in codes if (value := extra.part(code)) is not None}


def _wishes_view(item: Item, words: Words | None) -> WishesView | None:
    row = item.wishes.order_by("-at", "-id").first()
    if row is None:
        return None
    return WishesView(row.how, row.at, row.by_name, find_words(words, row))


def _latest_views(item: Item) -> list[AgencyView]:
    """Return the latest view of each seat, in the order in which they were given. One query."""
    latest = {row.seat_id: row for row in item.agency_views.order_by("at", "id")}
    return list(latest.values())


def _option_views(
    item: Item,
    words: Words | None,
    views: list[AgencyView],
    seats: tuple[ItemSeat, ...],
    code_list: str,
    language: str,
) -> tuple[OptionView, ...]:
    """Return the options side by side, each with what every agency says of it."""
    allowed = {one.seat.id for one in seats if not one.sitter.is_recused}
    said = [row for row in views if row.seat_id in allowed]
    options = []
    for row in item.options.order_by("code", "id"):
        stances = []
        for view in said:
            if row.code in view.stances:
                name, agency = named(seats, view.seat_id)
                stances.append(StanceView(agency, name, view.stances[row.code]))
        options.append(
            OptionView(
                code=row.code,
                label=option_label(code_list, row.code, language),
                for_it=find_words(words, row, "for"),
                against_it=find_words(words, row, "against"),
                stances=tuple(stances),
            )
        )
    return tuple(options)


def _view_line(row: AgencyView, words: Words | None, seats: tuple[ItemSeat, ...]) -> AgencyViewLine:
    name, agency = named(seats, row.seat_id)
    return AgencyViewLine(
        row.id, row.seat_id, name, agency, row.at, find_words(words, row), not row.is_taken_in
    )


def list_open_options(item: ItemView, language: str) -> list[tuple[str, str]]:
    """Return the options of the procedure's list that are not compared yet, as (code, label)."""
    compared = {one.code for one in item.options}
    listed = get_code_list(item.options_list).in_use
    return [
        (one.code, option_label(item.options_list, one.code, language))
        for one in listed
        if one.code not in compared
    ]


def what_is_due(actor: Actor, item: ItemView) -> str:
    """Return what the member does next: "interest", "view", "sign", or "" when it is the others' turn."""
    if not item.has_declared:
        return "interest"
    seat = next(one for one in item.seats if one.seat.staff_id == actor.staff_id)
    decision = item.decision
    if decision is not None and not decision.is_in_force:
        has_signed = any(one.name == seat.seat.name for one in decision.ballots)
        return "sign" if seat.counts and not has_signed else ""
    has_view = any(one.seat_id == seat.seat.id for one in item.views)
    return "view" if item.options and not has_view and decision is None else ""


def what_to_do(item: ItemView, *, now: datetime) -> str:
    """Return the next step on the side of the file: one at a time, in the order of the procedure."""
    decision = item.decision
    if item.waiting:
        return "take_in"
    if item.wishes is None:
        return "wishes"
    if decision is not None and decision.is_in_force:
        return _after_force(item, decision)
    if not item.options:
        return "option"
    if decision is None:
        return "decision" if item.meeting.state == "HELD" else "meeting"
    has_signed = decision.shortfall.is_quorate
    return "approve" if has_signed and decision.needs_approval and not decision.approved_at else "signatures"


def _after_force(item: ItemView, decision: DecisionView) -> str:
    ruling = item.ruling.ruling if item.ruling else None
    if ruling is not None and not ruling.stands and not ruling.is_on_agenda:
        return "again"
    return "" if decision.answers else "answer"
