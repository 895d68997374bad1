"""Requests that two people sign: the list, and one in full."""

from __future__ import annotations

import json
from itertools import islice
from uuid import UUID

from amparo.access.data import Actor, RequestDetail, RequestLine
from amparo.access.liftings import Paper, list_papers
from amparo.access.models import Countersign
from amparo.access.scoping.filters import scopes_where
from amparo.core.policy import RecordFacts, decide
from amparo.core.refusal import Unknown
from amparo.core.rights import ABOUT_A_RECORD, get_right

CARRIED_OUT_HERE = frozenset({"access.unseal_case", "access.lift_firewall"})
"""Requests that a page carries out; the others end where they began, at the command line."""

_COLUMNS = ("id", "right", "code", "proposed_by_id", "proposed_by__name", "proposed_at", "confirmed_at")


def list_requests(actor: Actor) -> list[RequestLine]:
    """Return the two-person requests that the actor may confirm or, once confirmed, carry out.

    At most 200 of those, counted after the others were left out: their number must tell nothing.
    """
    rows = Countersign.objects.filter(used_at=None, expires_at__gt=actor.at).order_by("proposed_at", "id")
    lines = (RequestLine(*row) for row in rows.values_list(*_COLUMNS).iterator(chunk_size=200))
    return list(islice((line for line in lines if _may_sign(actor, line)), 200))


def get_request(actor: Actor, request_id: UUID) -> RequestDetail:
    """Return one request, also when it is used or ran out.

    Raises ``Unknown`` where it is not the actor's to sign.
    """
    rows = Countersign.objects.filter(id=request_id)
    row = rows.values_list(*_COLUMNS, "confirmed_by__name", "used_at", "expires_at", "request").first()
    line = RequestLine(*row[:7]) if row else None
    if row is None or line is None or not _may_sign(actor, line):
        raise Unknown
    confirmed_by, used_at, expires_at, request = row[7:]
    told: dict[str, str] = json.loads(request)["arguments"]
    consent, advice = _labels(actor, told) if "consent_id" in told else ("", "")
    return RequestDetail(
        line=line,
        confirmed_by=confirmed_by or "",
        used_at=used_at,
        expires_at=expires_at,
        state=told.get("state", ""),
        consent=consent,
        advice=advice,
        is_carried_out_here=line.right in CARRIED_OUT_HERE,
    )


def _labels(actor: Actor, told: dict[str, str]) -> tuple[str, str]:
    papers = list_papers(actor, UUID(told["person_id"]), actor.at)
    return _label(papers.consents, told["consent_id"]), _label(papers.advices, told["advice_id"])


def _label(papers: tuple[Paper, ...], wanted: str) -> str:
    return next((f"{paper.label}, {paper.on.isoformat()}" for paper in papers if str(paper.id) == wanted), "")


def _may_sign(actor: Actor, line: RequestLine) -> bool:
    right = get_right(line.right)
    if right.reach in ABOUT_A_RECORD:
        return scopes_where(actor, line.right).filter(code=line.code).exists()
    return decide(actor.facts(), RecordFacts(roles_here=actor.roles), line.right).allowed
