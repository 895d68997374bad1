"""Breaking the glass: ordinary cases, identity and contact only, an hour, and everybody is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from amparo.access.data import Actor, ReasonTooShort
from amparo.access.gate import action, note
from amparo.access.models import Emergency, Grant, Membership, Notice, Scope
from amparo.access.scoping.facts import as_if, scope_facts
from amparo.core.policy import Relation, Role, decide
from amparo.core.refusal import Unknown
from amparo.core.rights import WORKERS
from amparo.vault import door

OPEN_FOR = timedelta(minutes=60)
REVIEW_WITHIN = timedelta(hours=72)
SHORTEST_REASON = 40


class EmergencyReason(StrEnum):
    """Why the team could not be waited for."""

    DANGER_TO_LIFE = "danger_to_life"
    MISSING_PERSON = "missing_person"
    MEDICAL = "medical"
    CHILD_IN_DANGER = "child_in_danger"
    IMMINENT_REMOVAL = "imminent_removal"


class ReviewOutcome(StrEnum):
    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    REFERRED = "referred"


@action("access.break_glass", within="unit_id")
def break_glass(
    actor: Actor, *, now: datetime, unit_id: UUID, code: str, reason_code: EmergencyReason, reason: str
) -> UUID:
    """Open identity and contact of an ordinary case of one's own agency for sixty minutes.

    ``unit_id`` is the actor's own unit. The reason is sealed to the unit that holds the file; outside
    lie its kind and length. Raises ``Unknown`` for what the actor may not know, sealed cases included.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(minimum=SHORTEST_REASON)
    scope = _find_eligible(actor, code)
    assert actor.staff_id is not None
    emergency = Emergency.objects.create(
        scope=scope,
        staff_id=actor.staff_id,
        reason_code=EmergencyReason(reason_code),
        reason_length=len(reason.strip()),
        from_at=now,
        until_at=now + OPEN_FOR,
        review_due_at=now + REVIEW_WITHIN,
    )
    Grant.objects.create(
        scope=scope,
        staff_id=actor.staff_id,
        relation=Relation.EMERGENCY,
        from_at=now,
        until_at=now + OPEN_FOR,
        granted_by=actor.ref,
    )
    door.seal_to_unit(scope.unit_id, {"reason": reason.strip()}, intake_id=emergency.id, now=now)
    told = _tell(scope, "glass_broken", _concerned(scope), now)
    note(subject=scope.code, emergency=str(emergency.id), reason=str(reason_code), told=told)
    return emergency.id


@action("access.review_emergency")
def review_emergency(actor: Actor, *, now: datetime, emergency_id: UUID, outcome: ReviewOutcome) -> None:
    """Say whether breaking the glass was justified. Once; never one's own."""
    row = Emergency.objects.select_for_update().filter(id=emergency_id, reviewed_at=None).first()
    if row is None or row.staff_id == actor.staff_id:
        raise Unknown
    row.reviewed_at, row.reviewed_by_id, row.outcome = now, actor.staff_id, ReviewOutcome(outcome)
    row.save(update_fields=["reviewed_at", "reviewed_by", "outcome"])
    Notice.objects.create(staff_id=row.staff_id, kind=f"review_{outcome}", at=now)
    note(subject=row.scope.code, emergency=str(row.id), outcome=str(outcome))


def _find_eligible(actor: Actor, code: str) -> Scope:
    """Return the scope when the glass may be broken for it: same agency, and no bar stands."""
    scope = Scope.objects.select_related("unit").filter(code=code).first()
    if scope is None or scope.unit.agency_id != actor.agency_id:
        raise Unknown
    broken = as_if(scope_facts(actor, scope), Relation.EMERGENCY)
    if not decide(actor.facts(), broken, "record.know").allowed:
        raise Unknown
    return scope


def _concerned(scope: Scope) -> Iterable[UUID]:
    """Return the unit's workers and supervisors, the case team, and the data-protection officers."""
    unit = Q(unit_id=scope.unit_id, role__in=WORKERS)
    protection = Q(role=Role.DATA_PROTECTION)
    posts = Membership.objects.filter(
        unit | protection, until_at=None, staff__is_active=True, waits_for_key=False
    )
    team = Grant.objects.filter(scope=scope, relation=Relation.CASE_TEAM, until_at=None)
    excluded = Grant.objects.filter(scope=scope, relation=Relation.EXCLUDED, until_at=None)
    told = {*posts.values_list("staff_id", flat=True), *team.values_list("staff_id", flat=True)}
    told -= set(excluded.values_list("staff_id", flat=True))
    return sorted(staff_id for staff_id in told if staff_id is not None)


def _tell(scope: Scope, kind: str, staff_ids: Iterable[UUID], now: datetime) -> int:
    notices = [Notice(staff_id=staff_id, kind=kind, code=scope.code, at=now) for staff_id in staff_ids]
    Notice.objects.bulk_create(notices)
    return len(notices)
