"""What every page of a file shares: the header that never lies, the tabs, who did what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.access.data import Actor
from amparo.access.queries import list_staff
from amparo.cases import queries, tabs
from amparo.cases.data import FileHeader, PersonRef
from amparo.core.policy import Purpose


@dataclass(frozen=True, slots=True)
class FilePage:
    """A request about one visible person: who asks, when, about whom."""

    request: HttpRequest
    person: PersonRef
    actor: Actor = field(init=False)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor", actor_of(self.request))
        object.__setattr__(self, "now", now_of(self.request))

    def header(self) -> FileHeader:
        return queries.get_file_header(self.actor, self.person.id, purpose=Purpose.CASE_WORK, now=self.now)

    def show(
        self,
        template: str,
        context: Mapping[str, Any],
        *,
        tab: str,
        header: FileHeader | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Render a page of the file, with its header and tabs."""
        header = header or self.header()
        frame = {
            "header": header,
            "tabs": tabs.list_links(self.person.code, tab, header.rights),
            "code": self.person.code,
        }
        return render(self.request, f"cases/{template}", {**frame, **context}, status=status)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor whom the page decorator put on the request."""
    actor = request.actor  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    return actor


def now_of(request: HttpRequest) -> datetime:
    """Return the request's clock."""
    now = request.now  # type: ignore[attr-defined]
    assert isinstance(now, datetime)
    return now


def file_page(request: HttpRequest, code: str) -> FilePage:
    """Return the frame of a page about the person with that code. Raises Unknown."""
    return FilePage(request, queries.find_by_code(actor_of(request), code))


def colleagues_of(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the staff of the actor's units, to give work to. One query for each unit."""
    found = {line.id: line.name for unit in sorted(actor.unit_ids) for line in list_staff(unit_id=unit)}
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def staff_names(refs: Iterable[str]) -> dict[str, str]:
    """Return names for the references of staff, for "who and when". One query."""
    wanted = set(refs)
    if not wanted:
        return {}
    return {ref: line.name for line in list_staff() if (ref := f"staff:{line.id}") in wanted}
