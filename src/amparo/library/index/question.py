"""What somebody typed, as the tokens that an entry must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amparo.library.stems import LANGUAGES, TITLE_MARKS, find_words, stem

MAX_TYPED = 300
MAX_TERMS = 12
PARTS = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|(\S+)')

Phrase = tuple[str, ...]
"""Tokens that follow each other."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or the words of one quoted phrase, folded."""

    words: tuple[str, ...]

    def in_language(self, language: str, mark: str = "") -> Phrase:
        return tuple((mark or language) + stem(language, word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Question:
    """Every term must be met, each in Spanish or in English."""

    terms: tuple[Term, ...]

    @property
    def alternatives(self) -> tuple[tuple[Phrase, ...], ...]:
        """All of these, each by any of its phrases."""
        return tuple(tuple(term.in_language(language) for language in LANGUAGES) for term in self.terms)

    @property
    def in_title(self) -> tuple[tuple[Phrase, ...], ...]:
        """The same, asked of the titles only."""
        return tuple(
            tuple(term.in_language(language, mark) for language, mark in TITLE_MARKS.items())
            for term in self.terms
        )

    @property
    def has_phrase(self) -> bool:
        """Return whether words must follow each other somewhere."""
        return any(len(term.words) > 1 for term in self.terms)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for term in self.terms for word in term.words))


def ask(typed: str) -> Question:
    """Read what was typed: words, and phrases in quotation marks. Stop words are left out."""
    terms: list[Term] = []
    for match in PARTS.finditer(typed[:MAX_TYPED]):
        quoted = match[1] or match[2] or match[3]
        words = tuple(found.word for found in find_words(quoted or match[4] or ""))
        terms += [Term(words)] if quoted else [Term((word,)) for word in words]
    kept = [term for term in dict.fromkeys(terms) if term.words]
    return Question(tuple(kept[:MAX_TERMS]))
