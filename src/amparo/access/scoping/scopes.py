"""The scopes themselves: opened once for each person, and kept true as facts change."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from amparo.access.models import Grant, Scope
from amparo.core.policy import Relation
from amparo.core.refusal import Unknown

if TYPE_CHECKING:
    from amparo.access.data import Actor

CODE_LETTERS = "234679ACDEFGHJKMNPQRTUVWXYZ"
"""No letter or digit that is read as another (0 O, 1 I L, 5 S, 8 B)."""


def open_scope(
    actor: Actor,
    *,
    person_id: UUID,
    unit_id: UUID,
    origin_states: Iterable[str],
    is_child: bool,
    now: datetime,
) -> str:
    """Open the scope of a new person inside the running action, and return the random case code.

    ``origin_states`` are ISO alpha-3 codes of every nationality or country of origin known.
    ``is_child`` must be true unless adulthood is established. The actor becomes its author.
    """
    scope = Scope.objects.create(
        id=person_id,
        code=_new_code(),
        unit_id=unit_id,
        origin_states=listed(foreign(origin_states)),
        is_child=is_child,
    )
    if actor.staff_id is not None:
        Grant.objects.create(
            scope=scope,
            staff_id=actor.staff_id,
            relation=Relation.AUTHOR,
            from_at=now,
            granted_by=actor.ref,
        )
    return scope.code


def update_scope(
    person_id: UUID,
    *,
    origin_states: Iterable[str] | None = None,
    is_child: bool | None = None,
    has_best_interests: bool | None = None,
    best_interests_until: datetime | None = None,
) -> None:
    """Bring the facts that policy reads up to date, inside the action that changed them.

    ``None`` leaves a fact as it is. ``best_interests_until`` belongs to ``has_best_interests``: from then on
    the record no longer counts; ``None`` sets no end. Raises :class:`Unknown` when the person has no scope.
    """
    changes: dict[str, str | bool | datetime | None] = {}
    if origin_states is not None:
        changes["origin_states"] = listed(foreign(origin_states))
    if is_child is not None:
        changes["is_child"] = is_child
    if has_best_interests is not None:
        changes["has_best_interests"] = has_best_interests
        changes["best_interests_until"] = best_interests_until
    if changes and not Scope.objects.filter(id=person_id).update(**changes):
        raise Unknown


def foreign(states: Iterable[str]) -> frozenset[str]:
    """Leave the host State out: its agencies hold the files, and fear of it is recorded as fear."""
    return frozenset(states) - {settings.AMPARO_HOST_STATE}


def listed(states: Iterable[str]) -> str:
    """Write codes as one field: sorted, space-separated, a space at both ends; "" for none."""
    codes = sorted(set(states))
    return f" {' '.join(codes)} " if codes else ""


def _new_code() -> str:
    while True:
        letters = [secrets.choice(CODE_LETTERS) for _ in range(8)]
        code = f"AM-{''.join(letters[:4])}-{''.join(letters[4:])}"
        if not Scope.objects.filter(code=code).exists():
            return code
