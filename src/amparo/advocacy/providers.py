"""What advocacy adds to the worklist: commitments that fall due, for those who follow them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.access.pages import may_use
from amparo.advocacy.queries import list_open_commitments
from amparo.cases.data import WorkGroup, WorkItem

DUE = _("Commitment due")
AHEAD = timedelta(days=14)


def list_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the commitments that fall due within two weeks. One query, none without the right."""
    if actor.is_machine or not may_use(actor, "advocacy.edit_initiative"):
        return []
    items = []
    for line in list_open_commitments():
        due_at = datetime.combine(line.due_date, time(23, 59), tzinfo=UTC)
        if due_at - now > AHEAD:
            continue
        group = WorkGroup.OVERDUE if due_at < now else WorkGroup.WAITING
        url = reverse("advocacy_initiative", args=[line.initiative_id])
        items.append(WorkItem(due_at, "commitment", line.text, url, "", None, group, what=str(DUE)))
    return items
