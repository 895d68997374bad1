"""Who has access to a file, who broke the glass, notices."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.data import AccessLine, Actor, Charge, EmergencyLine, NoticeLine
from amparo.access.gate.decisions import require_target
from amparo.access.models import Emergency, Grant, Membership, Notice, Scope
from amparo.access.scoping.facts import find_scope, scope_facts
from amparo.access.scoping.filters import active_grants, visible_scopes
from amparo.core.policy import Relation, Role, decide
from amparo.core.rights import WORKERS, get_right

_SHOWN = (Relation.CASE_TEAM, Relation.DELEGATE, Relation.GUARDIAN, Relation.EMERGENCY, Relation.EXCLUDED)


def who_has_access(actor: Actor, person_id: UUID) -> list[AccessLine]:
    """Return who can reach a file and how, by name: the unit unless sealed, then every grant that holds.

    Receivers of referrals are not here: they reach an extract, and referrals lists them. Who is excluded
    is shown to those who may exclude. Raises
    ``Unknown`` or ``Denied`` for an actor who may not ask. Five queries.
    """
    require_target(actor, get_right("access.see_grants"), person_id)
    scope = find_scope(person_id=person_id)
    lines = _grants(actor, scope)
    excluded = {line.staff_id for line in lines if line.relation == Relation.EXCLUDED}
    if not decide(actor.facts(), scope_facts(actor, scope), "access.exclude").allowed:
        lines = [line for line in lines if line.relation != Relation.EXCLUDED]
    if scope.is_sealed:
        return lines
    return [line for line in _members(scope) if line.staff_id not in excluded] + lines


def _members(scope: Scope) -> list[AccessLine]:
    posts = Membership.objects.filter(
        unit_id=scope.unit_id, role__in=WORKERS, until_at=None, waits_for_key=False
    )
    columns = ("staff_id", "staff__name", "staff__agency__name", "role", "from_at", "until_at")
    rows = posts.order_by("staff__name", "id").values_list(*columns)
    return [
        AccessLine(None, staff_id, name, agency, Relation.UNIT, role, from_at, until_at)
        for staff_id, name, agency, role, from_at, until_at in rows
    ]


def _grants(actor: Actor, scope: Scope) -> list[AccessLine]:
    lasting = Q(until_at=None) | Q(until_at__gt=actor.at)
    grants = Grant.objects.filter(lasting, scope=scope, relation__in=_SHOWN, staff__isnull=False)
    columns = ("id", "staff_id", "staff__name", "staff__agency__name", "relation", "from_at", "until_at")
    rows = grants.order_by("staff__name", "id").values_list(*columns)
    return [
        AccessLine(grant_id, staff_id, name, agency, relation, "", from_at, until_at)
        for grant_id, staff_id, name, agency, relation, from_at, until_at in rows
        if staff_id is not None
    ]


def list_guardians(actor: Actor, person_id: UUID) -> dict[UUID, str]:
    """Return the guardians whose appointment holds for a person that the actor may know. Two queries."""
    scopes = visible_scopes(actor).filter(id=person_id)
    held = Q(until_at=None) | Q(until_at__gt=actor.at)
    grants = Grant.objects.filter(held, scope__in=scopes, relation=Relation.GUARDIAN, from_at__lte=actor.at)
    rows = grants.filter(staff__is_active=True).order_by("staff__name", "staff_id")
    return {staff_id: name for staff_id, name in rows.values_list("staff_id", "staff__name") if staff_id}


def list_charges(actor: Actor) -> list[Charge]:
    """Return the people of whom the actor is guardian and may know, latest first. One query.

    No query for whoever holds no post as guardian.
    """
    if actor.staff_id is None or Role.GUARDIAN not in actor.roles:
        return []
    held = active_grants(actor).filter(
        relation=Relation.GUARDIAN, staff_id=actor.staff_id, scope__in=visible_scopes(actor)
    )
    rows = held.order_by("-from_at", "id").values_list("scope_id", "scope__code", "from_at")
    return [Charge(*row) for row in rows]


def list_emergencies(*, only_open: bool = False, limit: int = 200) -> list[EmergencyLine]:
    """Return every breaking of the glass, the newest first, with case codes. One query."""
    rows = Emergency.objects.order_by("-from_at", "id")
    if only_open:
        rows = rows.filter(reviewed_at=None)
    columns = (
        "id",
        "scope__code",
        "staff__name",
        "staff__agency__name",
        "reason_code",
        "reason_length",
        "from_at",
        "until_at",
        "review_due_at",
        "reviewed_at",
        "outcome",
    )
    return [EmergencyLine(*row) for row in rows.values_list(*columns)[:limit]]


def list_notices(actor: Actor, *, limit: int = 50) -> list[NoticeLine]:
    """Return one's unseen notices, the newest first. One query.

    What was said of a record before the actor was excluded from it is not shown any more.
    """
    if actor.staff_id is None:
        return []
    excluded = active_grants(actor).filter(relation=Relation.EXCLUDED)
    hidden = Scope.objects.filter(id__in=excluded.values("scope_id"))
    rows = Notice.objects.filter(staff_id=actor.staff_id, seen_at=None).order_by("-at", "id")
    rows = rows.exclude(code__in=hidden.values("code"))
    return [NoticeLine(*row) for row in rows.values_list("id", "kind", "code", "at")[:limit]]


def find_review_due(now: datetime) -> datetime | None:
    """Return when the next review of a broken glass is due, or ``None``. One query."""
    due = Emergency.objects.filter(reviewed_at=None).order_by("review_due_at", "id")
    return due.values_list("review_due_at", flat=True).first()
