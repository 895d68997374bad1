"""Finding people by a name that may be misspelt, among tens of thousands, in memory.

A search takes two steps. The words of the query are compared with the *vocabulary* (each distinct
word once), which leads to the people who have them; rare words weigh more. The best few are then
compared name by name with :func:`amparo.core.names.compare_all`. Every step has a ceiling, so that
no query costs more than a bounded amount of work.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from amparo.core.names import SKELETON_SIMILARITY, WEAK_SIMILARITY, Word, compare_all, words

QUERY_WORDS = 8
LIKE_WORDS = 60
COMPARED = 80
CERTAIN = 100.0


@dataclass(frozen=True, slots=True)
class Found:
    """One person found: how alike the name is, from 0 to 100, and which of their names it was."""

    person_id: UUID
    score: float
    name_number: int


class _Vocabulary:
    """Each distinct spelling once, and the people who have it."""

    def __init__(self) -> None:
        self.spellings: list[str] = []
        self.people: dict[str, set[UUID]] = {}

    def add(self, spelling: str, person_id: UUID) -> None:
        holders = self.people.get(spelling)
        if holders is None:
            holders = self.people[spelling] = set()
            self.spellings.append(spelling)
        holders.add(person_id)

    def remove(self, spelling: str, person_id: UUID) -> None:
        self.people[spelling].discard(person_id)

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
    """The names of many people. Holds normal forms only, never the names as they were written."""

    def __init__(self) -> None:
        self._names: dict[UUID, tuple[tuple[Word, ...], ...]] = {}
        self._keys = _Vocabulary()
        self._skeletons = _Vocabulary()
        self._bare = _Vocabulary()

    def __len__(self) -> int:
        return len(self._names)

    def put(self, person_id: UUID, names: Iterable[str]) -> None:
        """Add a person's names, or replace those that were there."""
        self.remove(person_id)
        entries = tuple(words(name) for name in names)
        self._names[person_id] = entries
        for word in {word for entry in entries for word in entry}:
            self._keys.add(word.key, person_id)
            self._skeletons.add(word.skeleton, person_id)
            if word.is_bare:
                self._bare.add(word.skeleton, person_id)

    def remove(self, person_id: UUID) -> None:
        """Forget a person; nothing happens for one who is not there."""
        entries = self._names.pop(person_id, ())
        for word in {word for entry in entries for word in entry}:
            self._keys.remove(word.key, person_id)
            self._skeletons.remove(word.skeleton, person_id)
            if word.is_bare:
                self._bare.remove(word.skeleton, person_id)

    def find(self, query: str, *, limit: int) -> list[Found]:
        """Return the people whose names are most like the query, best first.

        >>> index = NameIndex()
        >>> index.put(UUID(int=1), ["María José Núñez Pérez"])
        >>> index.put(UUID(int=2), ["Владимир Щукин"])
        >>> [found.person_id.int for found in index.find("shukin bladimir", limit=1)]
        [2]
        """
        asked = words(query)[:QUERY_WORDS]
        weights = self._weigh(asked)
        likely = heapq.nlargest(COMPARED, weights.items(), key=lambda item: (item[1], item[0]))
        compared = [self._compare(asked, person_id, weight) for person_id, weight in likely]
        compared.sort(key=lambda pair: (-pair[0].score, -pair[1], pair[0].person_id))
        return [found for found, _ in compared[:limit]]

    def _compare(self, asked: tuple[Word, ...], person_id: UUID, weight: float) -> tuple[Found, float]:
        scores = [compare_all(asked, entry) for entry in self._names[person_id]]
        best = max(scores)
        return Found(person_id, best, scores.index(best)), weight

    def _weigh(self, asked: Iterable[Word]) -> dict[UUID, float]:
        """Sum, for each person, how rare and how alike their best word is for each word asked."""
        total: dict[UUID, float] = {}
        for word in asked:
            best: dict[UUID, float] = {}
            for vocabulary, spelling, alike in self._like(word):
                holders = vocabulary.people[spelling]
                weight = alike * alike * log(2 + len(self._names) / (1 + len(holders)))
                for person_id in holders:
                    if weight > best.get(person_id, 0.0):
                        best[person_id] = weight
            for person_id, weight in best.items():
                total[person_id] = total.get(person_id, 0.0) + weight
        return total

    def _like(self, word: Word) -> Iterable[tuple[_Vocabulary, str, float]]:
        """Return likely spellings of one word; without vowels where either side has none."""
        yield from ((self._keys, spelling, alike) for spelling, alike in self._keys.like(word.key))
        if len(word.skeleton) < 2:
            return
        without = self._skeletons if word.is_bare else self._bare
        for spelling, alike in without.like(word.skeleton):
            yield without, spelling, SKELETON_SIMILARITY * alike
