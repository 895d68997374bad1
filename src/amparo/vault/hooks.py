"""Policy and ledger as access installs them. Without both, the vault refuses everything.

The vault lies below access and cannot import it: access calls :func:`install` when it starts. Tests
swap them with :func:`installed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.vault.data import (
    Act,
    Compartment,
    Damaged,
    Details,
    Log,
    NotInstalled,
    Permission,
    Permit,
    VaultActor,
)

_PURPOSE = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
_hooks: dict[str, tuple[Permit, Log]] = {}


def install(*, permit: Permit, log: Log) -> None:
    """Install the policy check and the ledger writer, once, when the program starts."""
    _hooks["door"] = (permit, log)


@contextmanager
def installed(*, permit: Permit, log: Log) -> Iterator[None]:
    """Install others for the length of a block (tests)."""
    before = dict(_hooks)
    install(permit=permit, log=log)
    try:
        yield
    finally:
        _hooks.clear()
        _hooks.update(before)


def ask(
    actor: VaultActor,
    act: Act,
    ids: Sequence[UUID],
    compartments: frozenset[Compartment],
    purpose: str,
    *,
    now: datetime,
) -> Permission:
    """Ask policy. The answer never allows more than was asked."""
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError("a purpose is a code: small letters, digits, dots, dashes")
    given = _installed()[0](actor, act, ids, compartments, purpose, now=now)
    asked = frozenset(ids)
    return Permission(given.ids & asked, given.rule, given.emergency_ids & asked)


def record(actor_ref: str, verb: str, person_ids: Sequence[UUID], details: Details, *, now: datetime) -> None:
    """Write one ledger row inside the open transaction; its failure stops the caller."""
    _installed()[1](actor_ref, verb, person_ids, details, now=now)


@contextmanager
def told_when_damaged(actor_ref: str, person_id: UUID, details: Details, *, now: datetime) -> Iterator[None]:
    """Say in the ledger, committed, that something of a person did not authenticate, and let it rise.

    Outside actions only: the row of a running action is taken back with it.
    """
    try:
        yield
    except Damaged:
        with transaction.atomic(durable=True):
            record(actor_ref, "vault.damaged", [person_id], {**details, "count": 1}, now=now)
        raise


def _installed() -> tuple[Permit, Log]:
    if "door" not in _hooks:
        raise NotInstalled("the vault has no policy and no ledger: access has not called door.install")
    return _hooks["door"]
