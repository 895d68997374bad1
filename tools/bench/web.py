"""What the served program costs: registering through HTTP, the daily pages, memory."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode, urlsplit

import psutil

from tools.bench.figure import Figure
from tools.installation import AMPARO, Installation, run, served

SMALL, LARGE = 300, 20_000
CLIENTS = 4
REGISTRATIONS = 200
VISITS = 30
PASSPHRASE = "amina cruza el puente al alba"  # noqa: S105 (published, of the demonstration)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
UNIT = re.compile(r'name="unit" value="([0-9a-f-]{36})"')
FILE = re.compile(r'href="(/files/[A-Z0-9-]+/)')
ROUTES = {"worklist": "", "file page": "files/<str:code>/"}


def measure() -> list[Figure]:
    home = Path(tempfile.mkdtemp(prefix="amparo-bench-web-"))
    try:
        run(home, AMPARO, "demo", "--no-serve", "--people", str(SMALL))
        with served(home) as installation:
            figures = _pages(installation, SMALL)
            figures.append(_registrations(installation))
        run(home, sys.executable, "-m", "tools.bench.crowd", str(LARGE - SMALL))
        with served(home) as installation:
            figures += _pages(installation, LARGE)
            figures.append(_memory(installation))
        return figures
    finally:
        shutil.rmtree(home, ignore_errors=True)


@dataclass
class Visitor:
    """A browser without a screen: one connection, its cookies."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, place to go next, and body."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, rest = line.partition("=")
            self.cookies[name] = rest.split(";")[0]
        connection.close()
        return answer.status, answer.headers.get("Location", ""), body

    def get(self, path: str) -> str:
        status, place, body = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path} answered {status} {place}")
        return body

    def send(self, path: str, page: str, form: dict[str, str]) -> str:
        """Send a form that ``page`` showed; return the place that the answer leads to."""
        token = {"csrfmiddlewaretoken": _first(TOKEN, page)}
        status, place, body = self.ask("POST", path, token | form)
        if status != 302:
            raise RuntimeError(f"POST {path} answered {status}: {re.sub('<[^>]+>', ' ', body)[:400]}")
        return place

    def sign_in(self) -> None:
        page = self.get("/sign-in/")
        self.send("/sign-in/", page, {"login": "amina", "password": PASSPHRASE})


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise RuntimeError(f"the page holds no {pattern.pattern}")
    return found[1]


def _pages(installation: Installation, people: int) -> list[Figure]:
    """Server time of the two pages that everybody opens all day, from the request log."""
    visitor = Visitor(installation.url)
    visitor.sign_in()
    file = _first(FILE, visitor.get("/"))
    for path in ["/", file] * VISITS:
        visitor.get(path)
    return [
        Figure(f"web: {name} at {people} people", _server_time(installation, route), "ms", 60, "less")
        for name, route in ROUTES.items()
    ]


def _server_time(installation: Installation, route: str) -> float:
    lines = (installation.home / "serve.log").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines if line.startswith("{")]
    times = [
        entry["milliseconds"] for entry in entries if entry.get("route") == route and entry["status"] == 200
    ]
    return median(times[-VISITS:])


def _registrations(installation: Installation) -> Figure:
    """Several people register people at once; every one is a new name."""
    visitors = [Visitor(installation.url) for _number in range(CLIENTS)]
    for visitor in visitors:
        visitor.sign_in()
    pages = [visitor.get("/people/register/") for visitor in visitors]
    works = [
        _registrar(visitor, page, Random(number))  # noqa: S311
        for number, (visitor, page) in enumerate(zip(visitors, pages, strict=True))
    ]
    seconds = _at_once(works)
    rate = CLIENTS * (REGISTRATIONS // CLIENTS) / seconds
    return Figure("web: people registered through HTTP, two workers", rate, "/s", 20, "more")


def _registrar(visitor: Visitor, page: str, draws: Random) -> Callable[[], None]:
    unit = _first(UNIT, page)

    def register() -> None:
        for _number in range(REGISTRATIONS // CLIENTS):
            given, surname = ("".join(draws.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _part in "ab")
            form = {
                "unit": unit,
                "names-TOTAL_FORMS": "1",
                "names-INITIAL_FORMS": "0",
                "names-0-given": given,
                "names-0-first_surname": surname,
                "precision": "UNKNOWN",
                "needs_interpreter": "UNKNOWN",
                "nationality_standing": "UNKNOWN",
            }
            visitor.send("/people/register/", page, form)

    return register


def _at_once(works: list[Callable[[], None]]) -> float:
    faults: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return time.perf_counter() - started


def _memory(installation: Installation) -> Figure:
    """Memory of all the server's processes, shared pages counted once, after a search of all names."""
    visitor = Visitor(installation.url)
    visitor.sign_in()
    page = visitor.get("/people/search/")
    for word in ("Maria", "Lopez", "Kidane"):
        visitor.ask("POST", "/people/search/", {"csrfmiddlewaretoken": _first(TOKEN, page), "text": word})
    root = psutil.Process(installation.process.pid)
    pages = sum(one.memory_full_info().pss for one in [root, *root.children(recursive=True)])
    return Figure(f"web: memory of the server at {LARGE} people", pages / 2**20, "MB", 300, "less")


if __name__ == "__main__":
    for figure in measure():
        sys.stdout.write(f"{figure.name}: {figure.value:.1f} {figure.unit}\n")
