"""What the person agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import ConsentRef, ConsentState
from amparo.cases.models import Consent
from amparo.cases.queries.people import child_truth
from amparo.core.refusal import Unknown
from amparo.core.sharing import Item, Terms
from amparo.core.truth import Truth


def find_consent(
    actor: Actor, person_id: UUID, *, purpose: str, recipient_unit_id: UUID, as_of: date
) -> ConsentRef | None:
    """Return the consent that holds on that day for that purpose and unit, the latest given.

    A refusal or withdrawal recorded after it for the same purpose and unit silences it. What the person
    agreed to alone does not hold while they are, or may be, a child. One query, two where they agreed
    alone.
    """
    found = find_consents(
        actor, person_id, purpose=purpose, recipient_unit_ids=[recipient_unit_id], as_of=as_of
    )
    return found.get(recipient_unit_id)


def find_consents(
    actor: Actor, person_id: UUID, *, purpose: str, recipient_unit_ids: Iterable[UUID], as_of: date
) -> dict[UUID, ConsentRef]:
    """Return the same for several units, by unit; none where there is none. Two queries at most."""
    rows = (
        Consent.objects.visible_to(actor)
        .filter(person_id=person_id, purpose=purpose)
        .order_by("-created_at", "-id")
    )
    consents = [_consent_ref(row) for row in rows]
    holding = [one for one in consents if one.holds_on(as_of)]
    alone = any(not one.holds_for_child for one in holding)
    is_adult = alone and child_truth(person_id, as_of=as_of) is Truth.NOT_ESTABLISHED
    counted = {one.id for one in holding if one.holds_for_child or is_adult}
    found = {unit_id: _latest(consents, unit_id, counted) for unit_id in recipient_unit_ids}
    return {unit_id: one for unit_id, one in found.items() if one is not None}


def _latest(consents: list[ConsentRef], unit_id: UUID, counted: set[UUID]) -> ConsentRef | None:
    """Return the latest that counts for a unit, unless a refusal came after it."""
    for consent in consents:
        if unit_id in consent.recipients and consent.state is ConsentState.REFUSED:
            return None
        if unit_id in consent.recipients and consent.id in counted:
            return consent
    return None


def terms_of(consent: ConsentRef) -> Terms:
    """Return a consent as ``core.sharing`` reads it."""
    return Terms(
        purpose=consent.purpose,
        recipients=consent.recipients,
        items=frozenset(Item(item) for item in consent.data_items),
        restricted=frozenset(Item(item) for item in consent.restrictions),
        from_date=consent.from_date,
        until_date=consent.until_date,
    )


def list_consents(actor: Actor, person_id: UUID) -> list[ConsentRef]:
    """Return every consent and refusal of a person, latest first. One query."""
    rows = Consent.objects.visible_to(actor).filter(person_id=person_id).order_by("-created_at", "-id")
    return [_consent_ref(row) for row in rows]


def get_consent(actor: Actor, person_id: UUID, consent_id: UUID) -> ConsentRef:
    """Return one consent. Raises Unknown. One query."""
    row = Consent.objects.visible_to(actor).filter(person_id=person_id, id=consent_id).first()
    if row is None:
        raise Unknown
    return _consent_ref(row)


def _consent_ref(row: Consent) -> ConsentRef:
    return ConsentRef(
        id=row.id,
        purpose=row.purpose,
        recipients=frozenset(UUID(text) for text in row.recipients),
        data_items=frozenset(row.data_items),
        restrictions=frozenset(row.restrictions),
        legal_basis=row.legal_basis,
        given_by=row.given_by,
        state=ConsentState(row.state),
        from_date=row.from_date,
        until_date=row.until_date,
        version=row.version,
        recorded_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
        child_assent=row.child_assent,
        stand_in=row.stand_in,
        stand_in_id=row.stand_in_id,
    )
