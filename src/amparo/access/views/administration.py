"""Administration: agencies, units, staff and posts. No case appears on any of these pages."""

from __future__ import annotations

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from amparo.access import actions
from amparo.access.forms.office import AgencyForm, PostForm, ResetForm, StaffForm, UnitForm
from amparo.access.pages import page
from amparo.access.queries import (
    find_staff,
    get_staff,
    list_agencies,
    list_posts,
    list_staff,
    list_units,
    list_waiting_posts,
)
from amparo.core.policy import AgencyKind, Role

HOME = "access_administration"


@page("access.manage_staff")
def home(request: HttpRequest) -> HttpResponse:
    """Show agencies with their units and staff."""
    context = {
        "agencies": list_agencies(),
        "units": list_units(),
        "staff": list_staff(),
        "waiting": list_waiting_posts(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "access/administration.html", context)


@page("access.found_agency")
def add_agency(request: HttpRequest) -> HttpResponse:
    form = AgencyForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        actions.found_agency(
            request.actor,  # type: ignore[attr-defined]
            now=request.now,  # type: ignore[attr-defined]
            name=values["name"],
            kind=AgencyKind(values["kind"]),
            state=values["state"],
        )
        return redirect(HOME)
    return _form(request, form, _("Add an agency"))


@page("access.found_unit")
def add_unit(request: HttpRequest) -> HttpResponse:
    form = UnitForm(request.POST or None, agencies=_agencies())
    if form.is_valid():
        actions.found_unit(
            request.actor,  # type: ignore[attr-defined]
            now=request.now,  # type: ignore[attr-defined]
            agency_id=form.cleaned_data["agency"],
            name=form.cleaned_data["name"],
        )
        return redirect(HOME)
    intro = _("Give the first posts within half an hour: they come with the unit's key.")
    return _form(request, form, _("Add a unit"), intro)


@sensitive_post_parameters("passphrase")
@page("access.add_staff")
def add_staff(request: HttpRequest) -> HttpResponse:
    form = StaffForm(request.POST or None, agencies=_agencies(), is_taken=find_staff)
    if form.is_valid():
        values = form.cleaned_data
        staff_id = actions.add_staff(
            request.actor,  # type: ignore[attr-defined]
            now=request.now,  # type: ignore[attr-defined]
            username=values["username"],
            name=values["name"],
            passphrase=values["passphrase"],
            agency_id=values["agency"],
        )
        return redirect("access_staff", staff_id=staff_id)
    return _form(request, form, _("Add a staff member"))


@page("access.manage_staff")
def staff(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Show one staff member: their posts, and what can be done to the account."""
    waiting = {line.id for line in list_waiting_posts(request.actor)}  # type: ignore[attr-defined]
    context = {"person": get_staff(staff_id), "posts": list_posts(staff_id), "waiting": waiting}
    return render(request, "access/staff.html", context)


@page("access.grant_post")
def add_post(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    person = get_staff(staff_id)
    units = [(unit.id, f"{unit.agency_name}: {unit.name}") for unit in list_units(person.agency_id)]
    form = PostForm(request.POST or None, units=units)
    if form.is_valid():
        actions.grant_post(
            request.actor,  # type: ignore[attr-defined]
            now=request.now,  # type: ignore[attr-defined]
            staff_id=staff_id,
            unit_id=form.cleaned_data["unit"],
            role=Role(form.cleaned_data["role"]),
        )
        return redirect("access_staff", staff_id=staff_id)
    intro = _("Where the unit has files already, a supervisor of the unit must also share its key.")
    return _form(request, form, _("Give a post"), intro, back=reverse("access_staff", args=[staff_id]))


@require_POST
@page("access.end_post")
def end_post(request: HttpRequest, staff_id: UUID, post_id: UUID) -> HttpResponse:
    actions.end_post(request.actor, now=request.now, post_id=post_id)  # type: ignore[attr-defined]
    return redirect("access_staff", staff_id=staff_id)


@sensitive_post_parameters("passphrase")
@page("access.reset_password")
def reset(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    get_staff(staff_id)
    form = ResetForm(request.POST or None)
    if form.is_valid():
        actions.reset_password(
            request.actor,  # type: ignore[attr-defined]
            now=request.now,  # type: ignore[attr-defined]
            staff_id=staff_id,
            passphrase=form.cleaned_data["passphrase"],
        )
        return redirect("access_staff", staff_id=staff_id)
    intro = _("The new passphrase signs in. It does not unlock names: nobody but the person can do that.")
    return _form(
        request, form, _("Reset the passphrase"), intro, back=reverse("access_staff", args=[staff_id])
    )


@require_POST
@page("access.deactivate_staff")
def close_account(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    actions.deactivate_staff(request.actor, now=request.now, staff_id=staff_id)  # type: ignore[attr-defined]
    return redirect("access_staff", staff_id=staff_id)


def _agencies() -> list[tuple[UUID, str]]:
    return [(agency.id, agency.name) for agency in list_agencies()]


def _form(
    request: HttpRequest, form: Form, title: Promise, intro: Promise | str = "", back: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "intro": intro, "back": back or reverse(HOME)}
    return render(request, "access/form.html", context, status=422 if form.errors else 200)
