"""When the reader last looked at a guide page, and which elements others answered since.

Nothing is written for this, and no cookie remembers it: a page that shows reasons is an opening, and
every opening is in the ledger already, before it is shown. The look before is the last opening of the
same file by the same person, for the same purpose, that is not part of the present visit. A visit is a
run of openings with less than ``VISIT_GAP`` between them, so that going from element to element does
not wear the marks off. Who reads with the file locked opens nothing, and sees no marks.

Reading one's own openings here is not a read of the ledger by a person: only a time leaves, about a
file that is open on the same page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from amparo.core.policy import Purpose
from amparo.ledger.queries import list_opening_times
from amparo.procedures.queries.assessing import Assessment
from amparo.vault.data import Compartment

VISIT_GAP = timedelta(minutes=30)


def find_last_look(
    actor_ref: str, code: str, purpose: Purpose, *, opened_at: datetime, is_open: bool, now: datetime
) -> datetime | None:
    """Return when the visit before this one ended, or ``None``: there was none, or the file is locked.

    A look at the file before the procedure was opened, at ``opened_at``, is no look at the procedure.
    One query while the file is open, none otherwise.
    """
    if not is_open:
        return None
    seen = list_opening_times(actor_ref, code, compartment=Compartment.NARRATIVE, purpose=purpose, before=now)
    return end_of_last_visit([at for at in seen if at >= opened_at], now)


def end_of_last_visit(seen: Iterable[datetime], now: datetime) -> datetime | None:
    """Return the first time, going back from ``now``, that lies more than a gap before the one after it."""
    later = now
    for at in seen:
        if later - at > VISIT_GAP:
            return at
        later = at
    return None


def changed_since(
    assessment: Assessment, since: datetime | None, reader_ref: str, now: datetime
) -> tuple[str, ...]:
    """Return the elements that others answered since then, or whose answer ran out, in guide order.

    What is read from records has no past here: it is shown as it stands and never marked.
    """
    if since is None:
        return ()
    found = []
    for element in assessment.guide.texts:
        said = assessment.findings.get(element, ())
        is_new = any(one.at > since and one.by != reader_ref for one in said)
        ran_out = any(
            one.until_date and since.date() <= one.until_date < now.date() for one in said if one.stands
        )
        if is_new or ran_out:
            found.append(element)
    return tuple(found)
