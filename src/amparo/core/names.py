"""Names as people write them: in any script, with accents or without, in any order.

Comparison never decides; it proposes people for a person to look at. The metric is rapidfuzz's and
the transliteration anyascii's. What is ours is the normal form of one word of a name:

- its *key*: Latin letters without accents or case, spellings of one sound folded together (sh, ch
  and x; k, q and c; v and b; y and i; silent h; doubled letters);
- its *skeleton*: the key's consonants, because Arabic and Hebrew do not write short vowels.

Particles (de, la, dos, bin, al ...) are left out unless nothing else remains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "el", "y", "e", "da", "das", "do", "dos", "di", "du", "van", "von"}
    | {"der", "den", "ter", "bin", "ibn", "ben", "bint", "bat", "al", "ul", "ad", "ed"}
)
INITIAL_SIMILARITY = 0.7
SKELETON_SIMILARITY = 0.92
WEAK_SIMILARITY = 0.72
"""Words less alike than this count as different."""

SKELETON_SHARE = 2 / 3
"""Skeletons are compared where the shorter has that many of the longer one's letters: two consonants
begin far too many words."""

_SOUNDS: tuple[tuple[str, str], ...] = (
    ("shch", "s"),
    ("tch", "s"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("sz", "s"),
    ("cz", "s"),
    ("zh", "j"),
    ("kh", "j"),
    ("dj", "j"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("ts", "s"),
    ("tz", "s"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("x", "s"),
    ("z", "s"),
    ("q", "k"),
    ("c", "k"),
    ("w", "u"),
    ("v", "b"),
    ("y", "i"),
)
SHARE_OF_FEWER = 0.85
"""What it counts that the shorter name is found in the longer one; the rest counts the other way."""

SHARE_OF_ONE_WORD = 0.6
"""The same for a name of one word: a given name alone is shared by many people."""

TELLING_LETTERS = 4
MOST_FOR_SO_FEW = 50.0
"""Fewer letters than that are like many names, unless they are a whole word of it ("Li")."""

_MARKS = re.compile("[`'’ʼʿʾ.]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_APART = re.compile(r"[^a-z0-9]+")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")
_ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """One word of a name in normal form. ``is_bare``: written without vowels."""

    key: str
    skeleton: str
    is_bare: bool


def has_letter(text: str) -> bool:
    """Return whether a text holds a letter of any script: dots, digits and pictures alone are no name.

    >>> has_letter("."), has_letter("123"), has_letter("Ñ"), has_letter("李")
    (False, False, True, True)
    """
    return any(unicodedata.category(letter).startswith("L") for letter in text)


def romanise(text: str) -> str:
    """Return lower-case Latin letters, digits and spaces; what is invisible or a mark is dropped.

    >>> romanise("José  ÑANDÚ-O’Neill")
    'jose nandu oneill'
    >>> romanise("Владимир Щукин"), romanise("ተስፋዬ ወልደ")
    ('vladimir shchukin', 'tesfaye welde')
    """
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if not text.isascii():
        visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
        text = anyascii(_ARABIC_ARTICLE.sub("", unicodedata.normalize("NFC", visible)))
    return _APART.sub(" ", _MARKS.sub("", text.lower())).strip()


def word(text: str) -> Word:
    """Return the normal form of one romanised word.

    >>> word("yussuf").key == word("iusuf").key
    True
    >>> word("muhammad").skeleton == word("mhmd").skeleton
    True
    """
    folded = text
    for spelling, sound in _SOUNDS:
        folded = folded.replace(spelling, sound)
    folded = _DOUBLED.sub(r"\1", folded)
    skeleton = _DOUBLED.sub(r"\1", _VOWELS.sub("", folded))
    key = _DOUBLED.sub(r"\1", folded.replace("h", "")) or folded
    return Word(key, skeleton, len(text) > 1 and not _VOWELS.search(text))


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a name in the order written, without particles.

    >>> [each.key for each in words("María de los Ángeles Núñez")]
    ['maria', 'angeles', 'nunes']
    >>> [each.key for each in words("De La")]
    ['de', 'la']
    """
    return bearing_words(text) or tuple(map(word, romanise(text).split()))


