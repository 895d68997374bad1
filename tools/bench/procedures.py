"""The list of all procedures and one guide page, in a unit of a thousand people with a procedure each.

The procedures are rows written in bulk in a throw-away installation, some with a period, some ended; one
has findings through the real action. The pages are asked through the whole of Django, signed in and
unlocked, without a socket. Processor time is what the program costs; wall time also counts whatever else
the machine does.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from tools.bench.figure import Figure
from tools.bench.installation import make_throwaway
from tools.bench.search import SEED, invent_names, register_people

if TYPE_CHECKING:
    from django.test import Client

    from amparo.access.data import Actor
    from amparo.procedures.models import Procedure

PROCEDURES = 1000
FINDINGS = 12
VISITS = 20
ENDED = 5
"""One procedure in so many has ended."""
PERIODS = (None, -3, 2, 30)
"""Days until the period ends, in turn."""
KINDS = ("victim-identification", "refugee-status", "statelessness", "needs-assessment")
LISTED, OPENED = 100, 60
"""The aims, in milliseconds."""


def measure() -> list[Figure]:
    make_throwaway()
    from django.test import Client

    from amparo.access.gate import writes_outside_actions
    from tests.people import make_cast

    amina = make_cast().amina
    names = list(invent_names(Random(SEED), PROCEDURES))  # noqa: S311 (a repeatable draw)
    people = register_people(amina.actor, amina.unit_id, names)
    with writes_outside_actions("procedures of a benchmark"):
        procedures = _write(amina.actor, people)
    guide = _answer(amina.actor, procedures[1])
    pages = [
        (f"list of {PROCEDURES}", "/procedures/", LISTED),
        (f"list of {PROCEDURES}, filtered", "/procedures/?kind=refugee-status&clock=overdue", LISTED),
        (f"last page of {PROCEDURES}", "/procedures/?page=999", LISTED),
        (f"guide page with {FINDINGS} findings", guide, OPENED),
    ]
    client = amina.client(Client(HTTP_HOST="localhost"))
    return [figure for name, path, aim in pages for figure in _ask(client, name, path, aim)]


def _write(actor: Actor, people: list[UUID]) -> list[Procedure]:
    """Write a procedure about each of the people, at its first stage, in bulk."""
    from amparo.procedures.models import Procedure, StageEntry

    now = _now()
    procedures = list(_invent(actor, people, now))
    Procedure.objects.bulk_create(procedures, batch_size=500)
    StageEntry.objects.bulk_create(
        [
            StageEntry(
                procedure=procedure,
                number=1,
                stage=procedure.stage,
                at=now,
                by=actor.ref,
                by_name=actor.name,
                due_date=None if days is None else (now + timedelta(days=days)).date(),
            )
            for number, procedure in enumerate(procedures)
            for days in [PERIODS[number // len(KINDS) % len(PERIODS)]]
        ],
        batch_size=500,
    )
    return procedures


def _invent(actor: Actor, people: list[UUID], now: datetime) -> Iterator[Procedure]:
    from amparo.doctrine.registry import get_guide, get_procedure
    from amparo.procedures.models import Procedure
    from amparo.procedures.queries.editions import pin

    definitions = [get_procedure(kind) for kind in KINDS]
    pins = [pin(definition, "", now.date()) for definition in definitions]
    for number, person_id in enumerate(people):
        definition = definitions[number % len(KINDS)]
        yield Procedure(
            person_id=person_id,
            definition=definition.id,
            definition_edition=definition.edition,
            guide=definition.guide,
            guide_version=get_guide(definition.guide).version,
            editions=pins[number % len(KINDS)],
            stage=definition.first_stage,
            is_open=number % ENDED != 0,
            opened_at=now - timedelta(minutes=number),
            opened_by=actor.ref,
        )


def _answer(actor: Actor, procedure: Procedure) -> str:
    """Record findings on the first elements of the guide; return the address of its page."""
    from django.urls import reverse

    from amparo.core.guides import Kind
    from amparo.core.truth import Truth
    from amparo.doctrine.registry import get_guide
    from amparo.procedures.actions import record_finding

    logic = get_guide(procedure.guide).logic
    asked = [
        leaf for leaf in logic.leaf_ids if leaf in logic.by_id and logic.by_id[leaf].kind is Kind.FINDING
    ]
    for element in asked[:FINDINGS]:
        record_finding(
            actor,
            now=_now(),
            person_id=procedure.person_id,
            procedure_id=procedure.id,
            element=element,
            truth=Truth.ESTABLISHED,
            reasons="Consta en la entrevista.",
        )
    return reverse("procedures_guide", args=[procedure.person.code, procedure.id])


def _ask(client: Client, name: str, path: str, aim: int) -> list[Figure]:
    """Ask a page; the first visit fills what a process keeps and is not counted."""
    logging.disable(logging.INFO)  # a line for each visit
    wall, processor = [], []
    for _visit in range(VISITS + 1):
        started = time.perf_counter(), time.process_time()
        answer = client.get(path)
        wall.append(1000 * (time.perf_counter() - started[0]))
        processor.append(1000 * (time.process_time() - started[1]))
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return [
        Figure(f"procedures: {name}, processor", median(processor[1:]), "ms", aim, "less"),
        Figure(f"procedures: {name}, wall", median(wall[1:]), "ms", aim, "less"),
    ]


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    for figure in measure():
        sys.stdout.write(f"{figure.name}: {figure.value:.1f} {figure.unit}\n")
