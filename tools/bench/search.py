"""Search by name in a unit of 20,000 people: first opening, misspelt search, recall; file and worklist.

The people are invented: names of Faker in eight languages and of a short Ethiopic list, registered
through the real actions in a throw-away installation. A query is the name of one of them, spoilt in
one of five ways. What is timed is what a page waits for: policy, ledger and vault included.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from tools.bench.figure import Figure
from tools.bench.installation import make_throwaway

if TYPE_CHECKING:
    from amparo.access.data import Actor
    from amparo.cases.data import NameEntry

PEOPLE = 20_000
FEW = 300
QUERIES = 300
BATCH = 500
WITH_A_TASK = 10
"""One person in so many has an open task."""

SEED = 20261124
SHARES = {"es_MX": 35, "es_CO": 25, "pt_BR": 10, "fr_FR": 5, "ru_RU": 6, "uk_UA": 3, "ar_AA": 8, "en_US": 4}
ETHIOPIC_SHARE = 4
ETHIOPIC = "ሰላም ተስፋዬ ወልደ ገብረ ዮሐንስ አበበ ከበደ ሃና ሳራ ዳዊት ሙሉ አለማየሁ ብርሃኑ ፍቅርተ ሚካኤል ሰለሞን ታደሰ መስፍን ሄኖክ ኤልያስ"
TWO_SURNAMES = {"es_MX", "es_CO", "pt_BR"}
COMMON_LETTERS = "aeiourstnl"

T = TypeVar("T")


def measure() -> list[Figure]:
    make_throwaway()
    from amparo.cases import queries
    from tests.people import make_cast

    rng = Random(SEED)  # noqa: S311 (a repeatable draw)
    cast = make_cast()
    actor, unit_id = cast.amina.actor, cast.amina.unit_id
    names = list(invent_names(rng, PEOPLE))
    ids = register_people(actor, unit_id, names[:FEW])
    few = _pages(actor, ids[0])
    ids += register_people(actor, unit_id, names[FEW:])
    first, _ = _timed(lambda: queries.search_people(actor, "Nadie Ninguno", now=_now()))
    seconds, recall = _search(rng, actor, ids, names)
    many = _pages(actor, ids[-1])
    return [
        Figure(f"search: open {PEOPLE} names and search them", first, "s", 1.0, "less"),
        Figure("search: a misspelt name, median", 1000 * median(seconds), "ms", 50, "less"),
        Figure("search: a misspelt name, 95 of 100", 1000 * _at(seconds, 0.95), "ms", 50, "less"),
        Figure(f"search: recall in ten, {QUERIES} spoilt names", recall, "", 0.97, "more"),
        Figure(f"file: header with {FEW} people", 1000 * few[0], "ms", 60, "less"),
        Figure(f"file: header with {PEOPLE} people", 1000 * many[0], "ms", 60, "less"),
        Figure(f"worklist with {FEW} people", 1000 * few[1], "ms", 60, "less"),
        Figure(f"worklist with {PEOPLE} people", 1000 * many[1], "ms", 60, "less"),
    ]


def invent_names(rng: Random, count: int) -> Iterator[NameEntry]:
    from faker import Faker

    from amparo.cases.data import NameEntry, NameKind

    fakers = {language: Faker(language) for language in SHARES}
    for faker in fakers.values():
        faker.seed_instance(SEED)
    kinds = rng.choices([*SHARES, ""], [*SHARES.values(), ETHIOPIC_SHARE], k=count)
    for language in kinds:
        if not language:
            yield NameEntry(NameKind.OFFICIAL, *rng.sample(ETHIOPIC.split(), 3))
            continue
        faker = fakers[language]
        given = faker.first_name()
        if language not in TWO_SURNAMES:
            yield NameEntry(NameKind.OFFICIAL, given, faker.last_name())
            continue
        if rng.random() < 0.5:
            given = f"{given} {faker.first_name()}"
        yield NameEntry(NameKind.OFFICIAL, given, faker.last_name(), faker.last_name())


def register_people(actor: Actor, unit_id: UUID, names: Sequence[NameEntry]) -> list[UUID]:
    """Write the rows of the registration in bulk, and the identities through the vault's own door.

    Registering is measured elsewhere; here it would only take an hour.
    """
    from django.db import transaction

    from amparo.access.gate import writes_outside_actions
    from amparo.vault import door
    from amparo.vault.data import Permission

    def permit(actor, act, ids, compartments, purpose, *, now):  # type: ignore[no-untyped-def]
        return Permission(frozenset(ids), "bench")

    def log(actor_ref, verb, person_ids, details, *, now):  # type: ignore[no-untyped-def]
        return None

    ids: list[UUID] = []
    for start in range(0, len(names), BATCH):
        with (
            door.installed(permit=permit, log=log),
            writes_outside_actions("people of a benchmark"),
            transaction.atomic(),
        ):
            ids += _register_batch(actor, unit_id, names[start : start + BATCH])
    return ids


def _register_batch(actor: Actor, unit_id: UUID, names: Sequence[NameEntry]) -> list[UUID]:
    from django.db.models import Max
    from uuid_utils.compat import uuid7

    from amparo.access.models import Scope
    from amparo.cases.data import NAMES_FIELD, TaskKind, TaskState
    from amparo.cases.models import File, NameChange, NameCounter, Person, Task
    from amparo.vault import door
    from amparo.vault.data import Compartment

    now, ids = _now(), [uuid7() for _ in names]
    wrote = {"created_at": now, "created_by": actor.ref, "updated_at": now, "updated_by": actor.ref}
    first = NameChange.objects.filter(unit_id=unit_id).aggregate(last=Max("number"))["last"] or 0
    Scope.objects.bulk_create(
        Scope(id=person_id, code=f"AM-{first + number:08d}", unit_id=unit_id, is_child=True)
        for number, person_id in enumerate(ids)
    )
    Person.objects.bulk_create(
        Person(
            person_id=person_id,
            sex_gender="UNKNOWN",
            age_status="UNKNOWN",
            age_band="UNKNOWN",
            age_band_on=now.date(),
            birth_precision="UNKNOWN",
            needs_interpreter="UNKNOWN",
            nationality_standing="UNKNOWN",
            **wrote,
        )
        for person_id in ids
    )
    File.objects.bulk_create(
        File(person_id=person_id, unit_id=unit_id, opened_at=now, state="OPEN", updated_at=now)
        for person_id in ids
    )
    Task.objects.bulk_create(
        Task(
            person_id=person_id,
            unit_id=unit_id,
            kind=TaskKind.CALL,
            due_at=now + timedelta(days=number % 30 - 3),
            state=TaskState.OPEN,
            **wrote,
        )
        for number, person_id in enumerate(ids[::WITH_A_TASK])
    )
    for person_id, name in zip(ids, names, strict=True):
        door.create_person(actor, person_id, unit_id, now=now)
        door.write(actor, person_id, Compartment.ID, {NAMES_FIELD: [name.to_json()]}, now=now)
    NameChange.objects.bulk_create(
        NameChange(person_id=person_id, unit_id=unit_id, number=first + number + 1)
        for number, person_id in enumerate(ids)
    )
    NameCounter.objects.update_or_create(unit_id=unit_id, defaults={"value": first + len(ids)})
    return ids


def _search(
    rng: Random, actor: Actor, ids: Sequence[UUID], names: Sequence[NameEntry]
) -> tuple[list[float], float]:
    from amparo.cases import queries

    seconds, found = [], 0
    for number in rng.sample(range(PEOPLE), QUERIES):
        query = _spoil(rng, names[number].full)
        took, candidates = _timed(lambda text=query: queries.search_people(actor, text, now=_now()))
        seconds.append(took)
        found += ids[number] in {candidate.person.id for candidate in candidates}
    return sorted(seconds), found / QUERIES


def _spoil(rng: Random, name: str) -> str:
    """Spoil a name the way people do: typing errors, order, a surname left out, accents, another script."""
    from amparo.core.names import romanise

    parts = name.split()
    match rng.choice(["typos", "order", "dropped", "accents", "script"]):
        case "typos":
            for _ in range(2):
                where = rng.randrange(len(parts))
                parts[where] = _mistype(rng, parts[where])
        case "order":
            parts = [*parts[:-2], parts[-1], parts[-2]] if len(parts) > 3 else [parts[-1], *parts[:-1]]
        case "dropped":
            parts = parts[:-1] if len(parts) > 2 else parts
            parts[-1] = _mistype(rng, parts[-1])
        case "accents":
            bare = unicodedata.normalize("NFD", name)
            parts = "".join(letter for letter in bare if not unicodedata.combining(letter)).upper().split()
        case "script":
            latin = romanise(name).replace("y", "i").replace("v", "w").replace("k", "c")
            parts = latin.split()
    return " ".join(parts)


def _mistype(rng: Random, word: str) -> str:
    """Leave out, swap, replace or add one letter inside a word of four or more."""
    if len(word) < 4:
        return word
    where, letter = rng.randrange(1, len(word) - 1), rng.choice(COMMON_LETTERS)
    before, after = word[:where], word[where + 1 :]
    return rng.choice(
        [
            before + after,
            before + after[:1] + word[where] + after[1:],
            before + letter + after,
            before + letter + word[where:],
        ]
    )


def _pages(actor: Actor, person_id: UUID) -> tuple[float, float]:
    """Return the seconds of a file's header and of a worklist page, each the median of twenty."""
    from amparo.cases import queries
    from amparo.core.policy import Purpose

    def header() -> object:
        return queries.get_file_header(actor, person_id, purpose=Purpose.CASE_WORK, now=_now())

    def worklist() -> object:
        return queries.get_worklist(actor, now=_now())

    return (
        median(_timed(header)[0] for _ in range(20)),
        median(_timed(worklist)[0] for _ in range(20)),
    )


def _timed(run: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = run()
    return time.perf_counter() - started, result


def _at(seconds: Sequence[float], share: float) -> float:
    return seconds[int(share * (len(seconds) - 1))]


def _now() -> datetime:
    return datetime.now(UTC)
