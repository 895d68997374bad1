"""What a procedure still needs from its panel, in words. Registered with ``procedures.rulings``."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amparo.core.quorum import Absence, Shortfall
from amparo.panels.data import Vote
from amparo.panels.data.codes import word_of
from amparo.panels.data.shapes import ItemSeat
from amparo.panels.models import Ballot, Decision, Item, Wishes
from amparo.panels.queries.sitting import list_item_seats, panel_of, shortfall_on
from amparo.procedures.data.words import label_of
from amparo.procedures.queries.stands import get_stand
from amparo.vault.signatures import is_signed_by


def list_missing(procedure_id: UUID, now: datetime) -> tuple[str, ...]:
    """Return what is missing for a decision in force; empty when there is one that was not used yet."""
    used_at = get_stand(procedure_id).decided_at
    standing = Decision.objects.filter(
        procedure_id=procedure_id, withdrawn_at=None, in_force_at__isnull=False
    )
    items = Item.objects.select_related("person", "procedure", "meeting").filter(procedure_id=procedure_id)
    if used_at is not None:
        standing, items = standing.filter(in_force_at__gt=used_at), items.filter(added_at__gt=used_at)
    if standing.exists():
        return ()
    item = items.order_by("-meeting__held_at", "-id").first()
    if item is None:
        return (_("the agenda of a meeting of the panel"),)
    return missing_on(item, now)


def missing_on(item: Item, now: datetime) -> tuple[str, ...]:
    """Return what one item still needs for a decision in force, in the order in which it is done."""
    seats = list_item_seats(item, now)
    decision = find_decision(item)
    if decision is not None and decision.in_force_at is not None:
        return ()
    lines: list[str] = []
    if not Wishes.objects.filter(item=item).exists():
        lines.append(_("the wishes of the person"))
    if decision is None:
        return (*lines, *words_of(shortfall_on(panel_of(item), seats)), _("a decision with its reasons"))
    signed, agreed = count_votes(decision, seats)
    lines += [
        _("signatures of the decision: %(what)s") % {"what": line}
        for line in words_of(shortfall_on(panel_of(item), signed))
    ]
    if signed and 2 * agreed <= len(signed):
        lines.append(_("the agreement of more than half of those who signed"))
    if decision.needs_approval and decision.approved_at is None:
        lines.append(_("the approval of a supervisor who did not write it"))
    return tuple(lines)


def find_decision(item: Item) -> Decision | None:
    """Return the decision that stands on an item. One query."""
    found: Decision | None = Decision.objects.filter(item=item, withdrawn_at=None).first()
    return found


def signed_content(digest: str, vote: str) -> bytes:
    return f"panel-decision|{vote}|{digest}".encode()


def count_votes(decision: Decision, seats: tuple[ItemSeat, ...]) -> tuple[list[ItemSeat], int]:
    """Return the seats that signed and count, each signature verified, and how many of them agree."""
    votes = {
        one.seat_id: one.vote
        for one in Ballot.objects.filter(decision=decision).order_by("at", "id")
        if is_signed_by(one.staff_id, signed_content(decision.digest, one.vote), bytes(one.signature))
    }
    signed = [one for one in seats if one.counts and one.seat.id in votes]
    return signed, sum(votes[one.seat.id] == Vote.AGREES for one in signed)


def words_of(shortfall: Shortfall) -> list[str]:
    """Say what is missing for a quorum."""
    language = (get_language() or "es")[:2]
    lines = []
    if shortfall.members:
        words = ngettext("%(count)d more member", "%(count)d more members", shortfall.members)
        lines.append(words % {"count": shortfall.members})
    lines += [
        _("somebody who sits for an agency of this kind: %(kind)s")
        % {"kind": label_of("agency_kind", kind, language)}
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
