"""Find a person by a name, however it is spelled, or by the case code; and look for duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.scoping import permitted
from amparo.cases.data import AgeFacts, AgeStatus, Candidate, NameEntry, PersonRef
from amparo.cases.models import Person
from amparo.cases.name_memory import OPENS_NAMES, damaged_names, find_names
from amparo.cases.queries.opening import UsualNames, open_usual_names
from amparo.core.name_index import Found
from amparo.core.policy import Purpose

SHOWN = 10
LOOKED_AT = 40
LEAST_SCORE = 55.0
"""Names less alike than this are not opened: a search shows nobody rather than strangers."""

DUPLICATE_SCORE = 82.0
"""Names at least this alike are shown before a person is registered."""

_CODE = re.compile(r"(?:AM)?[\s-]*([2-9A-Z]{4})[\s-]*([2-9A-Z]{4})", re.IGNORECASE)


def search_people(actor: Actor, text: str, *, now: datetime) -> list[Candidate]:
    """Return the ten people most like a name, best first, of those whom the actor may open. Raises Locked.

    These are the people of the actor's units, and those whom a relation to their file opens (a
    delegation, a guardianship, the team of a sealed case) while it lasts. The search is written to the
    ledger as an opening with a count; the text never is. Five queries at most and the vault's, whatever
    the number of people.
    """
    matches = find_names(actor, text, Purpose.SEARCH, limit=LOOKED_AT, now=now)
    alike = [match for match in matches if match.is_whole or match.score >= LEAST_SCORE]
    return _candidates(actor, alike, Purpose.SEARCH, now)


def list_damaged(actor: Actor) -> list[PersonRef]:
    """Return whom the actor's last search could not compare: their names were altered. One query."""
    rows = Person.objects.visible_to(actor).filter(person_id__in=damaged_names(actor))
    return [PersonRef(*row) for row in rows.order_by("person__code").values_list("person_id", "person__code")]


def find_by_typed_code(actor: Actor, text: str) -> PersonRef | None:
    """Return the person whose case code was typed, with or without its dashes. At most one query."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        return None
    code = f"AM-{match[1]}-{match[2]}".upper()
    row = Person.objects.visible_to(actor).filter(person__code=code).values_list("person_id").first()
    return PersonRef(row[0], code) if row else None


def find_duplicates(actor: Actor, names: Iterable[NameEntry], *, now: datetime) -> list[Candidate]:
    """Return people who may be the one about to be registered, most alike first. Raises Locked."""
    found: dict[UUID, Found] = {}
    for name in names:
        for match in find_names(actor, name.full, Purpose.DUPLICATE_CHECK, limit=SHOWN, now=now):
            known = found.get(match.person_id)
            if match.score >= DUPLICATE_SCORE and (known is None or known.score < match.score):
                found[match.person_id] = match
    return _candidates(actor, found.values(), Purpose.DUPLICATE_CHECK, now)


def _candidates(actor: Actor, matches: Iterable[Found], purpose: Purpose, now: datetime) -> list[Candidate]:
    best = sorted({match.person_id: match for match in matches}.values(), key=_rank)[:LOOKED_AT]
    facts = _facts(actor, [match.person_id for match in best], purpose)
    shown = [match for match in best if match.person_id in facts][:SHOWN]
    opened = open_usual_names(actor, [match.person_id for match in shown], purpose, now=now)
    shown = [match for match in shown if match.person_id in opened.names.keys() | opened.damaged]
    return [_candidate(match, facts[match.person_id], opened, now.date()) for match in shown]


def _candidate(match: Found, person: Person, opened: UsualNames, today: date) -> Candidate:
    age = AgeFacts(AgeStatus(person.age_status), person.age_band, person.adult_from, person.is_presumed_child)
    return Candidate(
        person=PersonRef(match.person_id, person.person.code),
        score=match.score,
        is_whole=match.is_whole,
        name=opened.names.get(match.person_id),
        alias=opened.alias(match.person_id, match.name_number),
        age_band=age.band,
        age_status=age.status,
        child=age.child_on(today),
        is_presumed_child=age.is_presumed_child,
        sex_gender=person.sex_gender,
        is_damaged=match.person_id in opened.damaged,
    )


def _rank(match: Found) -> tuple[tuple[bool, float], UUID]:
    return (match.rank, match.person_id)


def _facts(actor: Actor, person_ids: list[UUID], purpose: Purpose) -> dict[UUID, Person]:
    """Return the coded facts of those whom the actor may know and open now. One query.

    What is in memory was opened earlier: a seal, an exclusion or a new role since is obeyed here.
    """
    may_open = permitted(actor, OPENS_NAMES, "person_id", purpose=purpose)
    rows = Person.objects.visible_to(actor).filter(may_open, person_id__in=person_ids)
    rows = rows.select_related("person")
    return {row.person_id: row for row in rows}
