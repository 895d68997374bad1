"""The coded facts of a person, without opening anything: also inside an action."""

from __future__ import annotations

from datetime import date
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
    )
