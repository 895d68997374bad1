"""Record a consent or a refusal, and withdraw a consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.cases.actions.changes import add_row, change_row, require_open_file, seal_text
from amparo.cases.data import BadInterval, ConsentGiver, ConsentState, NotInThisState
from amparo.cases.models import Consent
from amparo.cases.withdrawals import tell_withdrawal
from amparo.core.refusal import Unknown
from amparo.core.sharing import Item


@action("cases.record_consent", about="person_id")
def record_consent(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    purpose: str,
    recipients: Sequence[UUID],
    data_items: Sequence[Item],
    until_date: date,
    from_date: date | None = None,
    restrictions: Sequence[Item] = (),
    restriction_text: str = "",
    legal_basis: str = "CONSENT",
    given_by: ConsentGiver = ConsentGiver.PERSON,
    language: str = "",
    with_interpreter: bool = False,
    child_assent: str = "",
    state: ConsentState = ConsentState.GIVEN,
) -> UUID:
    """Record what the person agreed to, or that they refused: both are answers worth keeping.

    ``recipients`` are units. ``restrictions`` are items that must be withheld whatever else was
    agreed; the person's own words about them go to the vault.
    """
    require_open_file(person_id)
    start = from_date or now.date()
    if until_date < start:
        raise BadInterval
    if state is ConsentState.WITHDRAWN:
        raise ValueError("a consent is withdrawn with withdraw_consent")
    consent = Consent(
        person_id=person_id,
        purpose=purpose,
        recipients=sorted(str(unit_id) for unit_id in recipients),
        data_items=sorted(data_items),
        restrictions=sorted(restrictions),
        legal_basis=legal_basis,
        given_by=given_by,
        language=language,
        with_interpreter=with_interpreter,
        child_assent=child_assent,
        state=state,
        from_date=start,
        until_date=until_date,
    )
    add_row(consent, actor, now)
    seal_text(actor, person_id, f"consent.{consent.id}", restriction_text, now)
    note(purpose=purpose, consent=state, recipients=len(recipients), items=len(data_items))
    return consent.id


@action("cases.withdraw_consent", about="person_id")
def withdraw_consent(actor: Actor, *, now: datetime, person_id: UUID, consent_id: UUID, version: int) -> None:
    """Withdraw a consent from now on. What depends on it reads ``find_consent`` and stops."""
    state = Consent.objects.filter(id=consent_id, person_id=person_id).values_list("state", flat=True).first()
    if state is None:
        raise Unknown
    if state != ConsentState.GIVEN:
        raise NotInThisState
    change_row(
        actor,
        Consent,
        row_id=consent_id,
        person_id=person_id,
        version=version,
        changes={"state": ConsentState.WITHDRAWN, "withdrawn_at": now, "withdrawn_by": actor.ref},
        now=now,
    )
    tell_withdrawal(actor, person_id, consent_id, now)
