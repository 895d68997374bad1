"""Misspelt words: the nearest word that some entry holds, by edit distance."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from amparo.library.index import Question
from amparo.library.models import Spelling

SHORTEST = 4


def correct(question: Question) -> str:
    """Return what was typed with the unknown words corrected, or "" when nothing better is known.

    A phrase stays one.

    A word of four to seven letters may be off by one letter, a longer one by two (left out, added, exchanged
    or swapped). Among equally near words the one that begins alike wins, then the alphabet. One query,
    and one for each unknown word.
    """
    known = set(Spelling.objects.filter(word__in=question.words).values_list("word", flat=True))
    better = {
        word: word if word in known or len(word) < SHORTEST else _nearest(word) for word in question.words
    }
    if all(word == other for word, other in better.items()):
        return ""
    terms = (" ".join(better[word] for word in term.words) for term in question.terms)
    return " ".join(f'"{said}"' if " " in said else said for said in terms)


def _nearest(word: str) -> str:
    slips = 1 if len(word) < 8 else 2
    lengths = (len(word) - slips, len(word) + slips)
    candidates = Spelling.objects.filter(length__range=lengths).values_list("word", flat=True)
    near = process.extract(word, list(candidates), scorer=OSA.distance, score_cutoff=slips, limit=50)
    ranked = sorted((distance, not found.startswith(word[:2]), found) for found, distance, _at in near)
    return ranked[0][2] if ranked else word
