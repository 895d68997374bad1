"""Writing one entry: the row, its version, its card, its facets and its spellings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from amparo.access.data import Actor
from amparo.library.data import AnyContent, Provision
from amparo.library.data.contents import date_of, facets_of
from amparo.library.models import Card, Entry, EntryVersion, Facet, Spelling
from amparo.library.stems import spellings_of, tokens_of

BATCH = 500


def create_entries(actor: Actor, contents: Sequence[AnyContent], *, origin: str, now: datetime) -> None:
    """Insert entries that do not exist yet, with version, card, facets and spellings."""
    for start in range(0, len(contents), BATCH):
        batch = contents[start : start + BATCH]
        rows = [_row(actor, content, origin, now) for content in batch]
        Entry.objects.bulk_create(rows)
        EntryVersion.objects.bulk_create(_version(row) for row in rows)
        cards = [
            Card(entry=row, sort_date=date_of(content), tokens=tokens_of(content))
            for row, content in zip(rows, batch, strict=True)
        ]
        Card.objects.bulk_create(cards)
        Facet.objects.bulk_create(
            Facet(card=card, name=name, value=value)
            for card, content in zip(cards, batch, strict=True)
            for name, value in sorted(facets_of(content))
        )
        add_spellings(word for content in batch for word in spellings_of(content))


def change_entry(actor: Actor, row: Entry, content: AnyContent, *, now: datetime) -> None:
    """Give an entry its next version and catalogue it again. The caller holds the row."""
    row.content, row.part_of = content.model_dump(mode="json"), part_of(content)
    row.version += 1
    row.changed_at, row.changed_by, row.changed_by_name = now, actor.ref, actor.name
    row.withdrawn_at = None
    row.save()
    _version(row).save(force_insert=True)
    card = Card.objects.get(entry=row)
    card.sort_date, card.tokens = date_of(content), tokens_of(content)
    card.save()
    Facet.objects.filter(card=card).delete()
    Facet.objects.bulk_create(
        Facet(card=card, name=name, value=value) for name, value in sorted(facets_of(content))
    )
    add_spellings(spellings_of(content))


def add_spellings(words: Iterable[str]) -> None:
    """Add words to the vocabulary. A word whose last entry is gone stays until it is offered in vain."""
    Spelling.objects.bulk_create(
        [Spelling(word=word, length=len(word)) for word in sorted(set(words))],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def part_of(content: AnyContent) -> str:
    """Return the key of the instrument that an entry is a part of, "" for none."""
    return content.instrument if isinstance(content, Provision) else ""


def _row(actor: Actor, content: AnyContent, origin: str, now: datetime) -> Entry:
    return Entry(
        key=content.key,
        shape=content.shape,
        origin=origin,
        content=content.model_dump(mode="json"),
        part_of=part_of(content),
        changed_at=now,
        changed_by=actor.ref,
        changed_by_name=actor.name,
        agency_id=actor.agency_id if origin == "staff" else None,
    )


def _version(row: Entry) -> EntryVersion:
    return EntryVersion(
        entry=row,
        number=row.version,
        content=row.content,
        at=row.changed_at,
        by=row.changed_by,
        by_name=row.changed_by_name,
    )
