"""Tables of the law library. Nothing here is about a person, and nothing says which file cites an entry.

An entry is what it says now (``content``, in the shape of ``data.contents``) with every earlier version
kept. The catalogue is made from it and can be made again: a card with the stems that search reads, facets
for the filters, and the vocabulary from which misspelt words are corrected.
"""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

SHAPES = ("instrument", "provision", "decision")
ORIGINS = ("doctrine", "staff")


class Entry(models.Model):
    """An instrument, a provision or a decision.

    ``agency_id`` is the agency whose staff added it, none for doctrine. ``withdrawn_at``: doctrine no
    longer holds it, or that agency took it back and said why; it stays, marked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=120, unique=True)
    shape = models.CharField(max_length=20, choices=[(one, one) for one in SHAPES])
    origin = models.CharField(max_length=20, choices=[(one, one) for one in ORIGINS])
    content = models.JSONField()
    part_of = models.CharField(max_length=120, blank=True, default="", db_index=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)
    changed_by_name = models.CharField(max_length=120)
    agency_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=120, blank=True, default="")
    withdrawn_why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("key",)
        constraints = [
            models.CheckConstraint(condition=models.Q(shape__in=SHAPES), name="library_entry_shape"),
            models.CheckConstraint(condition=models.Q(origin__in=ORIGINS), name="library_entry_origin"),
        ]

    def __str__(self) -> str:
        return self.key


class EntryVersion(models.Model):
    """What an entry said in one version, and who wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("entry_id", "number")
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="library_version_number")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"


class Card(models.Model):
    """The catalogue card of an entry: what search reads. ``tokens`` are marked stems, see ``stems``.

    Both databases index ``tokens`` themselves (migration 0002): SQLite in the FTS5 table
    ``library_index``, PostgreSQL in the generated column ``vector``.
    """

    number = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="card")
    sort_date = models.CharField(max_length=10, blank=True, default="")
    tokens = models.TextField()

    class Meta:
        ordering = ("-sort_date", "number")
        indexes = [models.Index(fields=["-sort_date", "number"], name="library_card_order")]

    def __str__(self) -> str:
        return str(self.number)


class Facet(models.Model):
    """One thing that an entry can be filtered by: country, kind, aspect, element, language, level, ..."""

    id = models.BigAutoField(primary_key=True)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "name", "value"], name="library_facet_once")]
        indexes = [models.Index(fields=["name", "value", "card"], name="library_facet_value")]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Spelling(models.Model):
    """A word as some entry spells it, without accents: what a misspelt word is corrected to."""

    word = models.CharField(primary_key=True, max_length=40)
    length = models.PositiveSmallIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.word
