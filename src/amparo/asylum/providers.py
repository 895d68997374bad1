"""What advisory opinions add to the worklist."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.asylum.data import OpinionLine
from amparo.asylum.queries import list_due
from amparo.cases.data import WorkGroup, WorkItem

TO_GIVE = _("Advisory opinion to give")
WAITING = _("Advisory opinion asked for")
TO_READ = _("Opinion to read again before it is registered")


def list_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the open requests of the actor's units, and answers to read again. At most two queries."""
    return [_item(line, now) for line in list_due(actor)]


def _item(line: OpinionLine, now: datetime) -> WorkItem:
    due_at = datetime.combine(line.due_date, time(23, 59), tzinfo=UTC)
    is_waiting = line.is_asker and line.is_open
    group = WorkGroup.OVERDUE if due_at < now else WorkGroup.WAITING if is_waiting else WorkGroup.DUE
    label = TO_READ if line.is_draft else WAITING if line.is_asker else TO_GIVE
    return WorkItem(
        due_at=due_at,
        kind="opinion",
        label=str(label),
        url=reverse("asylum_request", args=[line.id]),
        code=line.reference,
        person_id=None,
        group=group,
    )
