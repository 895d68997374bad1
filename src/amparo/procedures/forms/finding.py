"""The form of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.access.days import DayField
from amparo.core.truth import Truth
from amparo.procedures.data.shapes import ElementView, FindingView
from amparo.procedures.data.words import CONFIDENCE
from amparo.procedures.forms.fields import Reasons, capitalised, list_offered

TRUTHS = (
    (Truth.ESTABLISHED.value, _("Established")),
    (Truth.NOT_ESTABLISHED.value, _("Not established")),
    (Truth.NOT_ASSESSED.value, _("Not assessed: I take back what I recorded")),
)


class FindingForm(forms.Form):
    """What a person concludes on one element, and why. ``typed``: what stays while they look for law.

    ``number``: how often the element had been answered when the form was shown.
    """

    truth = forms.ChoiceField(
        label=_("Your conclusion on this element"),
        choices=TRUTHS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you conclude.")},
    )
    reasons = Reasons(
        label=_("Reasons"),
        help_text=_("What you relied on, and why it leads to this conclusion. Sealed with the file."),
    )
    standard = forms.ChoiceField(label=_("Standard of proof"))
    evidence = forms.MultipleChoiceField(
        label=_("Evidence you relied on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    citations = forms.MultipleChoiceField(
        label=_("Law that you cite"), required=False, widget=forms.CheckboxSelectMultiple
    )
    law = forms.CharField(
        label=_("Look for more law to cite"),
        help_text=_(
            "Words of a provision or a decision. What you find can be ticked above; what you typed stays."
        ),
        required=False,
        max_length=300,
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators that support it"),
        help_text=_("They are prompts. They are never added up, and none of them proves anything alone."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confidence = forms.ChoiceField(
        label=_("How sure you are"),
        required=False,
        choices=[("", "—"), *CONFIDENCE.items()],
    )
    confidence_note = Reasons(label=_("What would make you surer"), rows=2, required=False)
    until_date = DayField(label=_("Until which day this decision holds"), required=False)
    replaces = forms.MultipleChoiceField(
        label=_("This settles and replaces the finding of"),
        help_text=_("Leave empty to let both stand; findings that disagree are shown as contested."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: object = None,
        *,
        element: ElementView,
        prompts: Iterable[tuple[str, str]],
        others: Iterable[FindingView],
        citable: list[tuple[str, str]],
        standard: str,
        language: str,
        typed: Mapping[str, object] | None = None,
    ) -> None:
        read: dict[str, object] = {"standard": standard, "number": len(element.findings)}
        super().__init__(data, initial=read | dict(typed or {}))  # type: ignore[arg-type]
        self._offer("citations", citable)
        self._offer("standard", list_offered("standard_of_proof", language))
        kinds = [(code, capitalised(label)) for code, label in element.evidence] or list_offered(
            "evidence_kind", language
        )
        self._offer("evidence", kinds)
        self._offer("indicators", list(prompts))
        self._offer("replaces", [(str(one.id), f"{one.by_name}, {one.at:%Y-%m-%d}") for one in others])
        if not element.is_override:
            del self.fields["until_date"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]
