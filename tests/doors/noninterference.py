"""Invisible means invisible: the same requests in a world with and without a person, byte for byte.

``observe`` makes the requests of one member and keeps what an onlooker would: status, headers and
body, with only CSRF tokens, nonces and the random ids of fresh forms blanked. ``assert_same`` compares
two worlds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from tests.people import Member

CHANGING = (
    re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}'),
    re.compile(rb'(nonce=")[A-Za-z0-9+/=_-]+'),
    re.compile(rb'(name="form_id" value=")[0-9a-f-]{36}'),
)
IGNORED_HEADERS = frozenset({"set-cookie", "date", "expires"})


@dataclass(frozen=True)
class Request:
    """One request: a path, and form data when it is sent."""

    path: str
    data: dict[str, Any] = field(default_factory=dict, hash=False)
    is_sent: bool = False


@dataclass(frozen=True)
class Seen:
    """What an onlooker sees of an answer."""

    request: Request
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def observe(member: Member, requests: Iterable[Request]) -> list[Seen]:
    """Make the requests as that member, signed in and unlocked, and keep what can be seen."""
    client = member.client(Client())
    return [look(client, request) for request in requests]


def look(client: Client, request: Request) -> Seen:
    """Make one request and keep what can be seen of the answer."""
    if request.is_sent:
        answer = client.post(request.path, request.data)
    else:
        answer = client.get(request.path, request.data)
    body = bytes(answer.content)
    for changing in CHANGING:
        body = changing.sub(rb"\1", body)
    headers = tuple(
        sorted((name, value) for name, value in answer.items() if name.lower() not in IGNORED_HEADERS)
    )
    return Seen(request, answer.status_code, headers, body)


def worlds(
    member: Member, requests: Iterable[Request], make_person: Callable[[], object]
) -> tuple[list[Seen], list[Seen]]:
    """Observe with the person, undo the making, and observe without."""
    requests = list(requests)
    with transaction.atomic():
        make_person()
        present = observe(member, requests)
        transaction.set_rollback(True)
    return present, observe(member, requests)


def assert_same(present: list[Seen], absent: list[Seen]) -> None:
    """Fail naming the first request whose answers differ, and where they begin to."""
    for one, other in zip(present, absent, strict=True):
        assert one.status == other.status, f"{one.request.path}: {one.status} != {other.status}"
        assert one.headers == other.headers, f"{one.request.path}: headers differ"
        if one.body != other.body:
            at = next(
                (
                    place
                    for place, pair in enumerate(zip(one.body, other.body, strict=False))
                    if pair[0] != pair[1]
                ),
                min(len(one.body), len(other.body)),
            )
            raise AssertionError(
                f"{one.request.path}: {one.body[at - 40 : at + 80]!r} != {other.body[at - 40 : at + 80]!r}"
            )
