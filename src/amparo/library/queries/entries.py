"""One entry, lists of entries, and what the page of an entry shows beside it."""

from __future__ import annotations

from amparo.core.refusal import Unknown
from amparo.library.data import Choice, Decision, EntryPage, EntryView, Provision
from amparo.library.data.contents import AnyContent
from amparo.library.models import Entry, Facet
from amparo.library.queries.elements import link_of
from amparo.library.queries.rows import view_of, views_by_key
from amparo.library.queries.searching import search

LISTED = 500


def find_entry(key: str) -> EntryView | None:
    """Return an entry by its key, withdrawn ones too. One query."""
    row = Entry.objects.filter(key=key).first()
    return view_of(row) if row else None


def list_choices(text: str, language: str = "es", *, keys: tuple[str, ...] = ()) -> list[Choice]:
    """Return entries to choose from when citing: those of ``keys`` first, then what ``text`` finds.

    What was withdrawn is not found, but stays where it was chosen. At most a page of results;
    nothing is searched without text.
    """
    asked = [key for key in dict.fromkeys((*keys, text.strip())) if key]
    known = views_by_key(asked)
    chosen = [known[key] for key in asked if key in known]
    hits = search(text, language=language).hits if text.strip() else ()
    found = [hit.entry for hit in hits if hit.entry.withdrawn_at is None]
    views = {view.key: view for view in (*chosen, *found)}
    return [Choice(view.key, label_of(view.content, language), view.is_unverified) for view in views.values()]


def label_of(content: AnyContent, language: str) -> str:
    """Return what an entry is called in a list: title, and for a decision its number and country."""
    title = content.title[language]
    if not isinstance(content, Decision):
        return title
    number = "" if content.number in title else content.number
    return ", ".join(part for part in (title, number) if part) + (
        f" ({content.country})" if content.country else ""
    )


def list_entries(*, origin: str = "", keys: tuple[str, ...] = ()) -> list[EntryView]:
    """Return entries by key, all of one origin or those of some keys where these are given. One query."""
    rows = Entry.objects.order_by("key")
    if origin:
        rows = rows.filter(origin=origin)
    if keys:
        rows = rows.filter(key__in=keys)
    return [view_of(row) for row in rows]


def get_entry_page(key: str, language: str) -> EntryPage:
    """Return the page of an entry. Raises Unknown. Five queries."""
    entry = find_entry(key)
    if entry is None:
        raise Unknown
    content = entry.content
    wanted = set(content.cites) if isinstance(content, Decision) else set()
    if isinstance(content, Provision):
        wanted.add(content.instrument)
    near = views_by_key(wanted)
    part_of = near.pop(content.instrument, None) if isinstance(content, Provision) else None
    return EntryPage(
        entry=entry,
        provisions=tuple(view_of(row) for row in Entry.objects.filter(part_of=key).order_by("key")[:LISTED]),
        part_of=part_of,
        cited_by=tuple(view_of(row) for row in _citing(key)),
        cites=tuple(near[one] for one in sorted(near)),
        elements=tuple(link_of(element, language) for element in content.elements),
        notes=tuple(note[language] for note in content.notes),
    )


def _citing(key: str) -> list[Entry]:
    citing = Facet.objects.filter(name="cites", value=key).values_list("card__entry_id", flat=True)
    return list(Entry.objects.filter(id__in=list(citing[:LISTED])).order_by("key"))
