"""Reading an instrument against the checklist, and drafting what it lacks."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.access.public_texts import NOTES, require_nobody
from amparo.advocacy.data import PUBLIC_TEXTS, CitedElsewhere, NoSuchRow, NothingCited, UnknownCitation
from amparo.advocacy.models import DraftWording, GapReading
from amparo.advocacy.queries import list_instruments
from amparo.advocacy.queries.gaps import list_countries
from amparo.doctrine.gaps import Value
from amparo.doctrine.registry import list_checklist
from amparo.library.data import Provision
from amparo.library.queries import find_entry


@action("advocacy.assess")
def record_reading(
    actor: Actor,
    *,
    now: datetime,
    country: str,
    instrument: str,
    row: str,
    value: Value,
    citations: tuple[str, ...],
    text: str,
    version: int,
) -> int:
    """Record what an instrument says on a row, and return its version. Earlier readings stay.

    ``version`` is that of the reading that was shown, 0 for doctrine's or none.
    """
    _require_row(country, row)
    require_law_alone(actor, now=now, text=text)
    if instrument not in {one.key for one in list_instruments(country, "es")}:
        raise NoSuchRow
    if value is not Value.NOT_ASSESSED and not citations:
        raise NothingCited
    for key in citations:
        _require_part(key, instrument)
    latest = GapReading.objects.filter(country=country, instrument=instrument, row=row).order_by("-number")
    _require_latest(latest.values_list("number", flat=True).first(), version)
    reading = GapReading(
        country=country,
        instrument=instrument,
        row=row,
        number=version + 1,
        value=value,
        citations=list(citations),
        note=text,
        at=now,
        by=actor.ref,
        by_name=actor.name,
    )
    _insert(reading)
    note(country=country or "region", instrument=instrument, row=row, value=str(value))
    return reading.number


@action("advocacy.assess")
def edit_wording(
    actor: Actor, *, now: datetime, country: str, row: str, es: str, en: str, version: int
) -> int:
    """Edit the model wording of a row for a country, and return its version. Earlier ones stay."""
    _require_row(country, row)
    require_law_alone(actor, now=now, es=es, en=en)
    latest = DraftWording.objects.filter(country=country, row=row).order_by("-number")
    _require_latest(latest.values_list("number", flat=True).first(), version)
    wording = DraftWording(
        country=country, row=row, number=version + 1, es=es, en=en, at=now, by=actor.ref, by_name=actor.name
    )
    _insert(wording)
    note(country=country or "region", row=row, version=wording.number)
    return wording.number


def require_law_alone(actor: Actor, *, now: datetime, **texts: str) -> None:
    """Refuse texts that lead to a person: everybody reads these pages. Raises TellsWhoItIs, NamesSomebody."""
    require_nobody(actor, texts, NOTES, now=now, labels=PUBLIC_TEXTS)


def _require_part(key: str, instrument: str) -> None:
    """What a reading stands on is the instrument that was read, or a place in it."""
    entry = find_entry(key)
    if entry is None:
        raise UnknownCitation(key=key)
    content = entry.content
    is_part = isinstance(content, Provision) and content.instrument == instrument
    if key != instrument and not is_part:
        raise CitedElsewhere(key=key, instrument=instrument)


def _require_row(country: str, row: str) -> None:
    if country not in list_countries() or row not in {one.id for one in list_checklist()}:
        raise NoSuchRow


def _require_latest(latest: int | None, shown: int) -> None:
    if (latest or 0) != shown:
        raise Stale


def _insert(row: GapReading | DraftWording) -> None:
    """Of two who saved at once the second is told, by the unique number."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Stale from None
