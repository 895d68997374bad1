"""Reads of the ledger. A read by a person is itself recorded, before anything is returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.ledger.data import EntryLine, EntryPage
from amparo.ledger.models import Checkpoint, Entry, Mention
from amparo.ledger.record import record

LARGEST_PAGE = 200
OPENING_PREFIX = "vault.open"
SHARING_VERBS = ("vault.seal_extract", "vault.read_file", "access.break_glass")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked for; "" or ``None`` leaves a condition out. Times are a half-open range."""

    subject: str = ""
    actor_ref: str = ""
    verb: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None
    openings_only: bool = False

    def names(self) -> list[str]:
        """Return the names of the conditions that were used, for the entry about the read."""
        return [name for name in self.__slots__ if getattr(self, name)]


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Where the ledger stands: the newest checkpoint, if any."""

    size: int
    sealed_at: datetime | None


def list_entries(
    reader_ref: str, filters: Filters, *, now: datetime, after: str = "", limit: int = 50
) -> EntryPage:
    """Return a page of entries, newest first; record the read first. Two queries.

    ``after`` is the ``next`` of the page before, "" for the first. A malformed one raises ``ValueError``.
    """
    record(reader_ref, "ledger.read", subject=filters.subject, details={"filters": filters.names()}, now=now)
    return _page(matching(filters), after, min(limit, LARGEST_PAGE))


def entries_about(
    reader_ref: str, code: str, *, now: datetime, after: str = "", limit: int = 50
) -> EntryPage:
    """Return a page of what was recorded about one case; the read is recorded. Two queries."""
    return list_entries(reader_ref, Filters(subject=code), now=now, after=after, limit=limit)


def list_openings(
    reader_ref: str, code: str, *, now: datetime, after: str = "", limit: int = 50
) -> EntryPage:
    """Return a page of who opened or was sent what of one case; the read is recorded. Two queries."""
    return list_entries(
        reader_ref, Filters(subject=code, openings_only=True), now=now, after=after, limit=limit
    )


def count_since(actor_ref: str, verb: str, since: datetime) -> int:
    """Count an actor's entries of one kind, for rate limits; not a read by a person. One query."""
    return Entry.objects.filter(actor_ref=actor_ref, verb=verb, at__gte=since).count()


def get_state() -> LedgerState:
    """Return the newest checkpoint's size and time, for the health page. One query."""
    newest = Checkpoint.objects.order_by("-size").values_list("size", "at").first()
    return LedgerState(0, None) if newest is None else LedgerState(*newest)


def matching(filters: Filters) -> QuerySet[Entry]:
    """Return the entries that meet every condition, in no order."""
    found = Entry.objects.all()
    if filters.subject:
        mentioned = Mention.objects.filter(subject=filters.subject).values("entry_id")
        found = found.filter(Q(subject=filters.subject) | Q(id__in=mentioned))
    if filters.actor_ref:
        found = found.filter(actor_ref=filters.actor_ref)
    if filters.verb:
        found = found.filter(verb=filters.verb)
    if filters.from_at:
        found = found.filter(at__gte=filters.from_at)
    if filters.until_at:
        found = found.filter(at__lt=filters.until_at)
    if filters.openings_only:
        found = found.filter(Q(verb__startswith=OPENING_PREFIX) | Q(verb__in=SHARING_VERBS))
    return found


def _page(found: QuerySet[Entry], after: str, limit: int) -> EntryPage:
    if after:
        at, entry_id = _read_place(after)
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=entry_id))
    columns = ("id", "at", "actor_ref", "verb", "subject", "details")
    rows = list(found.order_by("-at", "-id").values_list(*columns)[: limit + 1])
    lines = tuple(EntryLine(*row) for row in rows[:limit])
    return EntryPage(lines, _write_place(lines[-1]) if len(rows) > limit else "")


def _write_place(line: EntryLine) -> str:
    since_epoch = line.at - datetime(1970, 1, 1, tzinfo=UTC)
    microseconds = (since_epoch.days * 86400 + since_epoch.seconds) * 10**6 + since_epoch.microseconds
    return f"{microseconds:x}-{line.id.hex}"


def _read_place(text: str) -> tuple[datetime, UUID]:
    microseconds, _dash, entry_id = text.partition("-")
    try:
        seconds, rest = divmod(int(microseconds, 16), 10**6)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), UUID(entry_id)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError("this is not the place of a page of the ledger") from error
