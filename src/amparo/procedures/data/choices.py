"""Codes that people choose in a procedure: shapes, what a step still lacks of them, and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.cases.data import FileHeader
from amparo.core.refusal import Refusal
from amparo.core.truth import Truth
from amparo.doctrine.data import Choice, ProcedureFile, Transition
from amparo.vault.data import Veiled


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands, or stood, for one choice. ``codes`` in order; ``reasons`` are ``None`` in locked mode."""

    id: UUID
    choice: str
    number: int
    codes: tuple[str, ...]
    by_name: str
    by_agency: str
    at: datetime
    reasons: Veiled | None = None


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice of a procedure in one language. ``lines``: the chosen codes in words, with their ranks.

    ``earlier``: what stood before, latest first, each with its lines.
    """

    id: str
    label: str
    ask: str
    is_unverified: bool
    standing: Chosen | None
    lines: tuple[str, ...]
    earlier: tuple[tuple[Chosen, tuple[str, ...]], ...]

    @property
    def number(self) -> int:
        return self.standing.number if self.standing else 0


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """The page of one choice: ``law`` is its definition, as the procedure keeps it."""

    header: FileHeader
    procedure_id: UUID
    title: str
    is_open: bool
    law: Choice
    view: ChoiceView
    sources: tuple[str, ...]
    is_unlocked: bool


@dataclass(frozen=True, slots=True)
class SealedChoice:
    """A choice as an extract carries it."""

    label: Veiled
    lines: tuple[Veiled, ...]
    by_name: Veiled
    reasons: Veiled | None


class Lack(Enum):
    """Why a choice does not carry a step yet."""

    TOO_FEW = auto()
    NOT_ESTABLISHED = auto()
    ANOTHER_CODE = auto()


Standing = Mapping[str, Chosen]
"""By choice, what stands; a choice that nobody made is absent."""


def list_lacks(
    definition: ProcedureFile, step: Transition, standing: Standing, truths: Mapping[str, Truth]
) -> list[tuple[Choice, Lack, tuple[str, ...]]]:
    """Return what a step still lacks: the choice, why, and the codes that it is about.

    ``truths``: by element of the procedure's guide. Pure: no query, and no order of choosing matters.
    """
    wanted = dict(step.needs_codes)
    found = []
    for choice in definition.choices_for(step):
        codes = standing[choice.id].codes if choice.id in standing else ()
        lack = _lack(choice, codes, wanted.get(choice.id, frozenset()), truths)
        if lack is not None:
            found.append((choice, *lack))
    return found


def _lack(
    choice: Choice, codes: Sequence[str], wanted: frozenset[str], truths: Mapping[str, Truth]
) -> tuple[Lack, tuple[str, ...]] | None:
    if len(codes) < choice.least:
        return Lack.TOO_FEW, ()
    hollow = tuple(code for code in codes if _is_hollow(choice, code, truths))
    if hollow:
        return Lack.NOT_ESTABLISHED, hollow
    if wanted and not wanted & set(codes):
        return Lack.ANOTHER_CODE, tuple(sorted(wanted))
    return None


def _is_hollow(choice: Choice, code: str, truths: Mapping[str, Truth]) -> bool:
    element = choice.stands_on.get(code)
    return element is not None and truths.get(element) is not Truth.ESTABLISHED


class AlreadyChosen(Refusal):
    """The same form, sent twice: the first one recorded the choice."""

    code = "procedures.already_chosen"
    what = _("No second choice was recorded.")
    why = _("This form was sent before, and recorded one choice.")
    next_step = _("Read the page of the procedure; what stands can be changed there.")


class NotOffered(Refusal):
    """A code that the list does not have, or has no longer, or one that was chosen twice."""

    code = "procedures.not_offered"
    what = _("The choice was not recorded.")
    why = _("A code is not on the list, or the same one was chosen twice.")
    next_step = _("Choose among those of the form, each once.")
    status = 400


class TooMany(Refusal):
    """More codes than the choice takes."""

    code = "procedures.too_many"
    what = _("The choice was not recorded.")
    why = _("%(most)d at most can be chosen here.")
    next_step = _("Choose fewer.")
    status = 400


class NeedsChoice(Refusal):
    """A step that rests on a choice which nobody made, or which the guide does not carry."""

    code = "procedures.needs_choice"
    what = _("The stage was not changed, and nothing was signed.")
    why = _("A choice is missing: %(missing)s.")
    next_step = _("Choose on the page of the procedure, with reasons, and take the step then.")
