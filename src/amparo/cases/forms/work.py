"""Forms of needs, notes, tasks and statuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from amparo.access.days import DayField
from amparo.cases.data import NeedState, WaitingFor
from amparo.cases.data.limits import find_day_problem
from amparo.cases.forms.fields import CodeChoice, DueDay, PlainText

Colleagues = Sequence[tuple[UUID, str]]


class StaffChoice(forms.ChoiceField):
    """A colleague of the unit, or nobody: then it is the whole unit's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def offer(self, colleagues: Colleagues) -> None:
        self.choices = [("", _("The whole unit")), *((str(one), name) for one, name in colleagues)]

    def clean(self, value: Any) -> UUID | None:
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class ForColleagues(forms.Form):
    """A form with a field ``staff``, whose choices are the colleagues of the unit."""

    staff = StaffChoice(label=_("Who is responsible"))

    def __init__(self, *args: Any, colleagues: Colleagues, **options: Any) -> None:
        super().__init__(*args, **options)
        staff = self.fields["staff"]
        assert isinstance(staff, StaffChoice)
        staff.offer(colleagues)


class AddNeedForm(ForColleagues):
    code = CodeChoice("need", _("Specific need"))
    urgency = CodeChoice("urgency", _("Urgency"), radios=True)
    service_type = CodeChoice("service_type", _("Service that would meet it"), required=False)
    target_date = DueDay(label=_("To be met by"), required=False)
    text = PlainText(_("What matters about it"), rows=4, required=False, help_text=_("Kept sealed."))
    field_order = ("code", "urgency", "service_type", "target_date", "staff", "text")


class ChangeNeedForm(ForColleagues):
    urgency = CodeChoice("urgency", _("Urgency"), radios=True)
    state = CodeChoice("need_state", _("How it stands"), radios=True, initial=NeedState.OPEN)
    service_type = CodeChoice("service_type", _("Service that would meet it"), required=False)
    target_date = DueDay(label=_("To be met by"), required=False)
    text = PlainText(_("What matters about it"), rows=4, required=False, help_text=_("Kept sealed."))
    field_order = ("urgency", "state", "service_type", "target_date", "staff", "text")


class NoteForm(forms.Form):
    kind = CodeChoice("note_kind", _("Kind of note"), radios=True)
    happened_on = DayField(label=_("When it happened"))
    text = PlainText(_("Note"), rows=8, max_length=20000, help_text=_("Kept sealed."))

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        problem = find_day_problem(day, localdate())
        if problem is not None:
            raise forms.ValidationError(problem.reason)
        return day


class TaskForm(ForColleagues):
    due_on = DueDay(label=_("Due by"))
    waiting_for = CodeChoice(
        "waiting_for", _("Whom does it depend on?"), radios=True, initial=WaitingFor.NOBODY
    )
    text = PlainText(_("What to do"), rows=3, required=False, help_text=_("Kept sealed."))
    field_order = ("kind", "due_on", "staff", "waiting_for", "text")


class AddTaskForm(TaskForm):
    kind = CodeChoice("task_kind", _("Kind of task"))

    def clean_kind(self) -> str:
        kind = str(self.cleaned_data["kind"])
        if kind == "NEW_FILE":
            raise forms.ValidationError(_("Choose what has to be done."))
        return kind


class StatusForm(forms.Form):
    """A status on one axis; the axis gives the codes."""

    from_date = DayField(label=_("From"))
    until_date = DayField(label=_("Until"), required=False, help_text=_("Leave it empty while it lasts."))
    basis = CodeChoice("status_basis", _("What it rests on"), radios=True)
    field_order = ("code", "from_date", "until_date", "basis")

    def __init__(self, *args: Any, axis: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = CodeChoice(axis, _("Status"), radios=True)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        start, end = typed.get("from_date"), typed.get("until_date")
        problem = find_day_problem(start, localdate()) if start else None
        if problem is not None:
            self.add_error("from_date", problem.reason)
        if start and end and end <= start:
            self.add_error("until_date", _("It ends before it starts."))
        return typed
