"""Forms of the administration, of oversight and of emergencies."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.forms.sign_in import find_fault_in, passphrase_field
from amparo.access.words import AGENCY_KINDS, EMERGENCY_REASONS, OUTCOMES, ROLES

_CODE = re.compile(r"AM-[0-9A-Z]{4}-[0-9A-Z]{4}")
Choices = list[tuple[UUID, str]]


class AgencyForm(forms.Form):
    """An agency to be founded."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of agency"), choices=list(AGENCY_KINDS.items()))
    state = forms.RegexField(
        r"^([A-Z]{3})?$",
        label=_("State it answers to"),
        required=False,
        help_text=_("Three letters, such as CRI. Empty for none."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )


class UnitForm(forms.Form):
    """A unit of an agency."""

    agency = forms.TypedChoiceField(label=_("Agency"), coerce=UUID)
    name = forms.CharField(label=_("Name of the unit"), max_length=200)

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]


class StaffForm(forms.Form):
    """A staff member and their first passphrase, which they change."""

    agency = forms.TypedChoiceField(label=_("Agency"), coerce=UUID)
    name = forms.CharField(label=_("Name"), max_length=120)
    username = forms.RegexField(
        r"^[a-z0-9._-]{2,60}$",
        label=_("User name"),
        help_text=_("Small letters, digits, dots and dashes."),
    )
    passphrase = passphrase_field(_("First passphrase"), "new-password")

    def __init__(self, *args: Any, agencies: Choices, is_taken: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self._is_taken = is_taken

    def clean_name(self) -> str:
        """Drop what cannot be seen: two staff members must not look alike by an invisible mark."""
        typed: str = unicodedata.normalize("NFC", self.cleaned_data["name"])
        name = "".join(letter for letter in typed if unicodedata.category(letter)[0] != "C").strip()
        if not any(unicodedata.category(letter)[0] in "LN" for letter in name):
            raise forms.ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if self._is_taken(username):
            raise forms.ValidationError(_("Somebody has this user name."))
        return username

    def clean_passphrase(self) -> str:
        return _strong(self.cleaned_data["passphrase"])


class PostForm(forms.Form):
    """A role in a unit."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=UUID)
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class ResetForm(forms.Form):
    """A new sign-in half for somebody."""

    passphrase = passphrase_field(_("New passphrase"), "new-password")

    def clean_passphrase(self) -> str:
        return _strong(self.cleaned_data["passphrase"])


class CodeForm(forms.Form):
    """A case code, as people type it."""

    code = forms.CharField(label=_("Case code"), max_length=20)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().upper()
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(_("A case code looks like AM-7KQ3-9XTR."))
        return code


class EmergencyForm(CodeForm):
    """What breaking the glass asks for."""

    reason_code = forms.ChoiceField(label=_("What is happening"), choices=list(EMERGENCY_REASONS.items()))
    reason = forms.CharField(
        label=_("Why you cannot wait for the team"),
        help_text=_("At least 40 characters. Only the unit that holds the file can read it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    unit = forms.TypedChoiceField(
        label=_("For which of your units you act"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            del self.fields["unit"]


class ReviewForm(forms.Form):
    """The outcome of a review."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect)


def _strong(passphrase: str) -> str:
    fault = find_fault_in(passphrase)
    if fault:
        raise forms.ValidationError(fault)
    return passphrase
