"""The staff face: the readable pages behind sign-in, and adding and editing entries."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amparo.access.data import Actor, Stale
from amparo.access.pages import may_use, page
from amparo.core.refusal import Refusal, Unknown
from amparo.library import actions, queries
from amparo.library.data import FromDoctrine
from amparo.library.forms import EntryForm, WithdrawForm, form_for, initial_of
from amparo.library.queries.elements import list_elements
from amparo.library.queries.entries import label_of
from amparo.library.views.reading import language_of, show_entry, show_search, show_versions
from amparo.library.views.stale import find_differences, merge
from amparo.library.words import SHAPES


def actor_of(request: HttpRequest) -> tuple[Actor, datetime]:
    """Return the actor and the clock that the page decorator put on the request."""
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    assert isinstance(now, datetime)
    return actor, now


@page("library.read")
def search(request: HttpRequest) -> HttpResponse:
    """Search the library."""
    actor, _now = actor_of(request)
    return show_search(request, may_add=may_use(actor, "library.add_entry"))


@page("library.read")
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """One entry."""
    actor, _now = actor_of(request)
    may_withdraw = may_use(actor, "library.withdraw_entry")
    return show_entry(
        request,
        key,
        may_edit=may_use(actor, "library.edit_entry"),
        withdraws_for=actor.agency_id if may_withdraw else None,
    )


@page("library.read")
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """What an entry said before."""
    return show_versions(request, key)


@page("library.withdraw_entry")
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take an entry of one's own agency back, with the reason."""
    actor, now = actor_of(request)
    saved = queries.find_entry(key)
    if saved is None:
        raise Unknown
    if saved.is_from_doctrine:
        raise FromDoctrine
    sent = request.POST if request.method == "POST" else None
    form = WithdrawForm(sent, initial={"version": saved.version})
    if form.is_valid() and not form.asks_again(actor, now=now):
        try:
            actions.withdraw_entry(actor, now=now, key=key, **form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal, str(refusal.details.get("place", "")))
        else:
            messages.success(request, _("Withdrawn. It stays where it is, marked, with your reason."))
            return redirect("library_entry", key)
    context = {"form": form, "key": key, "title": label_of(saved.content, language_of())}
    return render(request, "library/withdraw.html", context, status=400 if form.is_bound else 200)


@page("library.add_entry")
def add(request: HttpRequest, shape: str) -> HttpResponse:
    """Add an instrument, a provision or a decision."""
    actor, now = actor_of(request)
    form_class = form_for(shape)
    if form_class is None:
        raise Unknown
    form = form_class(request.POST if request.method == "POST" else None, language=language_of())
    if form.is_valid() and form.content is not None and not form.asks_again(actor, now=now):
        try:
            key = actions.add_entry(actor, now=now, content=form.content)
        except Refusal as refusal:
            put_refusal(form, refusal, form.field_at(str(refusal.details.get("place", "")).split(".")))
        else:
            messages.success(request, _("The entry was added. Everybody who searches can find it now."))
            return redirect("library_entry", key)
    return _show(request, form, key="", version=0)


@page("library.edit_entry")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Edit an entry of staff; a stale version is answered with both values."""
    actor, now = actor_of(request)
    saved = queries.find_entry(key)
    if saved is None:
        raise Unknown
    if saved.is_from_doctrine:
        raise FromDoctrine
    form_class = form_for(saved.content.shape)
    assert form_class is not None
    before = initial_of(saved.content)
    if request.method != "POST":
        return _show(
            request, form_class(None, before, language=language_of()), key=key, version=saved.version
        )
    posted = merge(request.POST, before)
    posted["key"] = key
    form = form_class(posted, language=language_of(), more_notes=saved.content.notes[1:])
    typed_version = request.POST.get("version", "")
    version = int(typed_version) if typed_version.isdecimal() and len(typed_version) < 10 else 0
    if form.is_valid() and form.content is not None and not form.asks_again(actor, now=now):
        try:
            actions.edit_entry(actor, now=now, content=form.content, version=version)
        except Stale:
            context = {
                "key": key,
                "version": saved.version,
                "conflicts": find_differences(form, before, saved.changed_by_name, saved.changed_at),
                "kept": [(name, value) for name in form.fields for value in posted.getlist(name)],
            }
            return render(request, "library/stale.html", context, status=409)
        except Refusal as refusal:
            put_refusal(form, refusal, form.field_at(str(refusal.details.get("place", "")).split(".")))
        else:
            messages.success(request, _("The entry was saved. Its earlier versions are kept."))
            return redirect("library_entry", key)
    return _show(request, form, key=key, version=version)


def put_refusal(form: Form, refusal: Refusal, field: str | None) -> None:
    """Show a refusal on one of the form's fields, or above the form."""
    said = f"{refusal.what_happened} {refusal.reason} {refusal.what_next}"
    form.add_error(field if field in form.fields else None, said)


def _show(request: HttpRequest, form: EntryForm, *, key: str, version: int) -> HttpResponse:
    context = {
        "form": form,
        "key": key,
        "version": version,
        "shape": SHAPES[form.shape],
        "elements": list_elements(language_of()),
    }
    return render(request, "library/edit.html", context, status=400 if form.is_bound else 200)
