"""Builds the demonstration in an empty installation, in the order in which things would happen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from amparo.library.actions import bring_up_to_date as bring_library_up_to_date
from amparo.site.demo.advocacy import begin_reform
from amparo.site.demo.agenda import Agenda
from amparo.site.demo.casework import Caseworker
from amparo.site.demo.cast import Cast, found_cast
from amparo.site.demo.opinions import ask_another, give_one
from amparo.site.demo.panels import PEOPLE as PEOPLE_OF_PANELS
from amparo.site.demo.panels import plan_panels
from amparo.site.demo.people import Sketch, Sketcher, register
from amparo.site.demo.services import offer_services
from amparo.site.demo.stories import tell_certified_return, tell_refused_return
from amparo.site.paths import home

SEED = 2009
DAYS = 180
SHARES = {"amina": 60, "dora": 18, "gael": 14, "bruno": 8}
"""Who registers how many of a hundred people."""

HOUSE_STORIES = ((40, give_one), (30, begin_reform), (1, ask_another))
"""What happens about no file, and how many days ago."""

STORIES = ((2, tell_refused_return), (1, tell_certified_return))
"""The files that are told in full, and how many days ago."""

Progress = Callable[[str], None]


def marker_exists() -> bool:
    """Whether this installation is a demonstration."""
    return (home() / "demonstration.json").is_file()


def build(people: int, now: datetime, progress: Progress) -> int:
    """Make the cast and ``people`` invented people with their files; return how many events ran."""
    started = now - timedelta(days=DAYS)
    bring_library_up_to_date(now=started)
    progress("agencies, units and staff")
    cast = found_cast(started)
    offer_services(cast, started)
    agenda = Agenda()
    _plan_registrations(agenda, cast, people - len(STORIES) - PEOPLE_OF_PANELS, started, now)
    for days, tell in (*HOUSE_STORIES, *STORIES):
        agenda.at(now - timedelta(days=days), partial(tell, cast))
    plan_panels(agenda, cast, now)
    progress(f"{people} invented people and their files")
    events = agenda.run(until=now)
    _write_marker(people)
    return events


def _plan_registrations(agenda: Agenda, cast: Cast, people: int, started: datetime, now: datetime) -> None:
    draws = Random(SEED)  # noqa: S311
    sketcher = Sketcher(SEED, now.date())
    caseworker = Caseworker(agenda, cast, SEED)
    span = (now - started).total_seconds()
    for number in range(people):
        username = draws.choices(list(SHARES), list(SHARES.values()))[0]
        moment = started + timedelta(seconds=span * (number + 1) / (people + 2))
        agenda.at(moment, partial(_register, cast, caseworker, username, sketcher.draw()))


def _register(cast: Cast, caseworker: Caseworker, username: str, sketch: Sketch, now: datetime) -> None:
    person_id = register(cast.actor(username, now), sketch, now)
    caseworker.plan(username, person_id, now)


def _write_marker(people: int) -> None:
    text = json.dumps({"demonstration": True, "people": people})
    (home() / "demonstration.json").write_text(text, encoding="utf-8")
