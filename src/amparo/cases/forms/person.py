"""The form of a person: names in several scripts, what is known of the age, how to make contact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.cases.data import (
    AgeStatus,
    Birth,
    NameEntry,
    NameKind,
    NationalityStanding,
    Precision,
    SafeContact,
    ThreeWay,
    age_facts,
)
from amparo.cases.forms.birth import BirthFields
from amparo.cases.forms.fields import CodeChoice, CodeChoices, PlainText
from amparo.core.names import has_letter

SEVERAL = ("1", "2", "3")
NO_GIVEN = _("Type the given names, or what is known of them.")
_NAME_FIELD = re.compile(r"names-([0-9]{1,3})-\w+")


@dataclass(frozen=True, slots=True, repr=False)
class PersonEntry:
    """Everything that was typed about a person, as the actions take it."""

    names: tuple[NameEntry, ...]
    birth: Birth
    age_status: AgeStatus
    may_be_child: bool
    sex_gender: str
    languages: tuple[str, ...]
    needs_interpreter: ThreeWay
    nationalities: tuple[str, ...]
    nationality_standing: NationalityStanding
    statelessness_risks: tuple[str, ...]
    safe_contact: SafeContact


class NameForm(forms.Form):
    """One way the person is named."""

    kind = CodeChoice("name_kind", _("Kind of name"), required=False)
    given = PlainText(_("Given names"), required=False)
    first_surname = PlainText(_("First surname"), required=False)
    second_surname = PlainText(_("Second surname"), required=False)
    language = CodeChoice("language", _("Language or script of this spelling"), long=True, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for part in ("given", "first_surname", "second_surname"):
            if typed.get(part) and not has_letter(typed[part]):
                self.add_error(part, _("Write it with letters, of any script."))
        has_surname = typed.get("first_surname") or typed.get("second_surname")
        if has_surname and not typed.get("given") and "given" not in self.errors:
            self.add_error("given", NO_GIVEN)
        return typed

    def entry(self) -> NameEntry | None:
        """Return the name, or ``None`` when nothing was typed."""
        typed = self.cleaned_data
        if not typed.get("given"):
            return None
        return NameEntry(
            kind=NameKind(typed["kind"] or NameKind.OFFICIAL),
            given=typed["given"],
            first_surname=typed["first_surname"],
            second_surname=typed["second_surname"],
            language=typed["language"],
        )


class PersonForm(BirthFields):
    """The rest of what is known. Unknown is always an answer."""

    sex_gender = CodeChoice("sex_gender", _("Sex or gender"), required=False)
    language_1 = CodeChoice("language", _("Language the person prefers"), long=True, required=False)
    language_2 = CodeChoice("language", _("Second language"), long=True, required=False)
    language_3 = CodeChoice("language", _("Third language"), long=True, required=False)
    needs_interpreter = CodeChoice(
        "three_way", _("Is an interpreter needed?"), radios=True, initial=ThreeWay.UNKNOWN
    )
    nationality_standing = CodeChoice(
        "nationality_standing",
        _("What is known of the nationality?"),
        radios=True,
        initial=NationalityStanding.UNKNOWN,
    )
    nationality_1 = CodeChoice("country", _("Nationality"), long=True, required=False)
    nationality_2 = CodeChoice("country", _("Second nationality"), long=True, required=False)
    nationality_3 = CodeChoice("country", _("Third nationality"), long=True, required=False)
    statelessness_risks = CodeChoices("statelessness_risk", _("Risks of statelessness"), required=False)
    contact_mode = CodeChoice("contact_mode", _("Safe way to make contact"), required=False)
    reach = PlainText(
        _("Telephone, address or place"), required=False, help_text=_("Kept sealed, like everything here.")
    )
    times = PlainText(_("Safe days and hours"), required=False)
    contact_language = CodeChoice("language", _("Language for making contact"), long=True, required=False)
    must_not_contact = PlainText(_("Who must not be contacted or told"), required=False, rows=2)
    code_word = PlainText(_("Code word agreed with the person"), required=False, width="20")
    instructions = PlainText(_("Other instructions"), required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        states = self._several("nationality")
        standing = typed.get("nationality_standing")
        if standing == NationalityStanding.UNKNOWN and states:
            self.add_error("nationality_standing", _("Say how the nationality is known, or leave it empty."))
        if standing in {NationalityStanding.CONFIRMED, NationalityStanding.STATED} and not states:
            self.add_error("nationality_1", _("Choose the nationality, or say that it is not known yet."))
        return typed

    def _several(self, field: str) -> tuple[str, ...]:
        typed = (self.cleaned_data.get(f"{field}_{number}") for number in SEVERAL)
        return tuple(dict.fromkeys(code for code in typed if code))

    def entry(self, names: Sequence[NameEntry], today: date) -> PersonEntry:
        """Return what was typed, as typed values; the form and the names are valid."""
        typed = self.cleaned_data
        return PersonEntry(
            names=tuple(names),
            birth=self.birth(today),
            age_status=self.age_status(),
            may_be_child=typed["may_be_child"],
            sex_gender=typed["sex_gender"] or "UNKNOWN",
            languages=self._several("language"),
            needs_interpreter=ThreeWay(typed["needs_interpreter"]),
            nationalities=self._several("nationality"),
            nationality_standing=NationalityStanding(typed["nationality_standing"]),
            statelessness_risks=tuple(typed["statelessness_risks"]),
            safe_contact=SafeContact(
                mode=typed["contact_mode"],
                reach=typed["reach"],
                times=typed["times"],
                language=typed["contact_language"],
                must_not_contact=typed["must_not_contact"],
                code_word=typed["code_word"],
                instructions=typed["instructions"],
            ),
        )


class RegisterForm(PersonForm):
    """A person's form, the unit whose file it will be, and the id that makes sending it twice harmless."""

    unit = forms.ChoiceField(label=_("Unit that will hold the file"))
    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)
    is_other_person = forms.BooleanField(label=_("I looked: this is another person"), required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)
        unit.choices = [(str(unit_id), name) for unit_id, name in units]
        if len(units) == 1:
            unit.widget = forms.HiddenInput()
            unit.initial = str(units[0][0])

    def person_id(self) -> UUID:
        """Return the id that this form gives the person, however often it is sent."""
        return self.cleaned_data["form_id"] or uuid7()

    def unit_id(self) -> UUID:
        return UUID(self.cleaned_data["unit"])


