"""Pages of a person's family: everybody around them, and the founding of a family."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amparo.access.pages import page
from amparo.cases import actions, queries
from amparo.cases.forms.files import FamilyForm
from amparo.cases.views import editing
from amparo.cases.views.editing import Place
from amparo.cases.views.frame import file_page
from amparo.core.policy import Purpose

TAB = "cases_file"
PLACE = Place(
    _("Found a family"),
    TAB,
    _("Found the family"),
    back="cases_family",
    lede=_("People who are helped together. Each file stays its own: who reads one may not read the others."),
)


@page("cases.read_file")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody around the person, drawn and as a table."""
    at = file_page(request, code)
    opened = queries.open_parts(at.actor, at.person.id, queries.HEADER_PARTS, Purpose.CASE_WORK, now=at.now)
    network = queries.get_network(at.actor, at.person.id, opened, now=at.now)
    header = queries.make_header(at.actor, at.person.id, opened, now=at.now)
    return at.show("family.html", {"network": network}, tab=TAB, header=header)


@page("cases.relate")
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, code: str) -> HttpResponse:
    """Say who is helped together with the person."""
    at = file_page(request, code)

    def make_form(data: Any, initial: Any) -> FamilyForm:
        return FamilyForm(
            data,
            initial=initial,
            own=at.person.id,
            find=lambda text: queries.find_by_typed_code(at.actor, text),
        )

    def save(typed: dict[str, Any]) -> None:
        actions.found_family(
            at.actor, now=at.now, person_id=at.person.id, role=typed["role"], others=typed["others"]
        )

    return editing.add(at, PLACE, make_form, save)
