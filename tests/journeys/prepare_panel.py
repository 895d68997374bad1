"""Make a demonstration whose best-interests panel met an hour ago; print the case as one line of JSON.

Nobody has recorded yet who was there, nor what the girl of the case wants.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import django

django.setup()

from amparo.access.models import Scope, Staff  # noqa: E402 (the rooms must be registered first)
from amparo.cases.data import NameEntry, NameKind  # noqa: E402
from amparo.panels import actions  # noqa: E402
from amparo.panels.models import Body, Seat  # noqa: E402
from amparo.site.demo import build as demonstration  # noqa: E402
from amparo.site.demo.cast import Cast  # noqa: E402
from amparo.site.demo.panel_plans import BEST_INTERESTS  # noqa: E402
from amparo.site.demo.panels import Hearing  # noqa: E402
from amparo.site.demo.places import CAST, PLACES  # noqa: E402
from amparo.vault.actions import unlock  # noqa: E402

PEOPLE = 8
PERSON = NameEntry(NameKind.OFFICIAL, "Itzel", "Caballero", "Lemus")


def main() -> None:
    now = datetime.now(UTC)
    demonstration.build(PEOPLE, now, lambda _text: None)
    hearing = Hearing(read_cast(now), replace(BEST_INTERESTS, person=PERSON, answers={}))
    body = Body.objects.get(name=BEST_INTERESTS.name)
    hearing.body_id = body.id
    seats = Seat.objects.filter(body=body).select_related("staff")
    hearing.seats = {row.staff.username: row.id for row in seats.order_by("id")}
    hearing.begin(now - timedelta(hours=4))
    convene(hearing, now - timedelta(hours=3), now - timedelta(hours=1))
    made = {
        "code": Scope.objects.get(id=hearing.person_id).code,
        "item_id": str(hearing.item_id),
        "meeting_id": str(hearing.meeting_id),
        "procedure_id": str(hearing.procedure_id),
        "seats": {username: str(seat_id) for username, seat_id in hearing.seats.items()},
    }
    sys.stdout.write(json.dumps(made) + "\n")


def read_cast(now: datetime) -> Cast:
    """Return the cast of the demonstration that was just made, unlocked."""
    staff = {row.username: row.id for row in Staff.objects.order_by("id")}
    keys = {player.username: unlock(staff[player.username], player.passphrase, now) for player in CAST}
    units = {player.place: Staff.objects.get(username=player.username) for player in CAST}
    of_place = {place: row.memberships.order_by("id")[0].unit_id for place, row in units.items()}
    return Cast(
        staff, keys, of_place, {place: row.agency_id for place, row in units.items() if place in PLACES}
    )


def convene(hearing: Hearing, now: datetime, held_at: datetime) -> None:
    """Give notice and put the case on the agenda; the wishes are left to the journey."""
    gael, amina = hearing.actor("gael", now), hearing.actor("amina", now)
    hearing.meeting_id = actions.convene(gael, now=now, body_id=hearing.body_id, held_at=held_at)
    hearing.item_id = actions.put_on_agenda(
        amina,
        now=now,
        person_id=hearing.person_id,
        procedure_id=hearing.procedure_id,
        meeting_id=hearing.meeting_id,
    )


if __name__ == "__main__":
    main()
