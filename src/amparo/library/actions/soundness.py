"""What an entry must be before it is saved, whichever way it came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from amparo.access.data import Actor
from amparo.access.public_texts import LAW, find_lone_names, find_slips, require_nobody
from amparo.core.refusal import Refusal
from amparo.library.data import (
    AlreadyWithdrawn,
    AnyContent,
    Flaw,
    NoSuchCited,
    NoSuchElement,
    NoSuchInstrument,
    NotYetDecided,
)
from amparo.library.data.contents import texts_of
from amparo.library.queries.flaws import find_flaws
from amparo.library.words import name_field


def require_sound(actor: Actor, contents: Sequence[AnyContent], *, now: datetime) -> None:
    """Refuse entries that lead to a person, name what does not exist, or are dated ahead.

    Raises TellsWhoItIs, NamesSomebody, AlreadyWithdrawn, NoSuchElement, NoSuchInstrument, NoSuchCited,
    NotYetDecided.
    """
    for content in contents:
        texts = texts_of(content)
        labels = {place: f"{content.key}: {name_field(place)}" for place in texts}
        require_nobody(actor, texts, LAW, now=now, labels=labels)
    for flaw in find_flaws(contents, today=now.date()):
        raise _refusal_of(flaw, contents[flaw.number].key)


def find_slips_in(actor: Actor, contents: Sequence[AnyContent], *, now: datetime) -> list[Flaw]:
    """Return what leads to a person in entries that nobody has saved yet."""
    return [
        Flaw(number, slip.place, slip.kind)
        for number, content in enumerate(contents)
        for slip in find_slips(actor, texts_of(content), LAW, now=now)
    ]


def find_words_to_read_again(actor: Actor, contents: Sequence[AnyContent], *, now: datetime) -> list[Flaw]:
    """Return where a word stands that is the only name of somebody whom the actor knows."""
    return [
        Flaw(number, place, "read_again")
        for number, content in enumerate(contents)
        for place in find_lone_names(actor, texts_of(content), now=now)
    ]


def _refusal_of(flaw: Flaw, key: str) -> Refusal:
    match flaw.code:
        case "withdrawn":
            return AlreadyWithdrawn(key=key, place=flaw.field)
        case "no_element":
            return NoSuchElement(element=flaw.value, place=flaw.field)
        case "no_instrument":
            return NoSuchInstrument(key=flaw.value, place=flaw.field)
        case "no_cited":
            return NoSuchCited(key=key, cited=flaw.value, place=flaw.field)
        case _:
            return NotYetDecided(key=key, date=flaw.value, place=flaw.field)
