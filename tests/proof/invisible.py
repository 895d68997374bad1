"""What somebody who must not know of a person can ask, and the two worlds in which they ask it.

``hide`` makes the person; ``questions`` is everything an onlooker can send when they know all of the
person's ids, code and name. Both worlds are undone. Ids and case codes that an answer itself creates
are renamed in order of appearance, and only in answers to requests that create something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amparo.access.gate import writes_outside_actions
from amparo.access.models import Scope
from amparo.cases import name_memory
from tests.doors.noninterference import Request, Seen, look
from tests.proof import routes
from tests.proof.world import NOW, Demo, hidden_rows, passing, register
from tests.statistics.workbooks import make_book

CODE = "AM-7KQ3-9XTR"
GIVEN, SURNAME = "Eulalia", "Quebracho"
REASON = "La persona no contesta y la trabajadora no puede esperar hasta mañana."
MADE = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|AM-[2-9A-Z]{4}-[2-9A-Z]{4}"
)
SHOWS_A_FRESH_SECRET = ("mfa_activate_totp", "access_app_picture")
"""Pages of one's own account that show a fresh secret each time."""


@dataclass(frozen=True)
class Ask:
    """A request, and whether its answer names what it made."""

    request: Request
    makes: bool = False


def hide(demo: Demo, more: Callable[[Any], object] = lambda _person_id: None) -> dict[str, Any]:
    """Register the person at the shelter with a row of every kind; return the ids that stand in routes."""
    person_id = register(demo, GIVEN, SURNAME, states=("COL",))
    with writes_outside_actions("the code that the requests ask for"):
        Scope.objects.filter(id=person_id).update(code=CODE)
    rows = hidden_rows(demo, person_id)
    more(person_id)
    return rows


def questions(demo: Demo, who: str, rows: dict[str, Any]) -> list[Ask]:
    """Return everything to ask: pages of one's own, pages of the person, and forms that name them."""
    asks = [*_pages(demo, {}), *_pages(demo, rows)]
    asks += [Ask(Request(path, {"text": text}, is_sent=True)) for path, text in _searches()]
    glass = {"code": CODE, "reason_code": "missing_person", "reason": REASON}
    asks.append(Ask(Request(reverse("access_break_glass"), glass, is_sent=True)))
    asks += _registrations(demo, who)
    for ask in _relations(demo):
        asks.append(ask)
    for button in ("accept", "reject", "done"):
        path = reverse("referrals_received", args=[rows["referral_id"]])
        asks.append(Ask(Request(path, {button: "1", "version": "1"}, is_sent=True)))
    return asks


def _pages(demo: Demo, hidden: dict[str, Any]) -> Iterator[Ask]:
    """Every page, of the files that are there or of the hidden one, which is also posted to."""
    world = replace(demo, rows={**demo.rows, **hidden}, certified={} if hidden else demo.certified)
    for route in sorted(routes.walk(), key=lambda one: one.name):
        if route.name in SHOWS_A_FRESH_SECRET or (hidden and not route.parameters):
            continue
        path = _address(route, world, hidden)
        yield Ask(Request(path))
        if hidden:
            yield Ask(Request(path, is_sent=True))


def _address(route: routes.Route, world: Demo, hidden: dict[str, Any]) -> str:
    if hidden:
        return reverse(route.name, kwargs={name: world.rows[name] for name in route.parameters})
    return routes.address(route, world)


def _searches() -> list[tuple[str, str]]:
    path = reverse("cases_search")
    return [(path, text) for text in (f"{GIVEN} {SURNAME}", "Eulália Qebracho", CODE, CODE.replace("-", ""))]


def _registrations(demo: Demo, who: str) -> Iterator[Ask]:
    """The duplicate check of the form and of an import, with the very name."""
    unit = str(demo.unit_of(who))
    form = {
        "names-TOTAL_FORMS": "2",
        "names-INITIAL_FORMS": "0",
        "names-0-given": GIVEN,
        "names-0-first_surname": SURNAME,
        "precision": "UNKNOWN",
        "needs_interpreter": "UNKNOWN",
        "nationality_standing": "UNKNOWN",
        "unit": unit,
    }
    yield Ask(Request(reverse("cases_register"), form, is_sent=True), makes=True)
    book = make_book([[GIVEN, SURNAME, "1997-02-13", None, "CO", True]])
    upload: dict[str, Any] = {"unit": unit, "workbook": SimpleUploadedFile("casos.xlsx", book)}
    yield Ask(Request(reverse("statistics_imports"), upload, is_sent=True), makes=True)


def _relations(demo: Demo) -> Iterator[Ask]:
    """Name the person's code in a form of a file that is there."""
    path = reverse("cases_add_relation", args=[demo.rows["code"]])
    yield Ask(Request(path, {"kind": "SIBLING", "code": CODE}, is_sent=True))


def observe(demo: Demo, who: str, asks: list[Ask]) -> list[Seen]:
    """Ask everything as that member, in one session; what each question changes is undone after it."""
    name_memory._held.clear()  # one process serves both worlds here; two would in life
    seen = []
    with passing():
        client = demo.client(who)
        for ask in asks:
            with passing():
                cookies = type(client.cookies)(client.cookies.output(header="", sep=";"))
                _rewind(ask.request)
                one = look(client, ask.request)
                client.cookies = cookies
            seen.append(_renamed(one) if ask.makes else one)
    return seen


def _rewind(request: Request) -> None:
    for value in request.data.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)


def _renamed(seen: Seen) -> Seen:
    """Rename what the answer made, in order of appearance."""
    names: dict[bytes, bytes] = {}

    def rename(match: re.Match[bytes]) -> bytes:
        return names.setdefault(match[0], b"made-%d" % (len(names) + 1))

    headers = tuple((name, MADE.sub(rename, value.encode()).decode()) for name, value in seen.headers)
    return replace(seen, headers=headers, body=MADE.sub(rename, seen.body))


def both_worlds(
    demo: Demo, who: str, more: Callable[[Any], object] = lambda _person_id: None
) -> tuple[list[Seen], list[Seen]]:
    """Observe with the person and without."""
    with passing():
        rows = hide(demo, more)
        asks = questions(demo, who, rows)
        present = observe(demo, who, asks)
    return present, observe(demo, who, asks)


__all__ = ["NOW", "both_worlds", "hide", "observe", "questions"]
