"""Pages of needs, notes and tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.access.pages import page
from amparo.cases import actions, queries
from amparo.cases.data import NeedState, NoteKind, TaskKind, TaskState, WaitingFor
from amparo.cases.forms.fields import end_of_day
from amparo.cases.forms.work import AddNeedForm, AddTaskForm, ChangeNeedForm, NoteForm, TaskForm
from amparo.cases.views import editing
from amparo.cases.views.conflicts import plain_text
from amparo.cases.views.editing import Place, Saved
from amparo.cases.views.frame import FilePage, colleagues_of, file_page, staff_names
from amparo.core.policy import Purpose
from amparo.vault.data import Compartment, Opened
from amparo.vault.queries import require_identity

TAB = "cases_plan"
form_page = require_http_methods(["GET", "POST"])


def _narrative(at: FilePage) -> Opened | None:
    return queries.open_narrative(at.actor, at.person.id, Purpose.CASE_WORK, now=at.now)


@page("cases.read_file")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Needs, tasks and notes of the file."""
    at = file_page(request, code)
    narrative = _narrative(at)
    health = queries.open_parts(at.actor, at.person.id, {Compartment.HEALTH}, Purpose.CASE_WORK, now=at.now)
    notes = queries.list_notes(at.actor, at.person.id, narrative, health)
    context = {
        "needs": queries.list_needs(at.actor, at.person.id, narrative),
        "tasks": queries.list_tasks(at.actor, at.person.id, narrative),
        "notes": notes,
        "who": staff_names(note.created_by for note in notes),
        "colleagues": dict(colleagues_of(at.actor)),
    }
    return at.show("plan.html", context, tab=TAB)


@page("cases.add_need")
@form_page
def add_need(request: HttpRequest, code: str) -> HttpResponse:
    at = file_page(request, code)
    colleagues = colleagues_of(at.actor)

    def save(typed: dict[str, Any]) -> None:
        actions.add_need(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            code=typed["code"],
            urgency=typed["urgency"],
            service_type=typed["service_type"],
            target_date=typed["target_date"],
            responsible_id=typed["staff"],
            text=typed["text"],
        )

    return editing.add(
        at,
        Place(_("Record a need"), TAB, _("Record the need")),
        lambda data, initial: AddNeedForm(data, initial=initial, colleagues=colleagues),
        save,
    )


@page("cases.edit_need")
@form_page
def change_need(request: HttpRequest, code: str, need_id: UUID) -> HttpResponse:
    at = file_page(request, code)
    colleagues = colleagues_of(at.actor)

    def read() -> Saved:
        need = queries.get_need(at.actor, at.person.id, need_id, _narrative(at))
        values = {
            "urgency": need.urgency,
            "state": need.state,
            "service_type": need.service_type,
            "target_date": need.target_date,
            "staff": need.responsible_id,
            "text": plain_text(need.text),
        }
        return Saved(values, need.version, need.updated_by, need.updated_at)

    def save(typed: dict[str, Any], version: int) -> None:
        actions.change_need(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            need_id=need_id,
            version=version,
            urgency=typed["urgency"],
            state=NeedState(typed["state"]),
            service_type=typed["service_type"],
            target_date=typed["target_date"],
            responsible_id=typed["staff"],
            text=typed["text"],
        )

    return editing.change(
        at,
        Place(_("Change a need"), TAB, _("Save")),
        lambda data, initial: ChangeNeedForm(data, initial=initial, colleagues=colleagues),
        read,
        save,
    )


@page("cases.add_note")
@form_page
def add_note(request: HttpRequest, code: str) -> HttpResponse:
    at = file_page(request, code)
    require_identity(at.person.id)

    def save(typed: dict[str, Any]) -> None:
        actions.add_note(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            kind=NoteKind(typed["kind"]),
            happened_on=typed["happened_on"],
            text=typed["text"],
        )

    return editing.add(
        at,
        Place(_("Write a note"), TAB, _("Save the note")),
        lambda data, initial: NoteForm(data, initial=initial),
        save,
        {"happened_on": localdate(at.now)},
    )


@page("cases.add_task")
@form_page
def add_task(request: HttpRequest, code: str) -> HttpResponse:
    at = file_page(request, code)
    colleagues = colleagues_of(at.actor)

    def save(typed: dict[str, Any]) -> None:
        actions.add_task(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            kind=TaskKind(typed["kind"]),
            due_at=end_of_day(typed["due_on"]),
            assigned_to=typed["staff"],
            waiting_for=WaitingFor(typed["waiting_for"]),
            text=typed["text"],
        )

    return editing.add(
        at,
        Place(_("Plan a task"), TAB, _("Plan the task")),
        lambda data, initial: AddTaskForm(data, initial=initial, colleagues=colleagues),
        save,
        {"staff": at.actor.staff_id},
    )


@page("cases.add_task")
@form_page
def change_task(request: HttpRequest, code: str, task_id: UUID) -> HttpResponse:
    at = file_page(request, code)
    colleagues = colleagues_of(at.actor)

    def read() -> Saved:
        task = queries.get_task(at.actor, at.person.id, task_id, _narrative(at))
        values = {
            "due_on": localdate(task.due_at),
            "staff": task.assigned_to,
            "waiting_for": task.waiting_for,
            "text": plain_text(task.text),
        }
        return Saved(values, task.version, task.updated_by, task.updated_at)

    def save(typed: dict[str, Any], version: int) -> None:
        actions.change_task(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            task_id=task_id,
            version=version,
            due_at=end_of_day(typed["due_on"]),
            assigned_to=typed["staff"],
            waiting_for=WaitingFor(typed["waiting_for"]),
            text=typed["text"],
        )

    return editing.change(
        at,
        Place(_("Change a task"), TAB, _("Save")),
        lambda data, initial: TaskForm(data, initial=initial, colleagues=colleagues),
        read,
        save,
    )


@page("cases.complete_task")
@require_POST
def complete_task(request: HttpRequest, code: str, task_id: UUID) -> HttpResponse:
    """Finish a task: done, or no longer needed."""
    at = file_page(request, code)
    actions.complete_task(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        task_id=task_id,
        version=editing.typed_version(request.POST),
        outcome=TaskState.CANCELLED if "cancel" in request.POST else TaskState.DONE,
    )
    return redirect(TAB, code)
