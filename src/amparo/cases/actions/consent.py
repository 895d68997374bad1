"""Record a consent or a refusal, and withdraw a consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from amparo.access.actions import tell_supervisors
from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.cases.actions.changes import add_row, change_row, require_open_file, seal_text
from amparo.cases.data import (
    ChildAssent,
    ConsentGiver,
    ConsentState,
    NotInThisState,
    Representative,
    find_consent_problem,
)
from amparo.cases.data.consenting import URGENT_BASIS
from amparo.cases.data.limits import find_consent_day_problem, latest_day, require
from amparo.cases.models import Consent
from amparo.cases.queries.representatives import get_consent_setting
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
    child_assent: ChildAssent | None = None,
    representative: Representative | None = None,
    urgent_reason: str = "",
    state: ConsentState = ConsentState.GIVEN,
) -> UUID:
    """Record what the person agreed to, or that they refused: both are answers worth keeping.

    ``recipients`` are units. ``restrictions`` are items that must be withheld whatever else was
    agreed; the person's own words about them go to the vault. While the person is or may be a child,
    an agreement needs the child's assent and ``representative``, a guardian who is appointed, the child
    protection authority or a best-interests record; else :class:`ChildAlone` and its like. A vital
    interest needs ``urgent_reason`` instead, sealed, and the supervisors are told.
    """
    require_open_file(person_id)
    start = from_date or now.date()
    require(find_consent_day_problem(start, until_date, latest_day(now)))
    if state is ConsentState.WITHDRAWN:
        raise ValueError("a consent is withdrawn with withdraw_consent")
    is_urgent = state is ConsentState.GIVEN and legal_basis == URGENT_BASIS
    beside = None
    if state is ConsentState.GIVEN:
        beside = _require_whole(
            actor, person_id, legal_basis, child_assent, representative, urgent_reason, now
        )
    consent = Consent(
        person_id=person_id,
        purpose=purpose,
        recipients=sorted(str(unit_id) for unit_id in recipients),
        data_items=sorted(data_items),
        restrictions=sorted(restrictions),
        legal_basis=legal_basis,
        given_by=_who_answered(beside, child_assent) or given_by,
        language=language,
        with_interpreter=with_interpreter,
        child_assent=child_assent or "",
        stand_in=beside.kind if beside else "",
        stand_in_id=beside.id if beside else None,
        state=state,
        from_date=start,
        until_date=until_date,
    )
    add_row(consent, actor, now)
    seal_text(actor, person_id, f"consent.{consent.id}", restriction_text, now)
    if is_urgent:
        seal_text(actor, person_id, f"urgency.{consent.id}", urgent_reason, now)
        tell_supervisors(person_id, "urgent_consent", now=now)
    note(purpose=purpose, consent=state, recipients=len(recipients), items=len(data_items), basis=legal_basis)
    return consent.id


def _require_whole(
    actor: Actor,
    person_id: UUID,
    legal_basis: str,
    assent: ChildAssent | None,
    representative: Representative | None,
    urgent_reason: str,
    now: datetime,
) -> Representative | None:
    """Return who agrees beside the person, if anybody does; raise what is missing."""
    setting = get_consent_setting(actor, person_id, as_of=now.date())
    beside = representative if representative in setting.representatives else None
    problem = find_consent_problem(
        may_be_child=setting.may_be_child,
        age_band=setting.age_band,
        legal_basis=legal_basis,
        assent=assent or "",
        representative=beside,
        urgent_reason=urgent_reason,
    )
    if problem is not None:
        raise problem
    return beside


def _who_answered(beside: Representative | None, assent: ChildAssent | None) -> ConsentGiver | None:
    if beside is None:
        return None
    return ConsentGiver.BOTH if assent is ChildAssent.GIVEN else ConsentGiver.GUARDIAN


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
