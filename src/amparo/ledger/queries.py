"""Reads of the ledger. A read by a person is itself recorded, before anything is returned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
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
    """Return a page of entries, newest first; record the read first. Two
    queries, three where a subject is asked for.

    ``after`` is the ``next`` of the page before, "" for the first. A malformed one raises ``ValueError``.
    """
    record(reader_ref, "ledger.read", subject=filters.subject, details={"filters": filters.names()}, now=now)
    return _page(filters, after, min(limit, LARGEST_PAGE))


def entries_about(
    reader_ref: str, code: str, *, now: datetime, after: str = "", limit: int = 50
) -> EntryPage:
    """Return a page of what was recorded about one case; the read is recorded. Three queries."""
    return list_entries(reader_ref, Filters(subject=code), now=now, after=after, limit=limit)


def list_openings(
    reader_ref: str, code: str, *, now: datetime, after: str = "", limit: int = 50
) -> EntryPage:
    """Return a page of who opened or was sent what of one case; the read is recorded. Three queries."""
    return list_entries(
        reader_ref, Filters(subject=code, openings_only=True), now=now, after=after, limit=limit
    )


def count_since(actor_ref: str, verb: str, since: datetime) -> int:
    """Count an actor's entries of one kind, for rate limits; not a read by a person. One query."""
    return Entry.objects.filter(actor_ref=actor_ref, verb=verb, at__gte=since).count()


def count_subjects(verb: str, since: datetime) -> int:
    """Count the different files that entries of one kind are about; not a read by a person. Three queries.

    Of a list too long to name its files the entry holds only their number: at least so many there are.
    """
    entries = Entry.objects.filter(verb=verb, at__gte=since)
    named = set(entries.exclude(subject="").values_list("subject", flat=True))
    named.update(Mention.objects.filter(entry__in=entries).values_list("subject", flat=True))
    counts = (
        details.get("count") for details in entries.filter(subject="").values_list("details", flat=True)
    )
    return max([len(named), *(count for count in counts if isinstance(count, int))])


def list_opening_times(
    actor_ref: str, subject: str, *, compartment: str, purpose: str, before: datetime
) -> list[datetime]:
    """Return when an actor opened that part of one file for that purpose, latest first, at most 200 back.

    For the actor's own page, about what it opens anyway; not a read by a person. One query.
    """
    found = Entry.objects.filter(actor_ref=actor_ref, subject=subject, verb=OPENING_PREFIX, at__lt=before)
    rows = found.order_by("-at", "-id").values_list("at", "details")[:LARGEST_PAGE]
    return [
        at
        for at, details in rows
        if details.get("purpose") == purpose and compartment in list_of(details.get("compartments"))
    ]


def last_openings(actor_ref: str, subjects: Collection[str], *, compartment: str) -> dict[str, datetime]:
    """Return when an actor last opened that part of each of these files, of those they did.

    For the actor's own worklist; not a read by a person. One query, none without subjects.
    """
    if not subjects:
        return {}
    found = Entry.objects.filter(actor_ref=actor_ref, subject__in=list(subjects), verb=OPENING_PREFIX)
    rows = found.order_by("at", "id").values_list("subject", "at", "details")
    return {
        subject: at for subject, at, details in rows if compartment in list_of(details.get("compartments"))
    }


def list_of(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def get_state() -> LedgerState:
    """Return the newest checkpoint's size and time, for the health page. One query."""
    newest = Checkpoint.objects.order_by("-size").values_list("size", "at").first()
    return LedgerState(0, None) if newest is None else LedgerState(*newest)


def knows(code: str) -> bool:
    """Say whether anything was ever recorded about a case code. Two queries."""
    return Entry.objects.filter(subject=code).exists() or Mention.objects.filter(subject=code).exists()


def opening_ids(code: str) -> list[UUID]:
    """Return the entries about who opened or was sent what of one case, in no order. Two queries."""
    asked = Filters(subject=code, openings_only=True)
    own = Entry.objects.filter(_conditions(asked), subject=code).values_list("id", flat=True)
    among = Mention.objects.filter(_conditions(asked, "entry__"), subject=code).values_list(
        "entry_id", flat=True
    )
    return list({*own, *among})


def _conditions(filters: Filters, path: str = "") -> Q:
    """Return every condition but that on the subject, for entries or for what points at them by ``path``."""
    equal = {"actor_ref": filters.actor_ref, "verb": filters.verb}
    since = {"at__gte": filters.from_at, "at__lt": filters.until_at}
    found = Q(**{f"{path}{name}": value for name, value in {**equal, **since}.items() if value})
    if filters.openings_only:
        found &= Q(**{f"{path}verb__startswith": OPENING_PREFIX}) | Q(**{f"{path}verb__in": SHARING_VERBS})
    return found


def _page(filters: Filters, after: str, limit: int) -> EntryPage:
    place = _read_place(after) if after else None
    found = Entry.objects.filter(_conditions(filters))
    if filters.subject:
        found = found.filter(subject=filters.subject)
        mentions = Mention.objects.filter(_conditions(filters, "entry__"), subject=filters.subject)
        among = _newest(mentions, "entry_id", "entry__", place, limit)
    else:
        among = {}
    lines = _newest(found, "id", "", place, limit) | among
    ordered = sorted(lines.values(), key=lambda line: (line.at, line.id), reverse=True)
    kept = tuple(ordered[:limit])
    return EntryPage(kept, _write_place(kept[-1]) if len(ordered) > limit else "")


def _newest(
    found: QuerySet[Any], key: str, path: str, place: tuple[datetime, UUID] | None, limit: int
) -> dict[UUID, EntryLine]:
    """Return one entry more than ``limit``, newest first, past ``place``."""
    if place is not None:
        at, entry_id = place
        found = found.filter(Q(at__lt=at) | Q(at=at, **{f"{key}__lt": entry_id}), at__lte=at)
    columns = (key, *(f"{path}{name}" for name in ("at", "actor_ref", "verb", "subject", "details")))
    rows = found.order_by("-at", f"-{key}").values_list(*columns)[: limit + 1]
    return {row[0]: EntryLine(*row) for row in rows}


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