def bearing_words(text: str) -> tuple[Word, ...]:
    """Return the words that tell people apart: none when there are only particles."""
    return tuple(word(part) for part in romanise(text).split() if part not in PARTICLES)


def normalise(text: str) -> str:
    """Return one key for a whole name, whatever its script, accents, case, order and particles.

    >>> normalise("NÚÑEZ, José") == normalise("jose nunez")
    True
    """
    return " ".join(each.key for each in sorted(words(text)))


def compare_words(left: Word, right: Word) -> float:
    """Return how alike two words are, from 0 to 1; symmetric. An initial is like what it begins."""
    if left.key == right.key:
        return 1.0
    if min(len(left.key), len(right.key)) == 1:
        return INITIAL_SIMILARITY if left.key[:1] == right.key[:1] else 0.0
    alike = JaroWinkler.similarity(*sorted((left.key, right.key)))
    if left.is_bare or right.is_bare:
        alike = max(alike, _compare_skeletons(left.skeleton, right.skeleton))
    return alike if alike >= WEAK_SIMILARITY else 0.0


def _compare_skeletons(left: str, right: str) -> float:
    """Return how alike two words are when the vowels of one were not written, from 0 to 1; symmetric."""
    shorter, longer = sorted((left, right), key=lambda skeleton: (len(skeleton), skeleton))
    if len(shorter) < 2 or len(shorter) < SKELETON_SHARE * len(longer):
        return 0.0
    return SKELETON_SIMILARITY * JaroWinkler.similarity(shorter, longer)


def compare(left: str, right: str) -> float:
    """Return how alike two whole names are, from 0 to 100.

    Symmetric; blind to accents, case, order and script. A dropped second surname costs little; a
    word that is only on one side is never evidence against.

    >>> compare("María José Núñez Pérez", "Perez Nunez, Maria Jose")
    100.0
    >>> compare("Ana Lucía Gómez Rojas", "Ana Gomez") > 85
    True
    >>> compare("محمد يوسف", "Mohamed Youssef") > 85
    True
    >>> compare("Ana Gómez", "Pedro Castillo") < 40
    True
    >>> compare("M", "María Núñez") <= 50, compare("Li", "Li Wei") > 70, compare("Rosa", "Rosa Zutano") < 80
    (True, True, True)
    """
    return compare_all(words(left), words(right))


def compare_all(left: Iterable[Word], right: Iterable[Word]) -> float:
    """Compare names already in normal form; see :func:`compare`."""
    ours, theirs = sorted(left), sorted(right)
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 100.0
    matched = _match(ours, theirs)
    fewer, more = sorted((_weight(ours), _weight(theirs)))
    share = SHARE_OF_FEWER if min(len(ours), len(theirs)) > 1 else SHARE_OF_ONE_WORD
    by_words = 100 * (share * min(1.0, matched / fewer) + (1 - share) * min(1.0, matched / more))
    keys = sorted((" ".join(each.key for each in ours), " ".join(each.key for each in theirs)))
    alike = max(by_words, 0.95 * fuzz.ratio(*keys))
    if fewer < TELLING_LETTERS and not {each.key for each in ours} & {each.key for each in theirs}:
        return min(alike, MOST_FOR_SO_FEW)
    return alike


def _weight(side: list[Word]) -> float:
    return float(sum(_length(each) for each in side))


def _length(each: Word) -> int:
    return min(len(each.key), 6)


def _match(ours: list[Word], theirs: list[Word]) -> float:
    """Pair the most alike words first, each once; return the weight that is matched."""
    pairs = [
        (compare_words(left, right), tuple(sorted((left, right))), here, there)
        for here, left in enumerate(ours)
        for there, right in enumerate(theirs)
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1]))
    used_here: set[int] = set()
    used_there: set[int] = set()
    total = 0.0
    for alike, (one, other), here, there in pairs:
        if alike == 0.0 or here in used_here or there in used_there:
            continue
        used_here.add(here)
        used_there.add(there)
        total += alike * (_length(one) + _length(other)) / 2
    return total
