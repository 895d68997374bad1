"""What may be shared with one seat on one item, and why not: consent, and every rule of access."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from amparo.access.data import Actor
from amparo.cases.data import ConsentRef
from amparo.cases.queries import find_consents, get_coded_facts, list_needs, terms_of
from amparo.core.quorum import Standing
from amparo.core.sharing import Item as SharedItem
from amparo.core.sharing import SharingPlan, plan_extract
from amparo.panels.data.shapes import SeatLine
from amparo.panels.models import Item
from amparo.panels.queries.holders import Holders, read_holders
from amparo.vault.data import Json

CONSENT_PURPOSE = "PANEL"
READABLE_FOR = timedelta(days=30)
"""How long after the meeting an extract can be read: to sign, and to read the minutes. Our own number."""
ASKED_FOR = frozenset(
    {
        SharedItem.CASE_CODE,
        SharedItem.AGE_BAND,
        SharedItem.SEX_GENDER,
        SharedItem.LANGUAGE,
        SharedItem.NATIONALITY,
        SharedItem.NEEDS,
        SharedItem.STATUSES,
        SharedItem.STORY,
    }
)
"""Everything that an agenda extract can hold besides what the panel itself writes. Names never are."""
NO_CONSENT, NOT_THEIRS, NOT_TO_THEM = "NO_CONSENT", "NOT_THEIRS", "NOT_TO_THEM"


@dataclass(frozen=True, slots=True)
class Share:
    """What goes to one seat. ``why_not`` is "" when something may; a seat at home needs no plan."""

    seat: SeatLine
    is_home: bool
    plan: SharingPlan | None
    consent: ConsentRef | None
    expires_at: datetime
    why_not: str = ""


def plan_shares(actor: Actor, item: Item, seats: Iterable[SeatLine], *, now: datetime) -> list[Share]:
    """Return what may be shared with each of these seats, in their order. Five queries at most."""
    asked = list(seats)
    holders = read_holders(item, asked, now)
    consents = find_consents(
        actor,
        item.person_id,
        purpose=CONSENT_PURPOSE,
        recipient_unit_ids={seat.unit_id for seat in asked},
        as_of=now.date(),
    )
    return [_plan(item, seat, holders, consents.get(seat.unit_id), now) for seat in asked]


def _plan(item: Item, seat: SeatLine, holders: Holders, consent: ConsentRef | None, now: datetime) -> Share:
    is_home, until = holders.is_home(seat), item.meeting.held_at + READABLE_FOR
    if seat.standing == Standing.OBSERVER or not seat.holds_on(item.meeting.held_at.date()):
        return Share(seat, is_home, None, None, until, NOT_THEIRS)
    if not holders.may_receive(seat):
        return Share(seat, is_home, None, None, until, NOT_TO_THEM)
    if is_home:
        return Share(seat, True, None, None, until)
    return _plan_extract(seat, consent, until, now)


def _plan_extract(seat: SeatLine, consent: ConsentRef | None, until: datetime, now: datetime) -> Share:
    plan = plan_extract(
        ASKED_FOR,
        purpose=CONSENT_PURPOSE,
        recipient=seat.unit_id,
        terms=terms_of(consent) if consent else None,
        override=None,
        as_of=now.date(),
    )
    if consent is None or plan.last_day is None:
        return Share(seat, False, None, None, until, NO_CONSENT)
    end = datetime.combine(plan.last_day + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return Share(seat, False, plan, consent, min(end, until))


def facts_for(actor: Actor, item: Item, plan: SharingPlan, *, now: datetime) -> dict[str, Json]:
    """Return the coded facts that the plan includes, by item code; nothing that names. Four queries."""
    facts = get_coded_facts(actor, item.person_id, as_of=now.date())
    needs = [one for one in list_needs(actor, item.person_id, None) if one.state in {"OPEN", "PLANNED"}]
    told: dict[SharedItem, Json] = {
        SharedItem.AGE_BAND: facts.age_band,
        SharedItem.SEX_GENDER: facts.sex_gender,
        SharedItem.LANGUAGE: list(facts.languages),
        SharedItem.NATIONALITY: list(facts.nationalities),
        SharedItem.NEEDS: [need.code for need in needs],
        SharedItem.STATUSES: [f"{one.axis}:{one.code}" for one in facts.statuses if one.code],
    }
    return {str(part): value for part, value in told.items() if part in plan.included and value}
