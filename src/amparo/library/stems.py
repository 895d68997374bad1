"""Words, stems and tokens: the one reading of a text that indexing and searching share.

A word loses its accents and its case, and then its ending, by the Snowball stemmer of its language. What is
indexed is the same list of tokens on every database, so that both find the same:

    es.. and en..   a stem of the Spanish or English words (title, place, forum, number, summary, text)
    ts.. and tn..   a stem of the title, for the ranking

Tokens are ASCII letters and digits only: what another script writes is put in hexadecimal, so that no
database's idea of a letter matters. Text in a third language is indexed under both stemmers.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from amparo.library.data.contents import AnyContent, Decision, Provision

WORD = re.compile(r"[^\W_ºª]+")
MAX_WORD = 40
LANGUAGES = {"es": "spanish", "en": "english"}
TITLE_MARKS = {"es": "ts", "en": "tn"}

# Articles, prepositions and conjunctions. "no" and "sin" stay: the law turns on them.
STOP_WORDS = frozenset(
    {"a", "al", "de", "del", "e", "el", "en", "la", "las", "los", "lo", "o", "u", "y", "que", "se", "por"}
    | {"con", "para", "un", "una", "su", "sus", "como"}
    | {"the", "of", "and", "or", "to", "an", "by", "for", "with", "on", "at", "from", "is", "are", "as"}
    | {"that", "in"}
)

_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a text: where it stands, and its folded form."""

    start: int
    end: int
    word: str


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Take away case and accents.

    >>> fold("Niñez"), fold("PERSECUCIÓN")
    ('ninez', 'persecucion')
    """
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in bare if letter.isalnum())[:MAX_WORD]


def find_words(text: str) -> Iterator[Found]:
    """Yield the words of a text that count, in order; stop words are left out."""
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        word = fold(match.group())
        if word and word not in STOP_WORDS:
            yield Found(match.start(), match.end(), word)


@lru_cache(maxsize=100_000)
def stem(language: str, word: str) -> str:
    """Return the stem of a folded word as ASCII letters and digits.

    >>> stem("es", "refugiadas"), stem("en", "trafficking")
    ('refugi', 'traffick')
    """
    found = _stemmer(language).stemWord(word) or word
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", found) if letter.isalnum())
    return bare if bare.isascii() else "x" + bare.encode().hex()


def _stemmer(language: str) -> snowballstemmer.stemmer:
    """A stemmer keeps its state in itself, so that every thread has its own."""
    if not hasattr(_stemmers, language):
        setattr(_stemmers, language, snowballstemmer.stemmer(LANGUAGES[language]))
    return getattr(_stemmers, language)


def tokens_of(content: AnyContent) -> str:
    """Return the tokens of an entry, separated by spaces."""
    tokens: list[str] = []
    for language in LANGUAGES:
        for text in _texts(content, language):
            tokens += [language + stem(language, found.word) for found in find_words(text)]
    for language, mark in TITLE_MARKS.items():
        for text in _titles(content, language):
            tokens += [mark + stem(language, found.word) for found in find_words(text)]
    return " ".join(tokens)


def spellings_of(content: AnyContent) -> set[str]:
    """Return the words of an entry, folded, that a misspelt word could have meant."""
    texts = [text for language in LANGUAGES for text in _texts(content, language)]
    words = {found.word for text in texts for found in find_words(text)}
    return {word for word in words if len(word) >= 4 and word.isalpha()}


def _titles(content: AnyContent, language: str) -> list[str]:
    titles = [getattr(content.title, language)]
    if isinstance(content, Provision):
        titles.append(getattr(content.place, language))
    if isinstance(content, Decision):
        titles.append(content.number)
    return [title for title in titles if title]


def _texts(content: AnyContent, language: str) -> list[str]:
    return [*_titles(content, language), *(text for text, _language in readable(content, language))]


def readable(content: AnyContent, language: str) -> list[tuple[str, str]]:
    """Return the passages of an entry that are indexed under a language, each with its own language."""
    words = [content.summary, *content.notes]
    if isinstance(content, Decision):
        words.append(content.forum)
    passages = [(getattr(one, language), language) for one in words if one]
    if content.text and (content.text_language == language or content.text_language not in LANGUAGES):
        passages.append((content.text, content.text_language))
    return [(text, spoken) for text, spoken in passages if text]
