"""The coded facts of a person, without opening anything: also inside an action."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import AgeFacts, AgeStatus, CodedFacts
from amparo.cases.models import Person
from amparo.cases.queries.people import current_statuses
from amparo.core.refusal import Unknown


def get_coded_facts(actor: Actor, person_id: UUID, *, as_of: date) -> CodedFacts:
    """Return what lies outside the vault about a person. Two queries. Raises Unknown."""
    person = Person.objects.visible_to(actor).filter(person_id=person_id).first()
    if person is None:
        raise Unknown
    age = AgeFacts(AgeStatus(person.age_status), person.age_band, person.adult_from, person.is_presumed_child)
    return CodedFacts(
        age_band=age.band,
        child=age.child_on(as_of),
        sex_gender=person.sex_gender,
        languages=tuple(person.languages),
        needs_interpreter=person.needs_interpreter,
        nationalities=tuple(person.nationalities),
        statuses=current_statuses(person_id, as_of=as_of),
        age_status=age.status,
        is_presumed_child=age.is_presumed_child,
    )


def get_person_row(actor: Actor, person_id: UUID) -> dict[str, Any]:
    """Return the coded columns that the edit form shows, with the version and who wrote it. One query."""
    columns = (
        "sex_gender",
        "age_status",
        "birth_precision",
        "is_presumed_child",
        "languages",
        "needs_interpreter",
        "nationalities",
        "nationality_standing",
        "statelessness_risks",
        "version",
        "updated_at",
        "updated_by",
    )
    row = Person.objects.visible_to(actor).filter(person_id=person_id).values(*columns).first()
    if row is None:
        raise Unknown
    return dict(row)
