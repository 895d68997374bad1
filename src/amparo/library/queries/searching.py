"""Search: which entries, in which order, and the piece of each that answers.

The order is three plain rules, the same on both databases: entries whose title holds every word come first;
then the newer date; then the order of cataloguing. Outcome and standing never count: an adverse decision
stands where its date puts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

from amparo.library.data import EntryView, Hit, Results
from amparo.library.data.shapes import FACETS, PAGE
from amparo.library.index import Matches, MatchesToo, Question, ask, by_index
from amparo.library.models import Card, Entry, Facet
from amparo.library.queries.rows import view_of
from amparo.library.queries.snippets import snippet_of
from amparo.library.queries.spelling import correct

NO_FILTERS: Mapping[str, str] = {}


def search(
    text: str, filters: Mapping[str, str] = NO_FILTERS, language: str = "es", *, page: int = 1
) -> Results:
    """Return a page of the entries that hold every word of ``text``, or of all where nothing was typed.

    Where what was typed has no word to look for, nothing is found and ``is_wordless`` says so.
    ``filters`` maps names of ``FACETS`` to values; unknown names raise ValueError, empty values are
    none. Nothing is left out by default. A page beyond the last is the last. Three queries (two for a
    phrase), up to
    five more where nothing was found; on PostgreSQL also those of :func:`by_index`.
    """
    question = ask(text)
    cards = _matching(question, filters)
    if text.strip() and not question.terms:
        return Results((), 0, 1, 1, is_wordless=True)
    with by_index() if question.terms else nullcontext():
        ordered = _ordered(cards, question).values_list("number", flat=True)
        # To find a phrase, every entry that has its words is unpacked: that is done once, and the page is
        # cut from the answer. Single words are counted and cut by the index faster than they are fetched.
        total = len(ordered) if question.has_phrase else cards.count()
        pages = max(1, -(-total // PAGE))
        page = min(max(1, page), pages)
        numbers = list(ordered[(page - 1) * PAGE : page * PAGE])
    hits = tuple(_hit(view, question, language) for view in _views(numbers))
    found = Results(hits, total, page, pages, has_words=bool(question.terms))
    return found if total or not question.terms else _with_ways_on(found, question, filters)


def list_facet_values(name: str) -> list[str]:
    """Return the values of a facet that some entry has, sorted. One query."""
    return sorted(Facet.objects.filter(name=name).order_by().values_list("value", flat=True).distinct())


def _matching(question: Question, filters: Mapping[str, str]) -> QuerySet[Card]:
    if unknown := set(filters) - set(FACETS):
        raise ValueError(f"no such filter: {', '.join(sorted(unknown))}")
    cards = Card.objects.all()
    if question.terms:
        cards = cards.filter(Matches(alternatives=question.alternatives))
    for name, value in sorted(filters.items()):
        if value:
            cards = cards.filter(
                Exists(Facet.objects.filter(card=OuterRef("number"), name=name, value=value))
            )
    return cards


def _ordered(cards: QuerySet[Card], question: Question) -> QuerySet[Card]:
    in_title = (
        MatchesToo(alternatives=question.in_title)
        if question.terms
        else Value(True, output_field=BooleanField())
    )
    return cards.annotate(in_title=in_title).order_by("-in_title", "-sort_date", "number")


def _views(numbers: list[int]) -> list[EntryView]:
    found = {
        row.card.number: view_of(row) for row in Entry.objects.select_related("card").filter(card__in=numbers)
    }
    return [found[number] for number in numbers]


def _hit(entry: EntryView, question: Question, language: str) -> Hit:
    pieces, spoken = snippet_of(entry.content, question, language)
    return Hit(entry, pieces, spoken)


def _with_ways_on(found: Results, question: Question, filters: Mapping[str, str]) -> Results:
    """Say what would find something: other spellings under the same filters, then without any."""
    better = correct(question)
    if better and _matching(ask(better), filters).exists():
        return replace(found, did_you_mean=better)
    if not any(filters.values()):
        return found
    if _matching(question, NO_FILTERS).exists():
        return replace(found, is_filtered_out=True)
    if better and _matching(ask(better), NO_FILTERS).exists():
        return replace(found, did_you_mean=better, is_filtered_out=True)
    return found
