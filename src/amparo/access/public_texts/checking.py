"""What in a text leads to a person, and the refusals that say where it stands without repeating it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor, NamesSomebody, TellsWhoItIs
from amparo.access.public_texts.comparing import Named, compare
from amparo.core.traces import find_traces

LAW = frozenset({"code"})
"""Unwanted in the texts of the law, which are full of dates, numbers of files and addresses of offices."""

NOTES = frozenset({"code", "mail", "number"})
"""Unwanted in what staff write about the law; a decision is cited by its date."""

EVERY_TRACE = frozenset({"code", "date", "mail", "number"})
"""Unwanted in the facts of a case that must lead to nobody."""

NAME = "name"
TRACE_LABELS = {
    "code": _("the code of a file, a referral or a request"),
    "date": _("an exact date"),
    "mail": _("an e-mail address"),
    "number": _("a telephone or document number"),
}

Texts = Mapping[str, str]
"""The texts by the name of their field, or by any other name of their place."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What leads to a person, and in which of the texts: a kind of trace, or ``name``."""

    place: str
    kind: str


def find_slips(actor: Actor, texts: Texts, unwanted: frozenset[str], *, now: datetime) -> list[Slip]:
    """Return what must come out of the texts, in their order. Opens nothing; two queries at most."""
    named = compare(actor, list(texts.values()), now)
    return [
        Slip(place, kind)
        for (place, text), who in zip(texts.items(), named, strict=True)
        for kind in (*sorted(find_traces(text) & unwanted), *([NAME] if who is Named.BY_NAME else []))
    ]


def find_lone_names(actor: Actor, texts: Texts, *, now: datetime) -> list[str]:
    """Return the places where a word stands that is somebody's only name: no refusal, a second look."""
    named = compare(actor, list(texts.values()), now)
    return [place for place, who in zip(texts, named, strict=True) if who is Named.BY_A_WORD]


def require_nobody(
    actor: Actor,
    texts: Texts,
    unwanted: frozenset[str],
    *,
    now: datetime,
    labels: Mapping[str, str | Promise],
) -> None:
    """Refuse texts that lead to a person, naming the field by its label.

    Raises TellsWhoItIs or NamesSomebody, with ``place`` among their details for the form.
    """
    slips = find_slips(actor, texts, unwanted, now=now)
    if not slips:
        return
    place = slips[0].place
    field = str(labels.get(place, place))
    kinds = [slip.kind for slip in slips if slip.place == place and slip.kind != NAME]
    if kinds:
        found = ", ".join(str(TRACE_LABELS[kind]) for kind in kinds)
        raise TellsWhoItIs(field=field, found=found, place=place)
    raise NamesSomebody(field=field, place=place)
