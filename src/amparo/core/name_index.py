"""Finding people by a name that may be misspelt, among tens of thousands, in memory.

A search takes two steps. The words of the query are compared with the *vocabulary* (each distinct
word once), which leads to the people who have them; rare words weigh more. The best few are then
compared name by name with :func:`amparo.core.names.compare_all`. Every step has a ceiling, so that
no query costs more than a bounded amount of work.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from amparo.core.names import (
    PARTICLES,
    SKELETON_SIMILARITY,
    WEAK_SIMILARITY,
    Word,
    bearing_words,
    compare_all,
    romanise,
    words,
)
from amparo.core.names import word as word_of

QUERY_WORDS = 8
LIKE_WORDS = 60
COMPARED = 80
NEAR = 3
"""Two words of a text this far apart, articles not counted, may be parts of one name."""


@dataclass(frozen=True, slots=True)
class Found:
    """One person found: how alike the name is, from 0 to 100, and which of their names it was.

    ``is_whole``: that name holds every word that was asked, in one spelling or another of the same sound.
    """

    person_id: UUID
    score: float
    name_number: int
    is_whole: bool

    @property
    def rank(self) -> tuple[bool, float]:
        """Order those who bear what was asked before those who bear something like it, best first."""
        return (not self.is_whole, -self.score)


def keys_of(text: str) -> list[str]:
    """Return the keys of the words of a text in their order, without particles; each is worked out once.

    >>> keys_of("La señora Núñez, Ana de NÚÑEZ")
    ['senora', 'nunes', 'ana', 'nunes']
    """
    written = [part for part in romanise(text).split() if part not in PARTICLES]
    forms = {part: word_of(part).key for part in set(written)}
    return [forms[part] for part in written]


class _Vocabulary:
    """Each distinct spelling once, and the numbers of the people who have it."""

    def __init__(self) -> None:
        self.spellings: list[str] = []
        self.people: dict[str, set[int]] = {}

    def add(self, spelling: str, number: int) -> None:
        holders = self.people.get(spelling)
        if holders is None:
            holders = self.people[spelling] = set()
            self.spellings.append(spelling)
        holders.add(number)

    def remove(self, spelling: str, number: int) -> None:
        self.people[spelling].discard(number)

    def like(self, spelling: str) -> Iterable[tuple[str, float]]:
        """Return the spellings most like one, with their likeness from 0 to 1."""
        found = process.extract(
            spelling,
            self.spellings,
            scorer=JaroWinkler.normalized_similarity,
            score_cutoff=WEAK_SIMILARITY,
            limit=LIKE_WORDS,
        )
        return [(choice, score) for choice, score, _ in found]


class NameIndex:
    """The names of many people: normal forms, and single words as written, but no name as a whole.

    Inside, people are small numbers: they hash faster than ids, and there are many of them.
    """

    def __init__(self) -> None:
        self._ids: list[UUID] = []
        self._numbers: dict[UUID, int] = {}
        self._names: dict[int, tuple[tuple[Word, ...], ...]] = {}
        self._forms: dict[str, tuple[Word, ...]] = {}
        self._keys = _Vocabulary()
        self._skeletons = _Vocabulary()
        self._bare = _Vocabulary()

    def __len__(self) -> int:
        return len(self._names)

    def put(self, person_id: UUID, names: Iterable[str]) -> None:
        """Add a person's names, or replace those that were there."""
        self.remove(person_id)
        number = self._number(person_id)
        entries = tuple(self._words(name) for name in names)
        self._names[number] = entries
        for word in {word for entry in entries for word in entry}:
            self._keys.add(word.key, number)
            self._skeletons.add(word.skeleton, number)
            if word.is_bare:
                self._bare.add(word.skeleton, number)

    def remove(self, person_id: UUID) -> None:
        """Forget a person; nothing happens for one who is not there."""
        number = self._numbers.get(person_id, -1)
        entries = self._names.pop(number, ())
        for word in {word for entry in entries for word in entry}:
            self._keys.remove(word.key, number)
            self._skeletons.remove(word.skeleton, number)
            if word.is_bare:
                self._bare.remove(word.skeleton, number)

    def find(self, query: str, *, limit: int) -> list[Found]:
        """Return the people whose names are most like the query, best first.

        Whoever bears every word asked comes before whoever bears something like it.

        >>> index = NameIndex()
        >>> index.put(UUID(int=1), ["María José Núñez Pérez"])
        >>> index.put(UUID(int=2), ["Владимир Щукин"])
        >>> [found.person_id.int for found in index.find("shukin bladimir", limit=1)]
        [2]
        """
        asked = words(query)[:QUERY_WORDS]
        weights = self._weigh(asked)
        likely = heapq.nlargest(COMPARED, weights.items(), key=lambda item: (item[1], item[0]))
        compared = [(self._compare(asked, number), weight) for number, weight in likely]
        compared.sort(key=lambda pair: (pair[0].rank, -pair[1], pair[0].person_id))
        return [found for found, _ in compared[:limit]]

    def named_in(self, keys: Sequence[str]) -> set[UUID]:
        """Return of whom two parts of one name stand near each other in a text, in any order.

        >>> index = NameIndex()
        >>> index.put(UUID(int=1), ["María José Núñez Pérez"])
        >>> index.named_in(keys_of("la señora PEREZ, Maria")) == {UUID(int=1)}
        True
        >>> index.named_in(keys_of("María pidió que no se dijera nada más de los Pérez"))
        set()
        """
        holders = [self._keys.people.get(key) if len(key) > 1 else None for key in keys]
        found: set[int] = set()
        for at, here in enumerate(holders):
            if not here:
                continue
            for there in range(at + 1, min(at + 1 + NEAR, len(keys))):
                both = here & (holders[there] or set()) if keys[there] != keys[at] else set()
                found |= {one for one in both - found if self._holds_both(one, {keys[at], keys[there]})}
        return {self._ids[number] for number in found}

    def alone_in(self, keys: Sequence[str]) -> set[UUID]:
        """Return who has a name of a single word, which stands in a text."""
        return {
            self._ids[number]
            for key in set(keys)
            for number in self._keys.people.get(key, ())
            if any(len(entry) == 1 and entry[0].key == key for entry in self._names[number])
        }

    def _holds_both(self, number: int, pair: set[str]) -> bool:
        return any(pair <= {each.key for each in entry} for entry in self._names[number])

    def _number(self, person_id: UUID) -> int:
        number = self._numbers.setdefault(person_id, len(self._ids))
        if number == len(self._ids):
            self._ids.append(person_id)
        return number

    def _words(self, name: str) -> tuple[Word, ...]:
        """Return the words of a name; each spelling is worked out once. Particles alone are a name too."""
        found: list[Word] = []
        for part in name.split():
            forms = self._forms.get(part)
            if forms is None:
                forms = self._forms[part] = bearing_words(part)
            found += forms
        return tuple(found) or words(name)

    def _compare(self, asked: tuple[Word, ...], number: int) -> Found:
        keys = {each.key for each in asked}
        found = [
            Found(self._ids[number], compare_all(asked, entry), at, keys <= {each.key for each in entry})
            for at, entry in enumerate(self._names[number])
        ]
        return min(found, key=lambda each: each.rank)

    def _weigh(self, asked: Iterable[Word]) -> dict[int, float]:
        """Sum, for each person, how rare and how alike their best word is for each word asked."""
        total: dict[int, float] = {}
        for word in asked:
            best: dict[int, float] = {}
            for vocabulary, spelling, alike in self._like(word):
                holders = vocabulary.people[spelling]
                weight = alike * alike * log(2 + len(self._names) / (1 + len(holders)))
                for number in holders:
                    if weight > best.get(number, 0.0):
                        best[number] = weight
            for number, weight in best.items():
                total[number] = total.get(number, 0.0) + weight
        return total

    def _like(self, word: Word) -> Iterable[tuple[_Vocabulary, str, float]]:
        """Return likely spellings of one word; without vowels where either side has none."""
        yield from ((self._keys, spelling, alike) for spelling, alike in self._keys.like(word.key))
        if len(word.skeleton) < 2:
            return
        without = self._skeletons if word.is_bare else self._bare
        for spelling, alike in without.like(word.skeleton):
            yield without, spelling, SKELETON_SIMILARITY * alike
