"""Forms of panels: text to typed values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.access.days import DayField
from amparo.cases.data import TaskKind
from amparo.core.quorum import Standing
from amparo.core.texts import plain_text
from amparo.panels.data import AnswerCode, BodyKind, Conflict, Stance, Vote, WishesHow
from amparo.panels.data.codes import choices_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
    Choices = Iterable[tuple[str, Text]]

WORDS_LIMIT = 20_000
NO_CONFLICT = ""
TASKS = {
    TaskKind.CALL: _("Call"),
    TaskKind.MEET: _("Meet"),
    TaskKind.DOCUMENT: _("Document"),
    TaskKind.FOLLOW_UP: _("Follow-up"),
    TaskKind.OTHER: _("Other"),
}


class WordsField(forms.CharField):
    """Several lines of plain text, without what cannot be seen."""

    def __init__(self, *, label: Text, help_text: Text = "", required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=WORDS_LIMIT,
            widget=forms.Textarea(attrs={"rows": 5}),
            error_messages={"required": _("Write it in words.")},
        )

    def to_python(self, value: object) -> str:
        return plain_text(value)


class OnceForm(forms.Form):
    """A form that carries the id of what it makes: sent twice, it makes one thing."""

    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)

    @property
    def makes(self) -> UUID:
        """The id of what a valid form makes; a new one where the form came without."""
        return self.cleaned_data["form_id"] or uuid7()


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Set the choices of a field that depend on the page."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def _chosen(label: Text, choices: Choices = (), help_text: Text = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of those listed.")},
    )


class BodyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Give the body a name.")}
    )
    kind = _chosen(_("Kind of body"), choices_of(BodyKind))
    unit = forms.ChoiceField(
        label=_("Unit that keeps the secretariat"), help_text=_("It convenes meetings and records who came.")
    )
    procedures = forms.MultipleChoiceField(
        label=_("Procedures that it decides"),
        help_text=_("None for a body that only coordinates."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: object = None, *, units: Choices, procedures: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        offer(self, "unit", units)
        offer(self, "procedures", procedures)


class SeatForm(forms.Form):
    holder = forms.ChoiceField(label=_("Who sits, and for which unit"))
    standing = _chosen(_("Sits as"), choices_of(Standing), _("Only members count, and decide."))
    from_date = DayField(label=_("Term from"))
    until_date = DayField(label=_("Until"), help_text=_("Empty: until it is ended."), required=False)

    def __init__(self, data: object = None, *, holders: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        offer(self, "holder", holders)


class PutForm(forms.Form):
    meeting = _chosen(_("Meeting"))

    def __init__(self, data: object = None, *, meetings: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        offer(self, "meeting", meetings)


class WishesForm(forms.Form):
    how = _chosen(_("How they were heard"), choices_of(WishesHow))
    text = WordsField(
        label=_("What the person wants, in their own words"),
        help_text=_("Empty only where they prefer not to say."),
        required=False,
    )


class OptionForm(forms.Form):
    code = forms.ChoiceField(label=_("Option"))
    for_it = WordsField(label=_("What speaks for it, for this person"), required=False)
    against_it = WordsField(label=_("What speaks against it"), required=False)

    def __init__(self, data: object = None, *, options: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        offer(self, "code", options)


class DecisionForm(forms.Form):
    options = forms.MultipleChoiceField(
        label=_("What the panel chose"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of the options.")},
    )
    reasons = WordsField(label=_("Reasons"))
    conditions = WordsField(label=_("Conditions"), required=False)
    review_date = DayField(label=_("Day of review"))
    why_without = WordsField(label=_("Why the panel decides without the guide"), required=False)

    def __init__(self, data: object = None, *, options: Choices, gaps: Iterable[str]) -> None:
        """``gaps``: what the guide lacks, in words; where nothing is, the panel is not asked for a reason."""
        super().__init__(data)  # type: ignore[arg-type]
        offer(self, "options", options)
        told = {"gaps": "; ".join(gaps)}
        if not told["gaps"]:
            del self.fields["why_without"]
            return
        self.fields["why_without"].help_text = (
            _("Missing in the guide: %(gaps)s. What you write is signed and printed with the decision.")
            % told
        )


class AnswerForm(OnceForm):
    answer = _chosen(
        _("What the person said"),
        choices_of(AnswerCode),
        _("Refusing closes no other service, and they may answer again at any time."),
    )
    text = WordsField(label=_("In their own words"), required=False)


class TaskForm(OnceForm):
    kind = _chosen(_("Kind of task"), [(str(kind), label) for kind, label in TASKS.items()])
    due_date = DayField(label=_("Due on"))
    text = WordsField(label=_("What is to be done, and by which agency"))


class RecuseForm(forms.Form):
    seat = _chosen(_("Who does not sit on this case"))
    conflict = _chosen(_("Why"), choices_of(Conflict))
    reason = WordsField(
        label=_("What it rests on"), help_text=_("It stays in the file; the other members do not read it.")
    )

    def __init__(self, data: object = None, *, seats: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        offer(self, "seat", seats)


class InterestForm(forms.Form):
    conflict = _chosen(
        _("Do you have a conflict of interest in this case?"),
        [("NONE", _("No, none of these")), *choices_of(Conflict)],
        _("A conflict cannot be taken back: you will not see this case again, and you do not count."),
    )


class ViewForm(forms.Form):
    """What one's agency says of each option: one field for each, named by the option's code."""

    text = WordsField(label=_("Your agency's view"), required=False)

    def __init__(self, data: object = None, *, options: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        words = self.fields.pop("text")
        self._codes = []
        for code, label in options:
            self._codes.append(code)
            self.fields[f"stance-{code}"] = forms.ChoiceField(
                label=label,
                choices=choices_of(Stance),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one.")},
            )
        self.fields["text"] = words

    @property
    def stances(self) -> dict[str, Stance]:
        return {code: Stance(self.cleaned_data[f"stance-{code}"]) for code in self._codes}


class SignForm(forms.Form):
    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    vote = _chosen(_("You sign with your own key exactly what this page shows"), choices_of(Vote))
    text = WordsField(
        label=_("Your dissent, with its reasons"),
        help_text=_("Needed when you dissent. It stands in the minutes beside the decision."),
        required=False,
    )
