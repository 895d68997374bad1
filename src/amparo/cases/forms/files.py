"""Forms of consent, family, closing and search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from amparo.access.days import DayField
from amparo.cases import words
from amparo.cases.data import (
    AssentMissing,
    BasisOfAnAdult,
    ChildAlone,
    ChildAssent,
    ChildRefused,
    ConsentGiver,
    NameEntry,
    NameKind,
    PersonRef,
    Representative,
    UrgencyNotExplained,
    find_consent_problem,
)
from amparo.cases.data.limits import find_consent_day_problem
from amparo.cases.data.refusals import ConsentTooOld
from amparo.cases.forms.fields import CodeChoice, CodeChoices, PlainText
from amparo.cases.queries.representatives import ConsentSetting
from amparo.core.refusal import Refusal
from amparo.core.sharing import Item

MAX_RECIPIENTS = 20


class ConsentForm(forms.Form):
    """What the person agreed to: who may receive what, for what, until when.

    While they are or may be a child, the form asks what the child says and who agrees beside them.
    """

    answer = forms.ChoiceField(
        label=_("What did the person answer?"),
        choices=[("GIVEN", _("Agrees")), ("REFUSED", _("Does not agree"))],
        widget=forms.RadioSelect(),
    )
    purpose = CodeChoice("consent_purpose", _("For what"))
    recipients = forms.MultipleChoiceField(
        label=_("Who may receive it"), widget=forms.CheckboxSelectMultiple()
    )
    data_items = CodeChoices("share_choice", _("What may be shared"), required=False)
    restrictions = CodeChoices(
        "share_choice", _("What must be withheld, whatever else was agreed"), required=False
    )
    restriction_text = PlainText(
        _("In the person's words: what to withhold, from whom, why"), rows=3, required=False
    )
    from_date = DayField(label=_("From"))
    until_date = DayField(
        label=_("Until"), help_text=_("A consent always has an end; it can be given again.")
    )
    child_assent = CodeChoice("child_assent", _("What the child says"), radios=True, required=False)
    representative = forms.ChoiceField(
        label=_("Who agrees beside the child"),
        help_text=_("A supervisor appoints guardians on the file's access tab."),
        widget=forms.RadioSelect(),
        required=False,
    )
    legal_basis = CodeChoice("legal_basis", _("Legal basis"), initial="CONSENT")
    urgent_reason = PlainText(
        _("Only for a vital interest: why life or integrity is at stake now"),
        rows=3,
        required=False,
        help_text=_("At least 40 characters. Kept sealed; the unit's supervisors are told."),
    )
    given_by = CodeChoice("consent_giver", _("Who answered"), radios=True, initial=ConsentGiver.PERSON)
    language = CodeChoice("language", _("Language in which it was explained"), long=True)
    with_interpreter = forms.BooleanField(label=_("With an interpreter"), required=False)

    def __init__(
        self, *args: Any, units: Sequence[tuple[UUID, str]], setting: ConsentSetting, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._setting = setting
        self._representatives = {f"{one.kind}:{one.id or ''}": one for one in setting.representatives}
        _set_choices(self.fields["recipients"], [(str(unit_id), name) for unit_id, name in units])
        if not setting.may_be_child:
            del self.fields["child_assent"], self.fields["representative"]
            return
        del self.fields["given_by"]
        self.fields["legal_basis"].initial = "ASSENT_AND_GUARDIAN"
        named = [(key, _named(one, setting)) for key, one in self._representatives.items()]
        _set_choices(self.fields["representative"], named)

    def clean_recipients(self) -> list[UUID]:
        chosen = [UUID(text) for text in self.cleaned_data["recipients"]]
        if len(chosen) > MAX_RECIPIENTS:
            raise forms.ValidationError(_("Choose fewer: a consent to everybody is a consent to nobody."))
        return chosen

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        start, end = typed.get("from_date"), typed.get("until_date")
        problem = find_consent_day_problem(start, end, localdate()) if start and end else None
        if problem is not None:
            self.add_error(
                "from_date" if isinstance(problem, ConsentTooOld) else "until_date", problem.reason
            )
        if typed.get("answer") == "GIVEN" and not typed.get("data_items"):
            self.add_error("data_items", _("Choose what may be shared."))
        typed["data_items"] = [Item(code) for code in typed.get("data_items") or ()]
        typed["restrictions"] = [Item(code) for code in typed.get("restrictions") or ()]
        assent = typed.get("child_assent")
        typed["child_assent"] = ChildAssent(assent) if assent else None
        typed["representative"] = self._representatives.get(typed.get("representative") or "")
        if typed.get("answer") == "GIVEN" and typed.get("legal_basis"):
            self._check_who_agrees(typed)
        return typed

    def _check_who_agrees(self, typed: dict[str, Any]) -> None:
        problem = find_consent_problem(
            may_be_child=self._setting.may_be_child,
            age_band=self._setting.age_band,
            legal_basis=typed["legal_basis"],
            assent=typed["child_assent"] or "",
            representative=typed["representative"],
            urgent_reason=typed.get("urgent_reason") or "",
        )
        if problem is not None:
            self.add_error(FIELD_OF[type(problem)], f"{problem.reason} {problem.what_next}")


FIELD_OF: dict[type[Refusal], str] = {
    ChildAlone: "representative",
    AssentMissing: "child_assent",
    ChildRefused: "child_assent",
    BasisOfAnAdult: "legal_basis",
    UrgencyNotExplained: "urgent_reason",
}
"""Beside which question of the form each thing that is missing is said."""


def _set_choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _named(one: Representative, setting: ConsentSetting) -> str:
    name, kind = setting.representatives[one], str(words.say("stand_in", one.kind))
    return f"{name} ({kind})" if name else kind


class RelationForm(forms.Form):
    """Somebody related to the person: by their case code, or by name."""

    kind = CodeChoice("relation_kind", _("What the other is to the person"))
    code = PlainText(_("Case code, if the other has a file"), required=False, width="20")
    given = PlainText(_("Given names"), required=False)
    first_surname = PlainText(_("First surname"), required=False)
    second_surname = PlainText(_("Second surname"), required=False)

    def __init__(self, *args: Any, find: Callable[[str], PersonRef | None], **options: Any) -> None:
        super().__init__(*args, **options)
        self._find = find

    def clean(self) -> dict[str, Any]:
        """Put ``other_id`` or ``name`` beside what was typed; exactly one is not ``None``."""
        typed = super().clean() or {}
        typed["other_id"] = typed["name"] = None
        if bool(typed.get("code")) == bool(typed.get("given")):
            self.add_error("code", _("Type either a case code or a name."))
        elif typed["code"]:
            other = self._find(typed["code"])
            if other is None:
                self.add_error("code", _("There is no file with this code among those that you may see."))
            else:
                typed["other_id"] = other.id
        else:
            typed["name"] = NameEntry(
                NameKind.SPOKEN, typed["given"], typed["first_surname"], typed["second_surname"]
            )
        return typed


class FamilyForm(forms.Form):
    """A family of the person and up to three others with a file, each by their case code and place in it."""

    role = CodeChoice("relation_kind", _("What this person is in the family"))
    code_1 = PlainText(_("Case code of another"), width="20")
    role_1 = CodeChoice("relation_kind", _("What the other is in the family"))
    code_2 = PlainText(_("Case code of a third"), required=False, width="20")
    role_2 = CodeChoice("relation_kind", _("What the third is in the family"), required=False)
    code_3 = PlainText(_("Case code of a fourth"), required=False, width="20")
    role_3 = CodeChoice("relation_kind", _("What the fourth is in the family"), required=False)

    def __init__(
        self, *args: Any, own: UUID, find: Callable[[str], PersonRef | None], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._own, self._find = own, find

    def clean(self) -> dict[str, Any]:
        """Put ``others`` (role by id) beside what was typed."""
        typed = super().clean() or {}
        typed["others"] = others = {}
        for number in ("1", "2", "3"):
            code, role = typed.get(f"code_{number}"), typed.get(f"role_{number}")
            if not code:
                continue
            other = self._find(code)
            if other is None:
                self.add_error(
                    f"code_{number}", _("There is no file with this code among those that you may see.")
                )
            elif other.id == self._own or other.id in others:
                self.add_error(f"code_{number}", _("This person is named already."))
            elif not role:
                self.add_error(f"role_{number}", _("Say what this person is in the family."))
            else:
                others[other.id] = role
        return typed


class ClosureForm(forms.Form):
    reason = CodeChoice("file_closure", _("Reason"), radios=True)
    text = PlainText(_("Explanation"), rows=4, help_text=_("Kept sealed. The supervisor reads it."))


class ReopenForm(forms.Form):
    reason = CodeChoice("reopen_reason", _("Reason"), radios=True)
    text = PlainText(_("Explanation"), rows=4, help_text=_("Kept sealed."))


class AnswerForm(forms.Form):
    """A supervisor's answer to a request to close."""

    text = PlainText(_("Words for the file"), rows=3, required=False, help_text=_("Kept sealed."))


class SearchForm(forms.Form):
    """A name in any script, or a case code. It is sent by POST, so that no name is in an address."""

    text = PlainText(
        _("Name or case code"),
        max_length=200,
        help_text=_("Any spelling, any script, surnames in any order."),
    )
