"""The minutes of a meeting as plain data, in one language: only what their reader may see, by codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.cases.data import TaskKind
from amparo.core.quorum import Standing
from amparo.panels.data import AnswerCode, BodyKind, MeetingState, Stance, Vote, WishesHow
from amparo.panels.data.codes import word_of
from amparo.panels.data.shapes import DecisionView, ItemSeat, ItemView, MeetingLine, PresentSeat
from amparo.panels.models import Declaration, Item
from amparo.panels.queries.items import READ, get_item_of_file, make_view
from amparo.panels.queries.meetings import get_meeting_page, list_present
from amparo.panels.queries.rulings import absence_words
from amparo.panels.queries.sitting import sittings_of
from amparo.panels.queries.words import open_as_member, open_in_file
from amparo.procedures.data.words import label_of
from amparo.procedures.queries.law_lists import law_of_procedures
from amparo.vault.data import Veiled
from amparo.vault.door import PlainUse, plain


def get_minutes(actor: Actor, meeting_id: UUID, *, language: str, now: datetime) -> dict[str, Any]:
    """Return the content of the minutes as JSON-able data. Raises Unknown.

    Cases on which the reader neither sits nor works are not in it, and nothing says that there are more.
    Each case is opened, which the ledger records; in locked mode its words are withheld.
    """
    page = get_meeting_page(actor, meeting_id, language=language, now=now)
    items = _items(actor, meeting_id, language, now)
    topics = [{"title": one.title, "outcome": one.outcome or _("Nothing recorded.")} for one in page.topics]
    said = {
        "title": _("Minutes: %(body)s") % {"body": page.meeting.body_name},
        "subtitle": _("Cases stand here by their codes. Only what the reader may see is printed."),
        "topics": topics,
    }
    return said | _content(actor, page.meeting, page.seats, items, language, now)


def get_extract(
    actor: Actor, person_id: UUID, item_id: UUID, *, language: str, now: datetime
) -> dict[str, Any]:
    """Return what the minutes say of one case, for whoever works on its file. Raises Unknown.

    The attendance and that case, and nothing else of the meeting. It is opened, which the ledger records; in
    locked mode its words are withheld.
    """
    item = get_item_of_file(actor, person_id, item_id, language=language, now=now)
    said = {
        "title": _("Extract of the minutes: %(body)s") % {"body": item.meeting.body_name},
        "subtitle": _("One case, by its code, and who was there. Nothing else of the meeting is printed."),
        "topics": [],
    }
    return said | _content(actor, item.meeting, list_present(item.meeting), [item], language, now)


def _content(
    actor: Actor,
    meeting: MeetingLine,
    seats: Iterable[PresentSeat],
    items: list[ItemView],
    language: str,
    now: datetime,
) -> dict[str, Any]:
    return {
        "language": language,
        "file_name": f"minutes-{localtime(meeting.held_at):%Y-%m-%d}",
        "printed_by": actor.name,
        "particulars": [
            {"label": label, "value": value}
            for label, value in (
                (_("Body"), f"{meeting.body_name} ({word_of(BodyKind, meeting.body_kind)})"),
                (_("Held"), _moment(meeting.held_at)),
                (_("State"), word_of(MeetingState, meeting.state)),
                (_("Notice"), _notice(meeting)),
                (_("Printed"), f"{_moment(now)}, {actor.name}"),
            )
        ],
        "attendance": [_attendance(one) for one in seats],
        "law": law_of_procedures((one.procedure_id for one in items), language),
        "items": [_item(one, language) for one in items],
        "words": _words(),
    }


def _items(actor: Actor, meeting_id: UUID, language: str, now: datetime) -> list[ItemView]:
    """Return the cases of the reader: those on which they sit, and those of files that they work on."""
    found: dict[UUID, ItemView] = {}
    said = Declaration.objects.filter(item_id=OuterRef("item_id"), seat_id=OuterRef("seat_id"))
    for sitting in sittings_of(actor.as_of(now)).filter(Exists(said), item__meeting_id=meeting_id):
        words = open_as_member(actor, sitting, now=now)
        found[sitting.item_id] = make_view(sitting.item, words, language=language, now=now)
    rows = Item.objects.where(actor, READ).filter(meeting_id=meeting_id)
    for row in rows.select_related("person", "procedure", "meeting__body__unit").order_by("added_at", "id"):
        if row.id not in found:
            words = open_in_file(actor, row.person_id, now=now)
            found[row.id] = make_view(row, words, language=language, now=now)
    return sorted(found.values(), key=lambda one: one.code)


def _notice(meeting: MeetingLine) -> str:
    told = {"day": _moment(meeting.convened_at), "count": meeting.notice_days}
    return _("given on %(day)s, %(count)d days before") % told


def _attendance(one: PresentSeat) -> dict[str, str]:
    said = {None: _("not recorded"), True: _("present"), False: _("absent")}
    return {
        "name": one.seat.name,
        "agency": one.seat.agency_name,
        "standing": word_of(Standing, one.seat.standing),
        "present": said[one.is_present],
    }


def _item(item: ItemView, language: str) -> dict[str, Any]:
    decision = item.decision
    again = item.ruling.ruling.again_sorted if item.ruling else []
    return {
        "again": [label_of("again", one, language) for one in again],
        "title": f"{item.code} · {item.title}",
        "stage": item.stage,
        "quorum": [_quorum(one) for one in item.seats],
        "is_quorate": _("There was a quorum.") if _was_quorate(item) else _("There was no quorum."),
        "wishes": _text(item.wishes.words) if item.wishes else _("Not recorded."),
        "wishes_how": word_of(WishesHow, item.wishes.how) if item.wishes else "",
        "options": [
            {
                "label": one.label,
                "for": _text(one.for_it),
                "against": _text(one.against_it),
                "stances": [f"{each.agency}: {word_of(Stance, each.stance)}" for each in one.stances],
            }
            for one in item.options
        ],
        "views": [{"by": f"{one.name}, {one.agency}", "text": _text(one.words)} for one in item.views],
        "decision": _decision(decision) if decision else None,
    }


def _was_quorate(item: ItemView) -> bool:
    is_settled = item.decision is not None and item.decision.is_in_force
    return is_settled or item.shortfall.is_quorate


def _quorum(one: ItemSeat) -> dict[str, str]:
    says = absence_words(one) or _("Counts")
    return {"name": one.seat.name, "agency": one.seat.agency_name, "says": says}


def _decision(decision: DecisionView) -> dict[str, Any]:
    in_force = decision.in_force_at
    state = _("In force since %(day)s.") % {"day": _moment(in_force)} if in_force else _("Not in force.")
    approval = ""
    if decision.approved_at is not None:
        told = {"who": decision.approved_by, "day": _moment(decision.approved_at)}
        approval = _("Approved by %(who)s on %(day)s.") % told
    return {
        "options": [label for _code, label in decision.options],
        "state": state,
        "approval": approval,
        "reasons": _text(decision.reasons),
        "without": _text(decision.why_without) if decision.decides_without else "",
        "conditions": _text(decision.conditions, none=_("None.")),
        "review": _day(decision.review_date),
        "written": _("Written by %(who)s on %(day)s.")
        % {"who": decision.author_name, "day": _moment(decision.recorded_at)},
        "ballots": [
            {
                "by": f"{one.name}, {one.agency}",
                "vote": word_of(Vote, one.vote),
                "at": _moment(one.at),
                "text": _text(one.words) if one.vote == Vote.DISSENTS else "",
            }
            for one in decision.ballots
        ],
        "tasks": [f"{_task(one.kind)}, {_day(localtime(one.due_at).date())}" for one in decision.tasks],
        "answers": [
            {
                "said": f"{word_of(AnswerCode, one.answer)}, {_moment(one.at)}",
                "text": _text(one.words, none=""),
            }
            for one in decision.answers
        ],
    }


def _task(kind: str) -> str:
    names = {
        TaskKind.CALL: _("Call"),
        TaskKind.MEET: _("Meet"),
        TaskKind.DOCUMENT: _("Document"),
        TaskKind.FOLLOW_UP: _("Follow-up"),
        TaskKind.REVIEW: _("Review of the plan"),
        TaskKind.OTHER: _("Other"),
    }
    return names[TaskKind(kind)]


def _text(words: Veiled | None, *, none: str | None = None) -> str:
    if words is None:
        return _("Withheld, or nothing was written.") if none is None else none
    return str(plain(words, PlainUse.DOCUMENT))


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _words() -> dict[str, Any]:
    return {
        "watermark": _("Confidential: for those who sit on the panel and those who work on the file"),
        "attendance": _("Attendance"),
        "attendance_columns": [_("Name"), _("Agency"), _("Sits as"), _("Attendance")],
        "topics": _("General points"),
        "items": _("Cases"),
        "no_items": _("No case that the reader may see was on the agenda."),
        "stage": _("Stage"),
        "quorum": _("Quorum"),
        "quorum_columns": [_("Name"), _("Agency"), _("On this case")],
        "wishes": _("The wishes of the person"),
        "options": _("Options side by side"),
        "option_columns": [_("Option"), _("In its favour"), _("Against it"), _("Agencies")],
        "views": _("Views of the agencies"),
        "decision": _("Decision"),
        "no_decision": _("Nothing was decided."),
        "reasons": _("Reasons"),
        "conditions": _("Conditions"),
        "without": _("Decided without the guide"),
        "again": _("Since then"),
        "signatures": _("Signatures"),
        "signature_columns": [_("Name"), _("Vote"), _("Signed")],
        "dissent": _("Dissent"),
        "tasks": _("Tasks that follow"),
        "review": _("Day of review"),
        "answer": _("The person's answer"),
        "none": _("None."),
    }
