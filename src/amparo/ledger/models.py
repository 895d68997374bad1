"""Tables of the ledger: insert and select only (see ``triggers``), and the schedule of periodic tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from uuid_utils.compat import uuid7

from amparo.ledger.canonical import details_text, read_details
from amparo.ledger.data import Details

if TYPE_CHECKING:
    TextOfDetails = models.Field[Details, Details]
else:
    TextOfDetails = models.TextField


class DetailsField(TextOfDetails):
    """Details of an entry, stored as the canonical text that its hash is taken over."""

    def get_prep_value(self, value: Any) -> str:
        return details_text(value)

    def from_db_value(self, value: str, _expression: object, _connection: object) -> Details:
        return read_details(value)


class Entry(models.Model):
    """One recorded event. Never a name, a text, a contact or a search string.

    ``leaf_hash`` is the RFC 9162 hash of the canonical encoding of the other columns; ``mark`` is a
    code over it made with the ledger's key file, so that whoever can only write to the database
    cannot make an entry that will be sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    actor_ref = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True, default="")
    details = DetailsField(default=dict)
    leaf_hash = models.BinaryField(max_length=32)
    mark = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="ledger_entry_time"),
            models.Index(fields=["actor_ref", "at", "id"], name="ledger_entry_actor"),
            models.Index(fields=["subject", "at", "id"], name="ledger_entry_subject"),
        ]


class Mention(models.Model):
    """A person whom an entry about several people concerns (a worklist that was opened).

    The entry holds the root over all of them (see ``mentions``), so that each can be shown that they
    are among them without being shown the others.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="mentions", db_index=False)
    at = models.DateTimeField()  # the entry's, so that one index finds a person's newest
    position = models.PositiveIntegerField()
    subject = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="ledger_mention_place"),
        ]
        indexes = [models.Index(fields=["subject", "at", "entry"], name="ledger_mention_subject")]


class Leaf(models.Model):
    """The place of a sealed entry in the tree, given when its batch is sealed; from 0, without a gap."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    hash = models.BinaryField(max_length=32)


class Node(models.Model):
    """The hash of a perfect subtree of 256, 65,536 ... leaves, so that a proof need not read them all.

    ``place`` is ``level << 48 | position``.
    """

    place = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """The root of the tree at one size, signed. ``note`` is the signed text that witnesses keep."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()


class Schedule(models.Model):
    """When each periodic task is due next."""

    name = models.CharField(primary_key=True, max_length=80)
    due_at = models.DateTimeField()
