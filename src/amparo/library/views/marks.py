"""Entries as templates draw them: every text with the language it is in, every code in words."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.access.data.days import say_day
from amparo.library.data import Decision, EntryPage, EntryVersion, EntryView, Hit, Piece, Words
from amparo.library.queries.entries import label_of
from amparo.library.words import ASPECTS, OUTCOMES, SHAPES, words_for


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language it is written in, which may not be the reader's."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list. ``outcome`` is the code of a decision's, "" for law."""

    key: str
    title: Said
    about: tuple[str, ...]
    outcome: str
    outcome_word: str
    is_overruled: bool
    is_unverified: bool
    is_withdrawn: bool
    snippet: tuple[Piece, ...] = ()
    snippet_language: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The page of an entry."""

    line: Line
    shape: str
    facts: tuple[tuple[str, str], ...]
    summary: Said | None
    text: Said | None
    part_of: Line | None
    provisions: tuple[Line, ...]
    cited_by: tuple[Line, ...]
    cites: tuple[Line, ...]
    source: EntryPage


def say(words: Words | None, language: str) -> Said | None:
    return Said(words[language], words.language_shown(language)) if words else None


def draw_line(hit: Hit, language: str) -> Line:
    """Return a result of a search."""
    return _line(hit.entry, language, hit.snippet, hit.language)


def draw_entry(page: EntryPage, language: str) -> Drawn:
    """Return the page of an entry."""
    content = page.entry.content
    return Drawn(
        line=_line(page.entry, language),
        shape=content.shape,
        facts=tuple(_facts(page.entry, language)),
        summary=say(content.summary, language),
        text=Said(content.text, content.text_language) if content.text else None,
        part_of=_line(page.part_of, language) if page.part_of else None,
        provisions=tuple(_line(one, language) for one in page.provisions),
        cited_by=tuple(_line(one, language) for one in page.cited_by),
        cites=tuple(_line(one, language) for one in page.cites),
        source=page,
    )


def draw_version(key: str, version: EntryVersion, language: str) -> Drawn:
    """Return an entry as it was in one version, without what stands beside it today."""
    entry = EntryView(key, version.content, version.number, False, version.at, version.by_name)
    return draw_entry(EntryPage(entry), language)


def _line(
    entry: EntryView, language: str, snippet: tuple[Piece, ...] = (), snippet_language: str = ""
) -> Line:
    content = entry.content
    outcome = content.outcome if isinstance(content, Decision) else ""
    return Line(
        key=entry.key,
        title=Said(label_of(content, language), content.title.language_shown(language)),
        about=tuple(_about(entry, language)),
        outcome=outcome,
        outcome_word=str(OUTCOMES[outcome]) if outcome else "",
        is_overruled=isinstance(content, Decision) and content.standing == "overruled",
        is_unverified=entry.is_unverified,
        is_withdrawn=entry.withdrawn_at is not None,
        snippet=snippet,
        snippet_language=snippet_language,
    )


def _about(entry: EntryView, language: str) -> list[str]:
    """Return the few words under a title: what it is, where from, of when."""
    content = entry.content
    if isinstance(content, Decision):
        parts = [content.forum[language], say_day(content.date)]
    else:
        kind = words_for("kind", content.kind, language) if content.kind else ""
        parts = [str(SHAPES[content.shape]), kind, say_day(str(content.in_force_from or ""))]
    country = words_for("country", content.country, language) if content.country else ""
    return [part for part in (*parts[:-1], country, parts[-1]) if part]


def _facts(entry: EntryView, language: str) -> list[tuple[str, str]]:
    """Return name and value of what an entry states about itself, in a fixed order, as codes of the page."""
    content = entry.content
    facts = [("country", words_for("country", content.country, language) if content.country else "")]
    if isinstance(content, Decision):
        facts += [
            ("forum", content.forum[language]),
            ("level", words_for("level", content.level, language) if content.level else ""),
            ("number", content.number),
            ("date", say_day(content.date)),
            ("aspects", "; ".join(str(ASPECTS[one]) for one in content.aspects)),
            ("standing", words_for("standing", content.standing, language)),
        ]
    else:
        facts += [
            ("kind", words_for("kind", content.kind, language) if content.kind else ""),
            ("from", say_day(str(content.in_force_from or ""))),
            ("until", say_day(str(content.in_force_until or ""))),
        ]
    languages = ", ".join(words_for("language", one, language) for one in content.languages)
    checked = words_for("status", str(content.status), language)
    return [*facts, ("languages", languages), ("checked", checked), ("where", content.where)]
