"""Two page patterns: add a row, and change a row that somebody else may have changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from amparo.access.data import Stale
from amparo.cases.views.conflicts import find_conflicts, resolve
from amparo.cases.views.frame import FilePage, staff_names

MakeForm = Callable[[QueryDict | None, dict[str, Any]], Form]
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Saved:
    """What is saved now: the form's values, the version, who changed it last and when."""

    values: dict[str, Any]
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where an editing page stands: its title, its tab, the page that it returns to, how it is laid out."""

    title: str | Promise
    tab: str
    button: str | Promise
    back: str = ""
    lede: str | Promise = ""
    save_at: str = ""
    """The route that saves, where it is not the page's own."""
    template: str = "edit_row.html"

    def url(self, code: str) -> str:
        return reverse(self.back or self.tab, args=[code])


def add(
    at: FilePage,
    place: Place,
    make_form: MakeForm,
    save: Callable[[dict[str, Any]], object],
    initial: dict[str, Any] | None = None,
    *,
    version: int = 0,
) -> HttpResponse:
    """Show an empty form; on a valid submission save and return to the tab.

    ``version`` is of the row that the new one changes the state of, when there is one.
    """
    if at.request.method != "POST":
        return _show_form(at, place, make_form(None, initial or {}), version=version)
    form = make_form(at.request.POST, {})
    if not form.is_valid():
        return _show_form(at, place, form, version=version, status=UNPROCESSABLE)
    save(form.cleaned_data)
    return redirect(place.url(at.person.code))


def change(
    at: FilePage,
    place: Place,
    make_form: MakeForm,
    read: Callable[[], Saved],
    save: Callable[[dict[str, Any], int], object],
) -> HttpResponse:
    """Show a form with what is saved; on a stale version show both values and ask which stays."""
    saved = read()
    if at.request.method != "POST":
        return _show_form(at, place, make_form(None, saved.values), version=saved.version)
    fields = list(make_form(None, saved.values).fields)
    form = make_form(resolve(at.request.POST, saved.values, fields), {})
    version = typed_version(at.request.POST)
    if not form.is_valid():
        return _show_form(at, place, form, version=version, status=UNPROCESSABLE)
    try:
        save(form.cleaned_data, version)
    except Stale:
        return _show_conflict(at, place, form, read())
    return redirect(place.url(at.person.code))


def typed_version(posted: QueryDict) -> int:
    """Return the version that the page was made from; 0, which is never current, for nonsense."""
    text = posted.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _show_form(
    at: FilePage, place: Place, form: Form, *, version: int = 0, status: int = 200
) -> HttpResponse:
    context = {"form": form, "place": place, "version": version, "back": place.url(at.person.code)}
    return at.show(place.template, context, tab=place.tab, status=status)


def _show_conflict(at: FilePage, place: Place, form: Form, saved: Saved) -> HttpResponse:
    who = staff_names([saved.changed_by]).get(saved.changed_by, "")
    conflicts = find_conflicts(form, saved.values, changed_by=who, changed_at=saved.changed_at)
    if not conflicts:
        return redirect(place.url(at.person.code))
    return show_conflicts(at, place, conflicts, form.data, saved.version)


def show_conflicts(
    at: FilePage, place: Place, conflicts: list[Any], posted: Mapping[str, Any], version: int
) -> HttpResponse:
    """Render both values of every field that differs, with all that was typed kept in the page."""
    context = {
        "conflicts": conflicts,
        "kept": _kept(posted),
        "place": place,
        "version": version,
        "back": place.url(at.person.code),
        "action": reverse(place.save_at, args=[at.person.code]) if place.save_at else "",
    }
    return at.show("conflict.html", context, tab=place.tab, status=409)


def _kept(posted: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was typed, to be submitted again with the choice."""
    assert isinstance(posted, QueryDict)
    return [
        (name, value)
        for name, values in posted.lists()
        if name not in {"csrfmiddlewaretoken", "version"} and not name.startswith("keep-")
        for value in values
    ]
