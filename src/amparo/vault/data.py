"""Shapes of the vault: compartments, opened keys, opened and veiled values, what access must install."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NoReturn, Protocol, TypeAlias
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal
from amparo.vault.veil import Veiled as Veiled

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Details: TypeAlias = Mapping[str, "str | int | list[str]"]


class Compartment(StrEnum):
    """The five locked parts of a person's identity; each has its own key."""

    ID = "id"
    CONTACT = "contact"
    NARRATIVE = "narrative"
    DOCUMENT = "document"
    HEALTH = "health"


EMERGENCY_COMPARTMENTS = frozenset({Compartment.ID, Compartment.CONTACT})
"""What breaking the glass can open, and nothing else."""


class Act(StrEnum):
    """What the door asks permission for. The ids it hands over are people, except where said."""

    CREATE = "create"
    WRITE = "write"
    OPEN = "open"
    OPEN_LIST = "open_list"
    """Everybody of a list whom policy lets open; asking for one who is not is no offence."""
    SHARE = "share"
    RESTRICT = "restrict"
    SEAL_EXTRACT = "seal_extract"
    OPEN_EXTRACT = "open_extract"
    """The one id is the extract's."""
    OPEN_INTAKE = "open_intake"
    """The one id is the intake's."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenKeys:
    """A user's opened private keys. Lives in memory only; never pickled, logged or shown."""

    user_id: UUID
    hpke_private: bytes
    signing_private: bytes
    _opened: dict[tuple[bytes, bytes], bytes] = field(default_factory=dict, compare=False)

    def open_once(
        self, blob: bytes, context: bytes, opening: Callable[[bytes, bytes, bytes], bytes]
    ) -> bytes:
        """Open a blob sealed to the public key, at its context; the same pair is worked out once.

        The keys of a page live as long as its request, and it opens the same unit's key several times.
        """
        place = (context, blob)
        if place not in self._opened:
            self._opened[place] = opening(self.hpke_private, blob, context)
        return self._opened[place]

    def __repr__(self) -> str:
        return "OpenKeys(veiled)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("opened keys do not leave memory")


class VaultActor(Protocol):
    """What the vault reads of an actor; ``access.data.Actor`` fits."""

    @property
    def ref(self) -> str: ...
    @property
    def staff_id(self) -> UUID | None: ...
    @property
    def keys(self) -> OpenKeys | None: ...


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """Where the server's key files lie, and the sentence that says what losing them means."""

    epoch: int
    folder: str
    warning: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Permission:
    """What policy answered: the ids that are allowed, by which rule (a code, for the ledger).

    ``emergency_ids`` are those allowed only because the glass was broken: the vault opens them with
    the emergency unit's wraps, for ``EMERGENCY_COMPARTMENTS`` only.
    """

    ids: frozenset[UUID]
    rule: str
    emergency_ids: frozenset[UUID] = frozenset()


class Permit(Protocol):
    """Policy, installed by access. May raise a refusal or ``Unknown`` instead of answering."""

    def __call__(
        self,
        actor: VaultActor,
        act: Act,
        ids: Sequence[UUID],
        compartments: frozenset[Compartment],
        purpose: str,
        *,
        now: datetime,
    ) -> Permission: ...


class Log(Protocol):
    """The ledger, installed by access. Writes one row inside the transaction that is open.

    ``person_ids`` may be thousands (a list that was opened): the row then holds their number.
    """

    def __call__(
        self,
        actor_ref: str,
        verb: str,
        person_ids: Sequence[UUID],
        details: Details,
        *,
        now: datetime,
    ) -> object: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """The opened fields of one person, veiled."""

    person_id: UUID
    _values: Mapping[tuple[Compartment, str], Veiled] = field(repr=False)
    versions: Mapping[tuple[Compartment, str], int] = field(default_factory=dict, repr=False)
    damaged: frozenset[Compartment] = frozenset()
    """The compartments that hold something altered. Nothing of them is here: not even what is sound."""

    def get(self, compartment: Compartment, name: str) -> Veiled | None:
        """Return one field, or ``None`` when nobody wrote it."""
        return self._values.get((compartment, name))

    def fields(self, compartment: Compartment) -> dict[str, Veiled]:
        """Return the fields of one compartment by name, in the order of their names."""
        return {name: value for (where, name), value in sorted(self._values.items()) if where == compartment}

    def __iter__(self) -> Iterator[tuple[Compartment, str]]:
        return iter(sorted(self._values))


