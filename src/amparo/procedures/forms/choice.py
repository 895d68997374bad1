"""The form of a choice from a code list."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.doctrine.data import Choice
from amparo.procedures.forms.fields import Reasons, list_offered

TAKEN_BACK = _("Left empty, nothing is chosen any more.")


class ChoiceForm(forms.Form):
    """Codes of one choice, with reasons: one field for each rank, else one for all of them."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)
    reasons = Reasons(label=_("Reasons"), help_text=_("What the choice rests on. Sealed with the file."))

    def __init__(
        self, data: object = None, *, choice: Choice, codes: Sequence[str], number: int, language: str
    ) -> None:
        super().__init__(data, initial={"number": number})  # type: ignore[arg-type]
        offered = list_offered(choice.code_list, language)
        made = {f"rank_{at}": _ranked(rank[language], offered) for at, rank in enumerate(choice.ranks)}
        if not made:
            made["codes"] = _unranked(choice, offered, language)
        for at, name in enumerate(made):
            chosen = codes[at : at + 1] if choice.ranks else codes
            made[name].initial = list(chosen) if name == "codes" and choice.most != 1 else "".join(chosen[:1])
        self.fields = {**made, **self.fields}
        self.choosing = tuple(made)

    @property
    def codes(self) -> list[str]:
        """The chosen codes in order; a rank left open says nothing."""
        said = (self.cleaned_data[name] for name in self.choosing)
        return [code for one in said for code in ([one] if isinstance(one, str) else one) if code]

    @property
    def choosing_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.choosing]


def _ranked(label: str, offered: list[tuple[str, str]]) -> forms.ChoiceField:
    choices = [("", "—"), *offered]
    return forms.ChoiceField(label=label, help_text=TAKEN_BACK, required=False, choices=choices)


def _unranked(choice: Choice, offered: list[tuple[str, str]], language: str) -> forms.ChoiceField:
    """One of them as radio buttons, several as boxes."""
    label = choice.label[language]
    if choice.most == 1:
        errors = {"required": _("Choose one of them.")}
        return forms.ChoiceField(
            label=label, choices=offered, widget=forms.RadioSelect, error_messages=errors
        )
    return forms.MultipleChoiceField(
        label=label,
        help_text=TAKEN_BACK,
        required=False,
        choices=offered,
        widget=forms.CheckboxSelectMultiple,
    )
