"""Search over 30,000 entries of the law library, on SQLite and, where its server is here, on PostgreSQL.

The entries are invented. Their words are those of doctrine, Spanish and English, followed by invented ones up
to a vocabulary of a large library, drawn with Zipf's frequencies; a few words are put into about ten entries
each. What is timed is ``library.queries.search`` whole: matching, ordering, counting, entries and snippets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import accumulate
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from tools.bench.figure import Figure
from tools.pgcluster import NoPostgreSQL, cluster

if TYPE_CHECKING:
    from amparo.library.data import AnyContent

ENTRIES = 30_000
VOCABULARY = 20_000
WORDS = 60
RARE_EVERY = 3_000
SEED = 20261124
RUNS = 21
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu cla bre gri plo tru".split()  # noqa: SIM905
AIMS = {
    "a rare word": 50.0,
    "a common word": 300.0,
    "two common words and a filter": 300.0,
    "a common phrase": 300.0,  # PostgreSQL unpacks the places of both words in every entry
    "a misspelt word": 300.0,
    "everything, the last page": 300.0,
}


def measure() -> list[Figure]:
    """Measure on SQLite, and on a private PostgreSQL unless its server is not installed."""
    figures = _figures("SQLite", "")
    try:
        with cluster() as made:
            figures += _figures("PostgreSQL", made.url())
    except NoPostgreSQL as missing:
        print(f"library: {missing}")
    return figures


def _figures(database: str, url: str) -> list[Figure]:
    """Run in a process of its own, since a process has one database."""
    run = [sys.executable, "-m", "tools.bench.library", url]
    found = json.loads(subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True).stdout)
    where = f"library on {database}: {ENTRIES} entries"
    return [
        Figure(f"library on {database}: {name}", found[name], "ms", aim, "less") for name, aim in AIMS.items()
    ] + [Figure(f"{where}, catalogued", found["built"], "entries/s", 200, "more")]


def _run(url: str) -> dict[str, float]:
    from tools.bench.installation import make_throwaway

    make_throwaway(url)
    from amparo.access.queries import machine_actor
    from amparo.library.actions.cataloguing import create_entries
    from amparo.library.queries import search

    now = datetime.now(UTC)
    started = time.perf_counter()
    create_entries(machine_actor("bench", now=now), list(_invent()), origin="staff", now=now)
    built = ENTRIES / (time.perf_counter() - started)
    _tidy()
    last = search("").pages
    questions: dict[str, Callable[[], object]] = {
        "a rare word": lambda: search("zarzamoral"),
        "a common word": lambda: search("trata"),
        "two common words and a filter": lambda: search("trata persona", {"country": "CRI"}),
        "a common phrase": lambda: search('"víctimas de trata"'),
        "a misspelt word": lambda: search("zarzamorel"),
        "everything, the last page": lambda: search("", page=last),
    }
    assert 5 <= search("zarzamoral").total <= 20
    assert search("trata").total > ENTRIES / 2
    assert search("zarzamorel").did_you_mean == "zarzamoral"
    return {name: _median(question) for name, question in questions.items()} | {"built": built}


def _tidy() -> None:
    """Let PostgreSQL count its rows, as its own daemon does within a minute."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _median(question: Callable[[], object]) -> float:
    return 1000 * median(_timed(question) for _ in range(RUNS))


def _timed(question: Callable[[], object]) -> float:
    started = time.perf_counter()
    question()
    return time.perf_counter() - started


def _invent() -> Iterator[AnyContent]:
    from amparo.library.data import Decision, Provision, Words

    rng = Random(SEED)  # noqa: S311 (a repeatable draw)
    spanish, english = _vocabulary(rng, "es"), _vocabulary(rng, "en")
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def text(words: list[str], count: int) -> str:
        return " ".join(rng.choices(words, cum_weights=weights, k=count))

    for number in range(ENTRIES):
        rare = " zarzamoral" if number % RARE_EVERY == 7 else ""
        common = {
            "key": f"b/{number}",
            "title": Words(es=text(spanish, 8), en=text(english, 8)),
            "summary": Words(es=text(spanish, WORDS) + rare, en=text(english, WORDS)),
            "country": rng.choice(["CRI", "GTM", "MEX", "URY", ""]),
        }
        if number % 2:
            date = f"{rng.randrange(1951, 2026)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
            outcome = rng.choice(["favourable", "adverse", "mixed"])
            yield Decision(**common, forum=Words(es="Tribunal", en="Court"), date=date, outcome=outcome)
        else:
            yield Provision(**common, instrument="b", place=Words(es=f"art. {number}"), kind="national")


def _vocabulary(rng: Random, language: str) -> list[str]:
    """Return words, the most frequent first: doctrine's by their own frequency, then invented ones."""
    from collections import Counter

    from amparo.library.doctrine_entries import list_doctrine_entries
    from amparo.library.stems import find_words

    counted: Counter[str] = Counter()
    for content in list_doctrine_entries():
        for words in (content.title, content.summary):
            if words:
                counted.update(found.word for found in find_words(getattr(words, language)))
    known = dict.fromkeys(["trata", "persona", "victimas"] if language == "es" else [])
    known |= dict.fromkeys(word for word, _count in counted.most_common())
    while len(known) < VOCABULARY:
        known["".join(rng.choices(SYLLABLES, k=rng.randrange(2, 5)))] = None
    return list(known)[:VOCABULARY]


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("AMPARO_DATABASE_URL", ""))))
