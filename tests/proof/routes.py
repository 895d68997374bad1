"""What every route answers to every role, and what reading it writes.

The table ``routes.csv`` has one row for each route and method, one column for a stranger and two for
each member of the cast: unlocked (``amina``) and locked (``amina-``). A cell is a status, and where the
answer leads away also the name of the route: ``302 access_unlock``. Posts carry no data: they say who
would be heard. The test itself writes the table (``AMPARO_WRITE_ROUTES=1 pytest
tests/proof/test_routes.py``), so that what is written is what is compared. Review each changed line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from amparo.access.pages import PUBLIC
from amparo.core.rights import RIGHTS
from tests.proof.world import Demo, passing

PATH = Path(__file__).with_name("routes.csv")
METHODS = ("GET", "POST")
ROLES = ("amina", "bruno", "chidi", "dora", "flor", "camilo", "eve", "ines")
COLUMNS = ("stranger", *(column for name in ROLES for column in (name, f"{name}-")))
MAY_BE_WRITTEN_BY_A_LOOK = (
    "ledger_",
    "django_session",
    "access_attempts",
    "vault_bundle",
)
"""Tables that reading a page may write: the record of the opening, the session, counters of attempts,
and the moment at which the opened keys were last used."""

ABOUT_THE_CERTIFIED = {"solutions_certificate", "procedures_participants", "procedures_resend"}
OTHER_CODES = {"cases_answer_closure": "closing_code", "cases_reopen": "closed_code"}
OTHER_PROCEDURES = {
    "procedures_contact": "nationality_procedure_id",
    "procedures_choice": "resettlement_procedure_id",
}


@dataclass(frozen=True)
class Route:
    """A route of the resolver: its name, its parameters, and the right that its view declares."""

    name: str
    parameters: tuple[str, ...]
    right: str


@dataclass
class Written:
    """Tables written while a page was read, by route; must be empty but for the allowed ones."""

    tables: set[str] = field(default_factory=set)


def walk(resolver: URLResolver | None = None, above: tuple[str, ...] = ()) -> Iterator[Route]:
    """Yield every route, whatever includes it."""
    for entry in (resolver or get_resolver()).url_patterns:
        parameters = (*above, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from walk(entry, parameters)
        elif isinstance(entry, URLPattern):
            right = getattr(entry.callback, "right", "")
            yield Route(entry.name or str(entry.pattern), parameters, right)


def undeclared(routes: Iterable[Route]) -> list[str]:
    """Return the routes whose view declares neither a right of the catalogue nor that it is public."""
    return [route.name for route in routes if route.right != PUBLIC and route.right not in RIGHTS]


def address(route: Route, demo: Demo) -> str:
    """Return the path of a route in the world; raises ``KeyError`` for a parameter without a row."""
    rows = demo.rows
    if route.name in ABOUT_THE_CERTIFIED:
        rows = {**rows, **demo.certified}
    if route.name in OTHER_CODES:
        rows = {**rows, "code": rows[OTHER_CODES[route.name]]}
    if route.name in OTHER_PROCEDURES:
        rows = {**rows, "procedure_id": rows[OTHER_PROCEDURES[route.name]]}
    if route.name.startswith("panels_") and "code" in route.parameters:
        rows = {**rows, "code": rows["panel_code"], "procedure_id": rows["panel_procedure_id"]}
    return reverse(route.name, kwargs={name: rows[name] for name in route.parameters})


def make_rows(demo: Demo, routes: Iterable[Route]) -> tuple[list[list[str]], dict[str, set[str]]]:
    """Ask every route as everybody; return the table's rows, and what reading wrote, by route."""
    cookies = {column: _client(demo, column).cookies for column in COLUMNS}
    rows, wrote = [], {}
    for route in sorted(routes, key=lambda one: one.name):
        path = address(route, demo)
        for method in METHODS:
            cells = []
            for column in COLUMNS:
                with passing(), watching() as written:
                    cells.append(_ask(method, path, cookies[column]))
                if method == "GET" and written.tables:
                    wrote.setdefault(route.name, set()).update(written.tables)
            rows.append([route.name, method, route.right, *cells])
    return rows, wrote


def _client(demo: Demo, column: str) -> Client:
    if column == "stranger":
        return Client()
    return demo.client(column.rstrip("-"), is_unlocked=not column.endswith("-"))


def _ask(method: str, path: str, cookies: Any) -> str:
    client = Client(raise_request_exception=False)
    client.cookies = type(cookies)(cookies.output(header="", sep=";"))
    answer = client.generic(method, path, content_type="application/x-www-form-urlencoded")
    where = answer.headers.get("Location", "")
    return f"{answer.status_code} {_name_of(where)}".strip()


def _name_of(where: str) -> str:
    if not where:
        return ""
    try:
        return resolve(urlsplit(where).path).url_name or where
    except Resolver404:
        return where


@contextmanager
def watching() -> Iterator[Written]:
    """Note every table that is written, but the allowed ones."""
    written = Written()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.replace('"', " ").split()
        verb = words[0].upper() if words else ""
        if verb in {"INSERT", "UPDATE", "DELETE", "REPLACE"}:
            table = (
                words[1]
                if verb == "UPDATE"
                else words[words.index("INTO" if "INTO" in words else "FROM") + 1]
            )
            if not table.startswith(MAY_BE_WRITTEN_BY_A_LOOK):
                written.tables.add(table)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def as_text(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["route", "method", "right", *COLUMNS])
    writer.writerows(rows)
    return out.getvalue()
