"""Forms of advisory opinions: text to typed values."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from amparo.access.days import DayField
from amparo.access.queries import list_units
from amparo.asylum.data import Answer, Question
from amparo.asylum.elements_form import ElementsForm
from amparo.asylum.law import Point, guides_of, list_decision_points, list_source_points
from amparo.core.policy import AgencyKind
from amparo.core.texts import plain_text

LONGEST = 20_000


class QuestionForm(ElementsForm):
    """What the asylum authority asks."""

    to_unit = forms.ChoiceField(label=_("UN office to ask"))
    summary = forms.CharField(
        label=_("The facts and the question"),
        help_text=_(
            "Write “the applicant”. No name, number, address or exact date: the text leaves your unit, "
            "sealed to the office."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    due_date = DayField(label=_("Answer needed by"))
    code = forms.CharField(
        label=_("Your own file, if there is one"),
        help_text=_("It stays with you. Its names are compared with your text before anything is sent."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    is_nameless = forms.BooleanField(label=_("I read the text again: nobody can be recognised from it."))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        offices = [unit for unit in list_units() if unit.agency_kind == AgencyKind.UN]
        self.fields["to_unit"].choices = [  # type: ignore[attr-defined]
            (str(unit.id), f"{unit.agency_name}, {unit.name}") for unit in offices
        ]

    def clean_summary(self) -> str:
        return plain_text(self.cleaned_data["summary"])

    def clean_due_date(self) -> date:
        day: date = self.cleaned_data["due_date"]
        if day < localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def question(self, person_id: UUID | None) -> Question:
        typed = self.cleaned_data
        return Question(
            to_unit_id=UUID(typed["to_unit"]),
            elements=self.elements(),
            summary=typed["summary"],
            due_date=typed["due_date"],
            person_id=person_id,
        )


class AnswerForm(ElementsForm):
    """The opinion: law for the register, advice for the asker."""

    title = forms.CharField(label=_("Title for the register"), max_length=200)
    statement = forms.CharField(
        label=_("What the opinion says about the law"),
        help_text=_("This enters the register. It tells law, not this case."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    sources = forms.MultipleChoiceField(
        label=_("Sources cited"), required=False, widget=forms.CheckboxSelectMultiple
    )
    decisions = forms.MultipleChoiceField(
        label=_("Decisions cited, adverse ones too"), required=False, widget=forms.CheckboxSelectMultiple
    )
    advice = forms.CharField(
        label=_("On this case, for the authority alone"),
        help_text=_("Sealed to the unit that asked. It does not enter the register."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    is_law_only = forms.BooleanField(
        label=_("The title and the statement tell nothing from which somebody could be recognised.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, asked: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, language=language, guides=guides_of(asked), **kwargs)
        _offer(self.fields["sources"], list_source_points(asked, language))
        _offer(self.fields["decisions"], list_decision_points(asked, language))

    def clean_title(self) -> str:
        return plain_text(self.cleaned_data["title"])

    def clean_statement(self) -> str:
        return plain_text(self.cleaned_data["statement"])

    def clean_advice(self) -> str:
        return plain_text(self.cleaned_data["advice"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not (self.cleaned_data.get("sources") or self.cleaned_data.get("decisions")):
            self.add_error("sources", _("Cite at least one source or decision."))
        return self.cleaned_data

    def answer(self) -> Answer:
        typed = self.cleaned_data
        return Answer(
            title=typed["title"],
            statement=typed["statement"],
            elements=self.elements(),
            sources=tuple(typed["sources"]),
            decisions=tuple(typed["decisions"]),
            advice=typed["advice"],
        )


class DeclineForm(forms.Form):
    """Why no opinion will be given."""

    why = forms.CharField(label=_("Why"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_why(self) -> str:
        return plain_text(self.cleaned_data["why"])


class VersionForm(forms.Form):
    """The version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """What somebody of the agency that asked says before an answer enters the register."""

    points_to_nobody = forms.BooleanField(
        label=_("I read the title and the statement again: they name nobody and point to nobody."),
        error_messages={"required": _("Read it again and say so, or keep it out of the register.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RegisterForm(forms.Form):
    """What is looked for in the register."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    element = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)


def _choices(points: list[Point]) -> list[tuple[str, str]]:
    return [(point.id, point.label) for point in points]


def _offer(field: forms.Field, points: list[Point]) -> None:
    field.choices = _choices(points)  # type: ignore[attr-defined]
