"""What comes before a decision, in its order: wishes, then options, then the views of the agencies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.doctrine.registry import get_code_list
from amparo.panels.actions.agenda import get_item, share
from amparo.panels.data import WishesHow
from amparo.panels.data.refusals import AlreadyDecided, OptionsFirst, WishesFirst
from amparo.panels.models import Item, Option, Wishes
from amparo.panels.queries.rulings import find_decision
from amparo.panels.queries.sitting import panel_of
from amparo.panels.queries.words import list_waiting, place_of
from amparo.procedures.data.refusals import NeedsReasons
from amparo.vault import door
from amparo.vault.data import Compartment, Json


@opens("narrative")
@action("panels.record_wishes", about="person_id")
def record_wishes(
    actor: Actor, *, now: datetime, person_id: UUID, item_id: UUID, how: WishesHow, text: str
) -> None:
    """Record what the person wants, in their words; it comes before every option. Raises AlreadyDecided."""
    item = open_item(person_id, item_id)
    if not text.strip() and how is not WishesHow.DECLINED_TO_SAY:
        raise NeedsReasons
    row = Wishes.objects.create(item=item, how=how, at=now, by=actor.ref, by_name=actor.name)
    seal_words(actor, item, place_of(row), {"text": text.strip()}, now)
    note(item=str(item_id), how=how)
    share(actor, item, now)


@opens("narrative")
@action("panels.compare", about="person_id")
def add_option(
    actor: Actor, *, now: datetime, person_id: UUID, item_id: UUID, code: str, for_it: str, against_it: str
) -> None:
    """Put an option beside the others, with what speaks for and against it. Raises WishesFirst.

    ``code`` is of the list that the procedure names. Raises OptionsFirst for any other, or twice the same.
    """
    item = open_item(person_id, item_id)
    require_wishes(item)
    known = {one.code for one in get_code_list(panel_of(item).options).in_use}
    if code not in known or Option.objects.filter(item=item, code=code).exists():
        raise OptionsFirst
    row = Option.objects.create(item=item, code=code, at=now, by=actor.ref)
    words = {"for": for_it.strip(), "against": against_it.strip()}
    seal_words(actor, item, place_of(row), words, now)
    note(item=str(item_id), option=code)
    share(actor, item, now)


@opens("narrative")
@action("panels.compare", about="person_id")
def take_in(actor: Actor, *, now: datetime, person_id: UUID, item_id: UUID, words: Mapping[UUID, str]) -> int:
    """Move the words of other agencies, opened before this, into the file, and share them with the panel.

    Returns how many were taken in.
    """
    item = get_item(person_id, item_id)
    taken = [row for row in list_waiting(item) if row.id in words]
    for row in taken:
        assert row.intake_id is not None
        seal_words(actor, item, place_of(row), {"text": words[row.id]}, now)
        door.destroy_intake(actor, row.intake_id, now=now)
        row.is_taken_in, row.intake_id = True, None
        row.save(update_fields=["is_taken_in", "intake_id"])
    note(item=str(item_id), taken=len(taken))
    share(actor, item, now)
    return len(taken)


def open_item(person_id: UUID, item_id: UUID) -> Item:
    """Lock an item on which nothing is in force yet. Raises Unknown and AlreadyDecided."""
    item = get_item(person_id, item_id)
    decision = find_decision(item)
    if decision is not None and decision.in_force_at is not None:
        raise AlreadyDecided
    return item


def require_wishes(item: Item) -> None:
    """Raise WishesFirst unless the person's wishes are recorded. There is no other way to the options."""
    if not Wishes.objects.filter(item=item).exists():
        raise WishesFirst


def require_options(item: Item, codes: Mapping[str, str] | set[str]) -> None:
    """Raise OptionsFirst unless there is at least one code and each is compared on the item."""
    compared = set(Option.objects.filter(item=item).values_list("code", flat=True))
    if not codes or not set(codes) <= compared:
        raise OptionsFirst


def seal_words(actor: Actor, item: Item, place: str, words: Mapping[str, Json], now: datetime) -> None:
    """Write words to the file's narrative, where there are any."""
    said = {part: value for part, value in words.items() if value}
    if said:
        door.write(actor, item.person_id, Compartment.NARRATIVE, {place: said}, now=now)
