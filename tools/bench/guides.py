"""Evaluations of the refugee-status guide per second, with the trace of every element put into words.

The files of answers are random, from empty to complete. CPU time is measured, not the wall clock, so
that other work on the machine does not count; it is the time of one core.
"""

from __future__ import annotations

import random
import time

from amparo.core.evaluation import Answer, evaluate
from amparo.core.guides import Guide
from amparo.core.truth import Truth
from amparo.doctrine import registry
from tools.bench.figure import Figure

SECONDS = 3.0
FILES_PER_SHARE = 20
SHARES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)

Answers = dict[str, list[Answer]]


def random_files(guide: Guide, seed: int) -> list[Answers]:
    """Answer files in which each leaf is answered with a given chance."""
    chance = random.Random(seed)  # noqa: S311
    truths = list(Truth)
    return [
        {
            leaf: [Answer(chance.choice(truths), "bench", True)]
            for leaf in guide.leaf_ids
            if chance.random() < share
        }
        for share in SHARES
        for _ in range(FILES_PER_SHARE)
    ]


def rate(guide: Guide, files: list[Answers]) -> float:
    """Full evaluations per second of CPU time; every element's result is read."""
    done, started = 0, time.process_time()
    while time.process_time() - started < SECONDS:
        for answers in files:
            trace = evaluate(guide, answers, child=Truth.NOT_ESTABLISHED).nodes
            for element in guide.elements:
                _ = trace[element.id]
        done += len(files)
    return done / (time.process_time() - started)


def measure() -> list[Figure]:
    guide = registry.get_guide("refugee-status").logic
    rate(guide, random_files(guide, seed=1))
    value = rate(guide, random_files(guide, seed=2))
    name = f"refugee-status guide, {len(guide.elements)} elements, evaluated with full trace"
    return [Figure(name, value, "per second", 5000, "more")]
