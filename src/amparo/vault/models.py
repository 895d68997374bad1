"""Tables of the vault. Everything that identifies a person is sealed here, and only here.

Other rooms' records are named by plain UUIDs: the vault knows no room above it. ``sealed`` columns
hold blobs of ``primitives``; ``epoch`` names the seal key of the outer lock.
"""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

from amparo.vault.data import Compartment


class SealEpoch(models.Model):
    """A seal key that exists in the key folder. The check values tell a missing or foreign file.

    The row goes when the key is destroyed; until then the database refuses that, while anything
    points to it.
    """

    number = models.PositiveIntegerField(primary_key=True)
    check_value = models.BinaryField(max_length=32)
    pepper_check_value = models.BinaryField(max_length=32)
    from_at = models.DateTimeField()


class UserKey(models.Model):
    """The public key of one user, to which others wrap."""

    user_id = models.UUIDField(primary_key=True, editable=False)
    hpke_public = models.BinaryField(max_length=1216)
    from_at = models.DateTimeField()


class SigningKey(models.Model):
    """A public signing key of a user. Kept for ever, so that old signatures still verify."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user_id = models.UUIDField(db_index=True)
    public = models.BinaryField(max_length=32)
    from_at = models.DateTimeField()


class UnlockMethod(models.Model):
    """One way to open a user's private keys: the passphrase, or a printed recovery code."""

    class Kind(models.TextChoices):
        PASSPHRASE = "passphrase"  # noqa: S105
        RECOVERY_CODE = "recovery_code"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(UserKey, on_delete=models.CASCADE, related_name="methods")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    salt = models.BinaryField(max_length=16)
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    commitment = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    from_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="vault_one_method_of_a_kind")]


class Bundle(models.Model):
    """A user's opened keys, sealed under a random secret that only a cookie holds."""

    locator = models.BinaryField(primary_key=True, max_length=32)
    user_id = models.UUIDField(db_index=True)
    epoch = models.ForeignKey(SealEpoch, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    from_at = models.DateTimeField()
    used_at = models.DateTimeField()


class Keyring(models.Model):
    """A unit as the vault knows it. Rotation is due when a member who had the key was revoked."""

    unit_id = models.UUIDField(primary_key=True, editable=False)
    agency_id = models.UUIDField(db_index=True)
    is_emergency = models.BooleanField(default=False)
    is_rotation_due = models.BooleanField(default=False)


class UnitKey(models.Model):
    """One generation of a unit's key pair; the private half is sealed under the unit's AES key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    keyring = models.ForeignKey(Keyring, on_delete=models.CASCADE, related_name="generations")
    generation = models.PositiveIntegerField()
    hpke_public = models.BinaryField(max_length=1216)
    sealed = models.BinaryField()
    from_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["keyring", "generation"], name="vault_one_unit_key_of_a_generation"
            )
        ]


class UnitWrap(models.Model):
    """A unit's AES key (or its emergency key) sealed with HPKE to one holder."""

    class Holder(models.TextChoices):
        MEMBER = "member"
        RECOVERY = "recovery"
        EMERGENCY = "emergency"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_key = models.ForeignKey(UnitKey, on_delete=models.CASCADE, related_name="wraps")
    holder = models.CharField(max_length=10, choices=Holder.choices)
    holder_id = models.UUIDField(db_index=True)
    holder_generation = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField()
    from_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_key", "holder", "holder_id"], name="vault_one_wrap_of_a_holder"
            )
        ]


class Identity(models.Model):
    """One person. ``is_restricted``: a sealed case, wrapped to named people only."""

    person_id = models.UUIDField(primary_key=True, editable=False)
    unit_id = models.UUIDField(db_index=True)
    is_restricted = models.BooleanField(default=False)
    from_at = models.DateTimeField()


class Record(models.Model):
    """One compartment of one person: what a data key opens."""

    id = models.BigAutoField(primary_key=True)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="records")
    compartment = models.CharField(max_length=10, choices=[(name, name) for name in Compartment])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "compartment"], name="vault_one_record_of_a_compartment"
            )
        ]


class Wrap(models.Model):
    """A data key for one holder: sealed to the holder, then under the seal key of ``epoch``.

    ``unit_key`` repeats ``holder_id`` and ``generation`` as a foreign key, so that the database never
    lets a generation go that still opens something; it is empty for a named user.
    """

    class Holder(models.TextChoices):
        UNIT = "unit"
        EMERGENCY = "emergency"
        USER = "user"

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="wraps")
    holder = models.CharField(max_length=10, choices=Holder.choices)
    holder_id = models.UUIDField()
    generation = models.PositiveIntegerField(default=0)
    unit_key = models.ForeignKey(UnitKey, null=True, on_delete=models.PROTECT, related_name="+")
    epoch = models.ForeignKey(SealEpoch, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "holder", "holder_id"], name="vault_one_data_wrap_of_a_holder"
            )
        ]
        indexes = [
            models.Index(fields=["holder_id", "holder", "generation"], name="vault_wrap_holder"),
            models.Index(fields=["epoch", "id"], name="vault_wrap_epoch"),
        ]


class Field(models.Model):
    """One sealed value of a compartment. ``version`` counts its writes and is authenticated."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="fields")
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "name"], name="vault_one_field_of_a_name")]


class StoredFile(models.Model):
    """A file on disk under its own stream key; the key is sealed under the document data key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="files")
    stored_name = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    stored_at = models.DateTimeField()


class Extract(models.Model):
    """A sealed snapshot of chosen fields for one receiving unit, signed by its sender."""

    id = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField(db_index=True)
    sender_id = models.UUIDField()
    unit_id = models.UUIDField(db_index=True)
    generation = models.PositiveIntegerField()
    unit_key = models.ForeignKey(UnitKey, on_delete=models.PROTECT, related_name="+")
    epoch = models.ForeignKey(SealEpoch, on_delete=models.PROTECT, related_name="+")
    sealed_key = models.BinaryField()
    body = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)


class Intake(models.Model):
    """What somebody outside sealed to a unit: the side that wrote it cannot read it."""

    id = models.UUIDField(primary_key=True, editable=False)
    unit_id = models.UUIDField(db_index=True)
    generation = models.PositiveIntegerField()
    unit_key = models.ForeignKey(UnitKey, on_delete=models.PROTECT, related_name="+")
    epoch = models.ForeignKey(SealEpoch, on_delete=models.PROTECT, related_name="+")
    sealed_key = models.BinaryField()
    body = models.BinaryField()
    received_at = models.DateTimeField()


class RecoveryKey(models.Model):
    """The public half of an agency's recovery key; the private half exists on five cards only."""

    agency_id = models.UUIDField(primary_key=True, editable=False)
    hpke_public = models.BinaryField(max_length=1216)
    card_set = models.PositiveIntegerField()
    from_at = models.DateTimeField()


class Custodian(models.Model):
    """A person who showed that they hold one card. The card itself is not stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recovery_key = models.ForeignKey(RecoveryKey, on_delete=models.CASCADE, related_name="custodians")
    user_id = models.UUIDField()
    card_number = models.PositiveSmallIntegerField()
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recovery_key", "user_id"], name="vault_one_card_of_a_custodian"),
            models.UniqueConstraint(
                fields=["recovery_key", "card_number"], name="vault_one_custodian_of_a_card"
            ),
        ]


class Tombstone(models.Model):
    """A person who was erased: the id and when, nothing else, so that no restore brings them back."""

    person_id = models.UUIDField(primary_key=True, editable=False)
    erased_at = models.DateTimeField()
