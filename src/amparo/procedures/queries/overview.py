"""The procedures of every file that the actor may read, counted and narrowed by what they have in common.

The rows are grouped in the database by everything that can be filtered, so that the counts of every
filter come from one query whose answer is as long as the law, not as the number of people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.access.scoping import ScopedQuerySet
from amparo.cases.queries import open_usual_names
from amparo.core.policy import Purpose
from amparo.doctrine.data import ProcedureFile
from amparo.procedures.data.overview import (
    INTERNATIONAL,
    SOON_DAYS,
    Clock,
    Facet,
    Filters,
    Option,
    ProcedureLine,
    ProceduresPage,
    State,
    Turn,
)
from amparo.procedures.data.words import label_of
from amparo.procedures.models import Procedure, StageEntry
from amparo.procedures.queries.missing_law import definition_in_lists
from amparo.procedures.queries.rows import READ
from amparo.procedures.queries.turns import list_turns

PAGE = 40
GROUPED = ("definition", "definition_edition", "country", "stage", "is_open", "clock", "turn")


@dataclass(frozen=True, slots=True)
class _Group:
    """The procedures that are alike in everything that can be filtered."""

    definition: ProcedureFile
    stage: str
    values: Mapping[Facet, str]
    count: int

    def fits(self, filters: Filters, *, but: Facet | None = None) -> bool:
        return all(self.values[facet] == value for facet, value in filters.items() if facet is not but)


def list_all_procedures(
    actor: Actor, filters: Filters, *, page: int = 1, language: str, now: datetime
) -> ProceduresPage:
    """Return one page of the procedures of all files that the actor may read.

    Open ones come first, then those whose period ends first. A page past the end is the last one; a
    value that nothing has leaves nothing. The names of that page are opened, unless locked, as one
    ledger row. Two queries and those of the names, whatever the number of people, and those of
    ``list_turns`` when it is asked whose turn it is: only then is that counted.
    """
    yours = list_turns(actor, now=now) if Facet.TURN in filters else None
    rows = _rows(actor, yours)
    groups = _groups(rows, now)
    total = sum(group.count for group in groups if group.fits(filters))
    pages = max(1, -(-total // PAGE))
    number = max(1, min(page, pages))
    return ProceduresPage(
        lines=_named(actor, _lines(rows, groups, filters, number, language, now), now) if total else (),
        total=total,
        number=number,
        pages=pages,
        options={facet: _options(facet, groups, filters, language) for facet in Facet},
    )


def _rows(actor: Actor, yours: Collection[UUID] | None) -> ScopedQuerySet:
    """Return the rows with the end of the period that runs and whose turn it is, "" where nobody asked.

    No period runs in a procedure that has ended, and it is nobody's turn.
    """
    latest = StageEntry.objects.filter(procedure_id=OuterRef("pk"), procedure__is_open=True)
    rows: ScopedQuerySet = Procedure.objects.where(actor, READ).annotate(
        due_date=Subquery(latest.order_by("-number").values("due_date")[:1]), turn=_turn(yours)
    )
    return rows


def _turn(yours: Collection[UUID] | None) -> Case:
    if yours is None:
        return Case(default=Value(""))
    return Case(
        When(is_open=False, then=Value("")),
        When(pk__in=list(yours), then=Value(Turn.YOURS)),
        default=Value(Turn.OTHERS),
    )


def _clock(now: datetime) -> Case:
    today = now.date()
    return Case(
        When(due_date=None, then=Value(Clock.NONE)),
        When(due_date__lt=today, then=Value(Clock.OVERDUE)),
        When(due_date__lte=today + timedelta(days=SOON_DAYS), then=Value(Clock.SOON)),
        default=Value(Clock.LATER),
    )


def _groups(rows: ScopedQuerySet, now: datetime) -> list[_Group]:
    counted = (
        rows.annotate(clock=_clock(now)).order_by(*GROUPED).values_list(*GROUPED).annotate(count=Count("pk"))
    )
    return [_group(row) for row in counted]


def _group(row: tuple[Any, ...]) -> _Group:
    definition_id, edition, country, stage, is_open, clock, turn, count = row
    definition = definition_in_lists(definition_id, edition)
    values = {
        Facet.DEFINITION: definition_id,
        Facet.STAGE: f"{definition_id}.{stage}",
        Facet.COUNTRY: country or INTERNATIONAL,
        Facet.TURN: turn,
        Facet.CLOCK: clock if is_open else "",
        Facet.STATE: State.OPEN if is_open else State.ENDED,
    }
    return _Group(definition, stage, values, count)


def _lines(
    rows: ScopedQuerySet,
    groups: list[_Group],
    filters: Filters,
    number: int,
    language: str,
    now: datetime,
) -> tuple[ProcedureLine, ...]:
    if Facet.TURN in filters:
        rows = rows.filter(turn=filters[Facet.TURN])
    if Facet.CLOCK in filters:
        rows = rows.annotate(clock=_clock(now)).filter(clock=filters[Facet.CLOCK], is_open=True)
    alike = [_alike(group) for group in groups if group.fits(filters)]
    if filters:
        rows = rows.filter(reduce(or_, dict.fromkeys(alike)))
    ordered = rows.select_related("person")
    ordered = ordered.order_by("-is_open", F("due_date").asc(nulls_last=True), "opened_at", "id")
    return tuple(_line(row, language, now) for row in ordered[(number - 1) * PAGE : number * PAGE])


def _named(actor: Actor, lines: tuple[ProcedureLine, ...], now: datetime) -> tuple[ProcedureLine, ...]:
    opened = open_usual_names(actor, [line.person_id for line in lines], Purpose.CASE_WORK, now=now)
    return tuple(
        replace(line, name=opened.names.get(line.person_id), is_damaged=line.person_id in opened.damaged)
        for line in lines
    )


def _alike(group: _Group) -> Q:
    """Return the test that a row is one of the group, whatever its clock says."""
    country = group.values[Facet.COUNTRY]
    return Q(
        definition=group.definition.id,
        definition_edition=group.definition.edition,
        country="" if country == INTERNATIONAL else country,
        stage=group.stage,
        is_open=group.values[Facet.STATE] == State.OPEN,
    )


def _line(row: Any, language: str, now: datetime) -> ProcedureLine:
    definition = definition_in_lists(row.definition, row.definition_edition)
    return ProcedureLine(
        id=row.id,
        person_id=row.person_id,
        code=row.person.code,
        title=definition.title[language],
        stage_label=_stage(definition, row.stage, language),
        edition=_country(row.country, language),
        due_date=row.due_date,
        is_overdue=row.due_date is not None and row.due_date < now.date(),
        is_open=row.is_open,
    )


def _options(facet: Facet, groups: list[_Group], filters: Filters, language: str) -> tuple[Option, ...]:
    """Return every value that a row has, with what it would leave; of stages, those of the chosen kind.

    Whose turn it is has no count before it is asked.
    """
    if facet is Facet.TURN and facet not in filters:
        return tuple(Option(turn, _words()[turn], None) for turn in Turn) if groups else ()
    counts: Counter[str] = Counter()
    known: dict[str, _Group] = {}
    chosen = filters.get(Facet.DEFINITION) if facet is Facet.STAGE else None
    for group in groups:
        value = group.values[facet]
        if not value or (chosen and group.definition.id != chosen):
            continue
        known[value] = group
        counts[value] += group.count if group.fits(filters, but=facet) else 0
    options = [_option(facet, value, group, counts[value], language) for value, group in known.items()]
    return tuple(sorted(options, key=lambda one: _rank(facet, one)))


def _option(facet: Facet, value: str, group: _Group, count: int, language: str) -> Option:
    match facet:
        case Facet.DEFINITION:
            return Option(value, group.definition.title[language], count)
        case Facet.STAGE:
            label = _stage(group.definition, group.stage, language)
            return Option(value, label, count, group.definition.title[language])
        case Facet.COUNTRY:
            return Option(value, _country("" if value == INTERNATIONAL else value, language), count)
        case _:
            return Option(value, _words()[value], count)


def _rank(facet: Facet, option: Option) -> tuple[int, str, str]:
    """Order by what a reader looks for first where the values have an order of their own, else by label."""
    order = [*Turn, *Clock, *State]
    own = facet in {Facet.TURN, Facet.CLOCK, Facet.STATE}
    return (order.index(option.value) if own else 0, option.group, option.label)


def _words() -> dict[str, str]:
    return {
        Turn.YOURS: _("Your turn"),
        Turn.OTHERS: _("Not your turn now"),
        Clock.OVERDUE: _("Overdue"),
        Clock.SOON: _("Within seven days"),
        Clock.LATER: _("Later"),
        Clock.NONE: _("No period runs"),
        State.OPEN: _("Open"),
        State.ENDED: _("Ended"),
    }


def _stage(definition: ProcedureFile, stage: str, language: str) -> str:
    known = definition.stages.get(stage)
    return known.label[language] if known else stage


def _country(country: str, language: str) -> str:
    return label_of("country", country, language) if country else _("International")
