"""A small corpus of invented entries, and the brute-force reading that both databases are held against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from random import Random

from amparo.access.queries import machine_actor
from amparo.library.actions.cataloguing import create_entries
from amparo.library.data import AnyContent, Decision, Instrument, Provision, Words
from amparo.library.data.contents import facets_of
from amparo.library.stems import LANGUAGES, find_words, stem

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SPANISH = (
    "persecución persecuciones refugiada refugiados niñez niño niñas trata tratas devolución no sin de la "
    "protección grupo social determinado víctima víctimas retorno año 3.º acogida apátrida"
)
ENGLISH = (
    "persecution persecuted refugee refugees child children trafficking trafficked no the of group social "
    "particular victim victims return returned 1e5 2008 CRDD-V95 hrc/38/45"
)
ES, EN = SPANISH.split(), ENGLISH.split()
QUOTED = ('"grupo social"', "«determinado grupo»", '"social group"', '"no devolución"', '"de la niñez"')
SEED = 20261124


def make_corpus(count: int = 80) -> list[AnyContent]:
    """Return entries of every shape whose words are drawn from two short lists."""
    rng = Random(SEED)
    return [_entry(rng, number) for number in range(count)]


def catalogue(contents: list[AnyContent]) -> None:
    """Write the entries as the sync does."""
    create_entries(machine_actor("library", now=NOW), contents, origin="doctrine", now=NOW)


def _entry(rng: Random, number: int) -> AnyContent:
    common = {
        "key": f"x/{number}",
        "title": _words(rng, 3),
        "summary": _words(rng, 9),
        "country": rng.choice(["", "CRI", "GTM"]),
        "status": rng.choice(["S", "U-m"]),
        "elements": rng.sample(["refugee.fear", "refugee.ground.psg"], rng.randrange(3)),
    }
    if number % 3 == 0:
        return Instrument(**common, kind="national", in_force_from=_date(rng))
    if number % 3 == 1:
        place = Words(es=f"art. {number}", en=f"Art. {number}")
        text = " ".join(rng.choices([*ES, "ação", "Ñandú", "Ж"], k=12))
        return Provision(**common, instrument="x/0", place=place, text=text, text_language="pt")
    outcome = rng.choice(["favourable", "adverse", "mixed"])
    forum = Words(es="Tribunal", en="Court")
    year = rng.choice(["", "2008", "2008-11", "2010-01-31"])
    return Decision(**common, forum=forum, outcome=outcome, aspects=rng.sample("ABCDE", 2), date=year)


def _words(rng: Random, count: int) -> Words:
    spanish, english = " ".join(rng.choices(ES, k=count)), " ".join(rng.choices(EN, k=count))
    return rng.choice([Words(es=spanish, en=english), Words(es=spanish), Words(en=english)])


def _date(rng: Random) -> date | None:
    return rng.choice([None, date(2005, 1, 1), date(2008, 11, 30)])


Streams = dict[str, list[list[str]]]


def streams_of(content: AnyContent) -> tuple[Streams, Streams]:
    """Return the stems of an entry by language, as unbroken runs: of everything, and of the title."""
    titles: Streams = {}
    everything: Streams = {}
    for language in LANGUAGES:
        heads = [getattr(content.title, language)]
        body = [getattr(content.summary, language)] if content.summary else []
        if isinstance(content, Provision):
            heads.append(getattr(content.place, language))
            body.append(content.text)
        if isinstance(content, Decision):
            heads.append(content.number)
            body.append(getattr(content.forum, language))
        titles[language] = [_stems(heads, language)]
        everything[language] = [_stems([*heads, *body], language)]
    return everything, titles


def _stems(texts: Iterable[str], language: str) -> list[str]:
    return [stem(language, found.word) for text in texts for found in find_words(text)]


def _holds(streams: Streams, words: tuple[str, ...]) -> bool:
    for language, runs in streams.items():
        wanted = [stem(language, word) for word in words]
        for run in runs:
            if any(run[at : at + len(wanted)] == wanted for at in range(len(run))):
                return True
    return False


def by_hand(contents: list[AnyContent], terms: list[tuple[str, ...]], filters: dict[str, str]) -> list[str]:
    """Return the keys that a search must answer, in its order, by looking at every entry."""
    found = []
    for number, content in enumerate(contents):
        everything, titles = streams_of(content)
        if not all(_holds(everything, words) for words in terms):
            continue
        if not {pair for pair in filters.items() if pair[1]} <= facets_of(content):
            continue
        in_title = all(_holds(titles, words) for words in terms)
        when = content.date if isinstance(content, Decision) else str(content.in_force_from or "")
        found.append((in_title, when, -number, content.key))
    return [key for *_order, key in sorted(found, reverse=True)]
