"""What this room adds to the worklist and the timeline of cases."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.cases.data import ConsentRef, TimelineItem, WorkGroup, WorkItem
from amparo.cases.withdrawals import Standing
from amparo.core.policy import Role
from amparo.referrals.data import STOPPED_STATES, ReferralLine, ReferralState, WaitingReferral
from amparo.referrals.queries import find_waiting, list_at_desk, list_on_consent, list_referrals, list_waiting

ANSWERS = {
    ReferralState.ACCEPTED: _("Referral accepted"),
    ReferralState.REJECTED: _("Referral not accepted"),
    ReferralState.DONE: _("Referral closed by the receiver"),
    ReferralState.REVOKED: _("Referral withdrawn"),
    ReferralState.EXPIRED: _("Referral expired without an answer"),
}
WAITING = _("Referral waiting for an answer")
SILENT = _("Referral without an answer after half its time")
TO_SIGN = _("Referral without consent, to sign or refuse")
TO_ANSWER = _("Referral to answer")
TO_CLOSE = _("Referral accepted, outcome to report")
TO_STOP = {
    ReferralState.REVOKED: _("Referral withdrawn: stop, and destroy what you noted"),
    ReferralState.EXPIRED: _("Referral expired: stop, and destroy what you noted"),
}


def list_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return what referrals ask of the actor, on both sides. Two queries."""
    received = [_received_item(line, now) for line in list_at_desk(actor, now=now)]
    sent = [item for line in list_waiting(actor) if (item := _sent_item(actor, line, now)) is not None]
    return sorted(received + sent, key=lambda item: (item.due_at, item.url))


def find_next_step(actor: Actor, person_id: UUID, now: datetime) -> WorkItem | None:
    """Return the referral about a person whose answer is due first. One query."""
    line = find_waiting(person_id)
    return _sent_item(actor, line, now) if line else None


def _received_item(line: WaitingReferral, now: datetime) -> WorkItem:
    url = reverse("referrals_received", args=[line.id])
    if line.state in STOPPED_STATES:
        return _item(line, TO_STOP[line.state], line.ended_at or line.sent_at, WorkGroup.NEW, url)
    label = TO_ANSWER if line.waits_for_answer else TO_CLOSE
    due_at = line.due_at if line.waits_for_answer else line.expires_at
    group = WorkGroup.OVERDUE if due_at < now else WorkGroup.DUE
    return _item(line, label, due_at, group, url)


def _sent_item(actor: Actor, line: WaitingReferral, now: datetime) -> WorkItem | None:
    url = reverse("referrals_sent", args=[line.code, line.id])
    if line.state is ReferralState.DRAFT:
        if Role.SUPERVISOR not in actor.roles or line.sent_by_id == actor.staff_id:
            return _item(line, TO_SIGN, line.due_at, WorkGroup.WAITING, url)
        return _item(line, TO_SIGN, line.due_at, WorkGroup.DUE, url)
    if line.state is ReferralState.IN_PROGRESS:
        if now < line.escalate_at:
            return _item(line, WAITING, line.due_at, WorkGroup.WAITING, url)
        is_mine = Role.SUPERVISOR in actor.roles or line.sent_by_id == actor.staff_id
        return _item(line, SILENT, line.escalate_at, WorkGroup.OVERDUE, url) if is_mine else None
    changed_at = line.ended_at or line.accepted_at or line.sent_at
    return _item(line, ANSWERS[line.state], changed_at, WorkGroup.NEW, url)


def _item(line: WaitingReferral, label: Promise, due_at: datetime, group: WorkGroup, url: str) -> WorkItem:
    """Return a worklist line. The receiver's side shows the reference in place of the case code."""
    return WorkItem(
        due_at=due_at,
        kind="referral",
        label=str(label),
        url=url,
        code=line.code or line.reference,
        person_id=line.person_id if line.code else None,
        group=group,
    )


def list_events(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    """Return what happened with a person's referrals. One query."""
    return [item for line in list_referrals(actor, person_id) for item in _events_of(line)]


def _events_of(line: ReferralLine) -> list[TimelineItem]:
    url = reverse("referrals_sent", args=[line.code, line.id])

    def event(at: datetime, step: str, label: Promise, by: str) -> TimelineItem:
        return TimelineItem(at, "referral", f"{label}: {line.receiver.agency}", by, f"{line.id}.{step}", url)

    sent = _("Referral proposed without consent") if line.state is ReferralState.DRAFT else _("Referral sent")
    events = [event(line.sent_at, "sent", sent, line.sent_by)]
    if line.accepted_at is not None:
        events.append(event(line.accepted_at, "accepted", ANSWERS[ReferralState.ACCEPTED], line.accepted_by))
    if line.ended_at is not None:
        events.append(event(line.ended_at, "ended", ANSWERS[line.state], line.answered_by))
    return events


def list_standing(actor: Actor, person_id: UUID, consent: ConsentRef) -> list[Standing]:
    """Return the referrals that a consent carries, or that ended with it. One query."""
    return [
        Standing(
            f"{_('Referral')} {line.reference}: {line.state_label}",
            f"{line.receiver.agency}: {line.receiver.unit}",
            reverse("referrals_sent", args=[line.code, line.id]),
        )
        for line in list_on_consent(actor, person_id, consent.id)
    ]