@dataclass(frozen=True, slots=True)
class OpenedExtract:
    """An extract as its receiver sees it: the sealed snapshot, who signed it, until when."""

    extract_id: UUID
    sender_id: UUID
    expires_at: datetime
    fields: Mapping[tuple[Compartment, str], Veiled] = field(repr=False)
    extra: Veiled

    def get(self, compartment: Compartment, name: str) -> Veiled | None:
        """Return one field of the snapshot, or ``None`` when it was not shared."""
        return self.fields.get((compartment, name))


class ServerKeysMissing(Exception):
    """A seal key or the pepper is missing, damaged or foreign. One sentence for the operator."""


class NotInstalled(Exception):
    """The vault was used before access installed policy and ledger."""


class Damaged(Refusal):
    """Sealed data did not authenticate: altered, moved or torn. An alarm that reaches whoever meets it."""

    code = "vault.damaged"
    what = _("This cannot be opened: it is damaged.")
    why = _("The sealed data in the database are not those that were written. Nothing of it was shown.")
    next_step = _(
        "Do not write to this part of the file. Tell whoever runs the installation: a backup holds the data "
        "as they were. Tell the data-protection officer too: somebody may have altered them."
    )


class WrongPassphrase(Refusal):
    """The passphrase or recovery code opens nothing. Does not say which of the two was wrong."""

    code = "vault.wrong_passphrase"
    what = _("The names stay locked.")
    why = _("The passphrase or code does not open your keys.")
    next_step = _(
        "Check the keyboard and try again, use your recovery code, or ask a colleague to readmit you."
    )
    status = 403


class NoKey(Refusal):
    """Policy would allow it, but no key that the actor holds opens it, or the actor is locked."""

    code = "vault.no_key"
    what = _("This part of the file was not opened.")
    why = _("Your keys are locked, or nobody has given you a key to it.")
    next_step = _(
        "Unlock and try again, or ask a colleague of the unit that holds the file to give you access."
    )
    status = 403


class Erased(NoKey):
    """The identity was erased: nobody holds a key to it, and nobody ever will again."""

    code = "vault.erased"
    what = _("The identity of this person was erased.")
    why = _("Data protection erased it on %(day)s: names, contacts, texts and documents are gone.")
    next_step = _("Nothing can open it again. What is coded in the file stays, without a name.")
    status = 410


class ExtractGone(Refusal):
    """The extract expired or was withdrawn. One answer for both: a withdrawal is the person's own affair."""

    code = "vault.extract_gone"
    what = _("This extract can no longer be read.")
    why = _("It expired, or the sharing ended.")
    next_step = _("Ask the unit that sent it for a new one.")
    status = 410


class NotFounding(Refusal):
    """The unit's key is no longer in the hands of whoever founded it."""

    code = "vault.not_founding"
    what = _("The member was not given the unit's key.")
    why = _("The unit is founded: only a member who is unlocked can give its key to somebody else.")
    next_step = _("Ask a member of the unit to admit the new colleague.")


class LastMember(Refusal):
    """Revoking this member would leave nobody, and no recovery cards, that can open the unit."""

    code = "vault.last_member"
    what = _("The member was not removed.")
    why = _("Nobody else could open the unit's files, and the agency has no recovery cards.")
    next_step = _("Admit another member to the unit first, or make recovery cards.")


class WrongCards(Refusal):
    """The recovery cards do not fit together, are too few, or belong to another agency."""

    code = "vault.wrong_cards"
    what = _("Nothing was recovered.")
    why = _("The cards are fewer than three, contain a mistake, or do not belong to this agency.")
    next_step = _("Type at least three different cards of the last set again, word for word.")


class StillLocked(Refusal):
    """A seal key that still locks something, or is the newest, is not destroyed."""

    code = "vault.still_locked"
    what = _("The seal key %(epoch)s was not destroyed.")
    why = _("It is the newest one, it does not exist, or data still lies under it.")
    next_step = _("Rotate the seal key first and let the rotation finish.")


class TooLarge(Refusal):
    """A file or a payload is larger than what the vault takes."""

    code = "vault.too_large"
    what = _("This was not stored.")
    why = _("It is larger than %(limit_mb)s MB.")
    next_step = _("Make it smaller or split it.")
    status = 413
