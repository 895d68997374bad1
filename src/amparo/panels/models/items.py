"""A person's procedure on an agenda: with whom it is shared, and what comes before a decision.

Words lie in the vault's narrative compartment: ``wishes.<id>``, ``option.<id>``, ``agency_view.<id>``,
``recusal.<id>`` (why somebody else set a member aside).
What a member of another agency writes is sealed to the file's unit first (``intake_id``).
"""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

from amparo.access.scoping import ScopedQuerySet
from amparo.panels.data import Ending, WishesHow
from amparo.panels.models.bodies import Meeting, Seat


class OfPersonQuerySet(ScopedQuerySet):
    scope_path = "person_id"


class PartOfItemQuerySet(ScopedQuerySet):
    scope_path = "item__person_id"


class Item(models.Model):
    """One procedure of one person on the agenda of one meeting, put there by the unit of the file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    added_by_name = models.CharField(max_length=120)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "id")
        indexes = [models.Index(fields=["person", "added_at", "id"], name="panels_item_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "meeting"], name="panels_once_on_an_agenda")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Sitting(models.Model):
    """A seat to whom an item was shared. Without a grant the seat is of the file's own unit.

    ``extract_id`` is the sealed extract as last sent, ``consent_id`` what it stands on. Once ended it is
    over: a recused member is not shown the item, whoever asks again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sittings")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    grant_id = models.UUIDField(null=True)
    consent_id = models.UUIDField(null=True)
    extract_id = models.UUIDField(null=True)
    shared_items = models.JSONField(default=list)
    shared_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(
        max_length=30, blank=True, default="", choices=[(ending, ending) for ending in Ending]
    )

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("shared_at", "id")
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="panels_sits_once")]

    def __str__(self) -> str:
        return str(self.id)


class Declaration(models.Model):
    """What was declared of a seat's interest in an item: "" for none, else the code of the conflict.

    One conflict recuses for good, whatever is declared after it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="declarations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    conflict = models.CharField(max_length=30, blank=True, default="")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.conflict


class Wishes(models.Model):
    """That the person's wishes were recorded, and how they were heard."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="wishes")
    how = models.CharField(max_length=30, choices=[(how, how) for how in WishesHow])
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.how


class Option(models.Model):
    """A measure or option that is compared. The database refuses one before the person's wishes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="options")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("code", "id")
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="panels_option_once")]

    def __str__(self) -> str:
        return self.code


class AgencyView(models.Model):
    """What a member's agency says of each option. A later one of the same seat takes its place.

    ``is_taken_in``: its words are in the file. Until then they wait, sealed to the file's unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="agency_views")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    stances = models.JSONField(default=dict)
    """By option code: one of ``Stance``."""
    at = models.DateTimeField()
    intake_id = models.UUIDField(null=True)
    is_taken_in = models.BooleanField(default=False)

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return str(self.id)


class RecusalReason(models.Model):
    """That the reason of a recusal, written where no key of the file is held, is or was sealed to its unit.

    Its id is that of the declaration; its words end up where those of a declaration lie.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="recusal_reasons")
    at = models.DateTimeField()
    intake_id = models.UUIDField(null=True)
    is_taken_in = models.BooleanField(default=False)

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return str(self.id)
