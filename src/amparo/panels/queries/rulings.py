"""What a procedure still needs from its panel, in words. Registered with ``procedures.rulings``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.core.quorum import Absence, Shortfall
from amparo.panels.data import Vote
from amparo.panels.data.codes import word_of
from amparo.panels.data.shapes import ItemSeat
from amparo.panels.models import Ballot, Decision, Item, Wishes
from amparo.panels.queries.sitting import list_item_seats, panel_of, shortfall_on
from amparo.procedures.data.rulings import Ruling
from amparo.procedures.data.words import label_of, language_of
from amparo.procedures.queries.basis import Basis, find_basis, list_answered_since
from amparo.procedures.queries.rulings import labels_of
from amparo.procedures.queries.stands import get_stand
from amparo.vault.signatures import are_signed_by


def list_missing(procedure_id: UUID, ruling: Ruling | None, now: datetime) -> tuple[str, ...]:
    """Return what is missing for a decision on which a stage can be entered; empty when there is one.

    That is the latest in force, ``ruling``, not used yet, after which nothing came that asks the panel to
    look again.
    """
    if ruling is not None and ruling.opens_stage:
        return ()
    used_at = get_stand(procedure_id).decided_at
    items = Item.objects.select_related("person", "procedure", "meeting").filter(procedure_id=procedure_id)
    if used_at is not None:
        items = items.filter(added_at__gt=used_at)
    item = items.order_by("-meeting__held_at", "-id").first()
    if item is None:
        return (_("the agenda of a meeting of the panel"),)
    return missing_on(item, now) or _again_words(ruling)


def _again_words(ruling: Ruling | None) -> tuple[str, ...]:
    """Say that the panel looks again, and why."""
    reasons = ruling.again_sorted if ruling else []
    said = "; ".join(label_of("again", reason, language_of()) for reason in reasons)
    return (_("another look of the panel at its decision: %(why)s") % {"why": said},)


def missing_on(item: Item, now: datetime) -> tuple[str, ...]:
    """Return what one item still needs for a decision in force, in the order in which it is done."""
    decision = find_decision(item)
    if decision is not None and decision.in_force_at is not None:
        return ()
    seats = list_item_seats(item, now)
    if decision is not None:
        return missing_to_force(item, decision, count_votes(decision, seats))
    lines = () if Wishes.objects.filter(item=item).exists() else (_("the wishes of the person"),)
    return (*lines, *missing_to_decide(item, seats, find_gaps(item, now)))


def missing_to_decide(item: Item, seats: tuple[ItemSeat, ...], gaps: tuple[str, ...]) -> tuple[str, ...]:
    """Return what an item needs between the wishes and a written decision. No query."""
    lines = words_of(shortfall_on(panel_of(item), seats))
    if gaps:
        told = {"what": ", ".join(gaps)}
        lines.append(_("the guide (%(what)s), or the panel's words why it decides without it") % told)
    return (*lines, _("a decision with its reasons"))


def missing_to_force(item: Item, decision: Decision, votes: Votes) -> tuple[str, ...]:
    """Return what a written decision still needs to be in force. Two queries."""
    lines = [
        _("signatures of the decision: %(what)s") % {"what": line}
        for line in words_of(shortfall_on(panel_of(item), votes.signed))
    ]
    if votes.signed and 2 * votes.agreed <= len(votes.signed):
        lines.append(_("the agreement of more than half of those who signed"))
    if decision.needs_approval and decision.approved_at is None:
        lines.append(_("the approval of a supervisor who neither wrote nor signed it"))
    if list_answered_since(item.procedure, decision.recorded_at):
        lines.append(_("the decision written anew, because new facts came after it was written"))
    return tuple(lines)


def find_gaps(item: Item, now: datetime) -> tuple[str, ...]:
    """Return in words what the guide lacks to carry a decision on an item; empty where it does."""
    basis = find_basis(item.procedure, now)
    return () if basis.carries else basis_words(item, basis)


def basis_words(item: Item, basis: Basis) -> tuple[str, ...]:
    """Name what the guide lacks. It may be answered and say otherwise."""
    labels = labels_of(item.procedure, basis.open_elements, language_of())
    return labels or (_("its answers say otherwise"),)


def find_decision(item: Item) -> Decision | None:
    """Return the decision that stands on an item. One query."""
    found: Decision | None = Decision.objects.filter(item=item, withdrawn_at=None).first()
    return found


def signed_content(digest: str, vote: str) -> bytes:
    return f"panel-decision|{vote}|{digest}".encode()


@dataclass(frozen=True, slots=True)
class Votes:
    """The seats that signed and count, each signature verified, and how many of them agree."""

    signed: tuple[ItemSeat, ...]
    agreed: int


def count_votes(decision: Decision, seats: tuple[ItemSeat, ...]) -> Votes:
    """Return the votes of a decision that count now. Two queries, however many signed."""
    ballots = list(Ballot.objects.filter(decision=decision).order_by("at", "id"))
    claims = [
        (one.staff_id, signed_content(decision.digest, one.vote), bytes(one.signature)) for one in ballots
    ]
    verified = are_signed_by(claims)
    votes = {one.seat_id: one.vote for one, holds in zip(ballots, verified, strict=True) if holds}
    signed = tuple(one for one in seats if one.counts and one.seat.id in votes)
    return Votes(signed, sum(votes[one.seat.id] == Vote.AGREES for one in signed))


def words_of(shortfall: Shortfall) -> list[str]:
    """Say what is missing for a quorum."""
    lines = []
    if shortfall.members:
        words = ngettext("%(count)d more member", "%(count)d more members", shortfall.members)
        lines.append(words % {"count": shortfall.members})
    lines += [
        _("somebody who sits for an agency of this kind: %(kind)s")
        % {"kind": label_of("agency_kind", kind, language_of())}
        for kind in shortfall.kinds
    ]
    if shortfall.non_state:
        words = ngettext(
            "%(count)d more member of an agency that answers to no State",
            "%(count)d more members of agencies that answer to no State",
            shortfall.non_state,
        )
        lines.append(words % {"count": shortfall.non_state})
    if shortfall.too_many:
        words = ngettext(
            "%(count)d member less, because so many may not decide",
            "%(count)d members less, because so many may not decide",
            shortfall.too_many,
        )
        lines.append(words % {"count": shortfall.too_many})
    return lines


def quorum_sentence(shortfall: Shortfall) -> str:
    """Say in one sentence what is missing for a quorum."""
    if shortfall.is_quorate:
        return ""
    *most, last = words_of(shortfall)
    needed = _("%(these)s and %(last)s") % {"these": ", ".join(most), "last": last} if most else last
    return _("For a quorum the panel still needs %(what)s.") % {"what": needed}


def absence_words(seat: ItemSeat) -> str:
    """Say why a seat does not count on an item; "" when it does."""
    if seat.absence is None:
        return ""
    if seat.absence is Absence.NOT_PRESENT and seat.is_awaited:
        return _("Not yet: attendance is recorded at the meeting")
    if seat.absence is Absence.RECUSED and seat.recused_by:
        return _("Set aside by %(who)s") % {"who": seat.recused_by}
    return word_of(Absence, seat.absence)