class BaseNameForms(forms.BaseFormSet[NameForm]):
    """The names of one person: the first is needed, the others are not."""

    def add_fields(self, form: NameForm, index: int | None) -> None:
        super().add_fields(form, index)
        if index == 0:
            form.empty_permitted = False
            form.fields["given"].required = True
            form.fields["given"].error_messages["required"] = NO_GIVEN

    def entries(self) -> list[NameEntry]:
        """Return the names typed; none while one of them has an error."""
        if not self.is_valid():
            return []
        return [entry for form in self if (entry := form.entry()) is not None]


NameForms = cast(
    type[BaseNameForms],
    forms.formset_factory(NameForm, formset=BaseNameForms, extra=0, max_num=8, absolute_max=8),
)


def posted_names(posted: QueryDict) -> BaseNameForms:
    """Return the names as they were sent. None is lost to a count that is wrong or missing."""
    mended = posted.copy()
    mended["names-TOTAL_FORMS"], mended["names-INITIAL_FORMS"] = str(_count_names(posted)), "0"
    return NameForms(mended, prefix="names")


def one_more_name(posted: QueryDict) -> BaseNameForms:
    """Return the names as they were typed, and an empty one; nothing is judged before it is sent."""
    parts = tuple(NameForm.base_fields)
    typed = [
        {part: posted.get(f"names-{number}-{part}", "") for part in parts}
        for number in range(_count_names(posted))
    ]
    names = NameForms(prefix="names", initial=typed)
    names.extra = 1
    return names


def _count_names(posted: QueryDict) -> int:
    said = posted.get("names-TOTAL_FORMS", "")
    seen = [int(match[1]) + 1 for key in posted if (match := _NAME_FIELD.fullmatch(key))]
    count = max([int(said) if re.fullmatch("[0-9]{1,3}", said) else 0, *seen])
    return min(count, NameForms.max_num)


def as_typed(posted: QueryDict) -> dict[str, Any]:
    """Return a person's form as it was sent, as initial values: shown again without being judged."""
    several = {name for name, field in PersonForm.base_fields.items() if isinstance(field, CodeChoices)}
    return {key: posted.getlist(key) if key in several else posted[key] for key in posted}


def initial_person(
    facts: Mapping[str, Any], birth: Birth, contact: SafeContact, today: date
) -> dict[str, Any]:
    """Return a person's present values as the form's initial ones (``facts`` are the coded columns)."""
    several = {
        f"{field}_{number}": code
        for field, codes in (("language", facts["languages"]), ("nationality", facts["nationalities"]))
        for number, code in zip(SEVERAL, codes, strict=False)
    }
    return {
        **{name: facts[name] for name in ("sex_gender", "needs_interpreter", "nationality_standing")},
        **several,
        **BirthFields.initial_birth(birth, today),
        "statelessness_risks": facts["statelessness_risks"],
        "is_disputed": facts["age_status"] == AgeStatus.DISPUTED,
        "may_be_child": facts["is_presumed_child"] and facts["birth_precision"] != Precision.ESTIMATED,
        "contact_mode": contact.mode,
        "contact_language": contact.language,
        **{
            name: getattr(contact, name)
            for name in ("reach", "times", "must_not_contact", "code_word", "instructions")
        },
    }


def typed_person(entry: PersonEntry, today: date) -> dict[str, Any]:
    """Return what was typed as it would be read back once saved, to compare it with what is saved."""
    age = age_facts(entry.birth, status=entry.age_status, may_be_child=entry.may_be_child, as_of=today)
    facts = {
        "sex_gender": entry.sex_gender,
        "languages": entry.languages,
        "needs_interpreter": entry.needs_interpreter,
        "nationalities": entry.nationalities,
        "nationality_standing": entry.nationality_standing,
        "statelessness_risks": list(entry.statelessness_risks),
        "age_status": age.status,
        "is_presumed_child": age.is_presumed_child,
        "birth_precision": entry.birth.precision,
    }
    return initial_person(facts, entry.birth, entry.safe_contact, today)
