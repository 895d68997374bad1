"""Forms of the referrals room: text to typed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.core.sharing import MINIMUM, Item
from amparo.referrals.data import OFFERED, Justification, OfferLine, ReferralRequest
from amparo.referrals.words import ITEM_LABELS, choices_of, say_code

Text = Mapping[str, Any] | None
NAMES_LIMIT = 200
TYPED_HERE = {Item.RISKS: "risks", Item.GUARDIAN: "guardian"}
"""What is shared only when something was typed for it in the form of the referral."""


class ReferralForm(forms.Form):
    """To whom, for what, and what to share."""

    offer = forms.ChoiceField(label=_("Service and unit"), widget=forms.RadioSelect)
    staff = forms.ChoiceField(
        label=_("To one person there"),
        required=False,
        help_text=_("Leave empty to send it to the unit's desk."),
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"), help_text=_("The consent must have been given for this purpose.")
    )
    urgency = forms.ChoiceField(label=_("Urgency"))
    items = forms.MultipleChoiceField(
        label=_("What to share"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what this service needs. What the person did not agree to stays out."),
    )
    risks = forms.CharField(
        label=_("Risks that this service must know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what concerns this service. Not the story, not the grounds of a claim."),
    )
    guardian = forms.CharField(label=_("Guardian"), required=False, max_length=NAMES_LIMIT)
    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)

    def __init__(
        self,
        data: Text,
        offers: Sequence[OfferLine],
        colleagues: Mapping[UUID, Sequence[tuple[UUID, str]]],
        guardians: Sequence[str] = (),
    ) -> None:
        proposed = [str(item) for item in OFFERED if item in MINIMUM]
        super().__init__(data, initial={"items": proposed, "guardian": ", ".join(guardians)[:NAMES_LIMIT]})
        self.offers = {str(offer.id): offer for offer in offers}
        self.colleagues = colleagues
        self._choose("offer", [(str(offer.id), _offer_label(offer)) for offer in offers])
        people = [(str(staff_id), name) for unit in colleagues.values() for staff_id, name in unit]
        self._choose("staff", [("", "—"), *people])
        self._choose("purpose", [("", "—"), *choices_of("consent_purpose")])
        self._choose("urgency", [("", "—"), *choices_of("urgency")])
        self._choose("items", [(str(item), ITEM_LABELS[item]) for item in OFFERED])

    def _choose(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        offer = self.offers.get(typed.get("offer", ""))
        staff = typed.get("staff")
        if offer and staff and staff not in {str(one) for one, _ in self.colleagues[offer.party.unit_id]}:
            self.add_error("staff", _("This person does not work in the unit that you chose."))
        empty = {item for item, name in TYPED_HERE.items() if not typed.get(name)}
        typed["items"] = [item for item in typed.get("items", []) if item not in empty]
        return typed

    def clean_form_id(self) -> UUID:
        """Return the id that this form gives the referral, however often it is sent."""
        return self.cleaned_data["form_id"] or uuid7()

    def to_request(self) -> ReferralRequest:
        """Return the request of a valid form."""
        typed = self.cleaned_data
        offer = self.offers[typed["offer"]]
        return ReferralRequest(
            to_unit_id=offer.party.unit_id,
            to_staff_id=UUID(typed["staff"]) if typed["staff"] else None,
            purpose=typed["purpose"],
            service_type=offer.service_type,
            urgency=typed["urgency"],
            items=frozenset(Item(item) for item in typed["items"]),
            risks=typed["risks"].strip(),
            guardian=typed["guardian"].strip(),
        )

    def as_hidden_pairs(self) -> list[tuple[str, str]]:
        """Return what was typed as name and value, to carry it from the form to the preview."""
        pairs: list[tuple[str, str]] = []
        for name in self.fields:
            value = self.cleaned_data.get(name, "")
            pairs += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        return pairs


class OverrideForm(forms.Form):
    """Why sharing without consent is necessary."""

    basis = forms.ChoiceField(label=_("Without consent, because of"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it cannot wait for consent"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At least 40 characters. It is sealed in the file and read by whoever signs."),
    )
    was_explained = forms.BooleanField(
        label=_("It was explained to the person, or explaining it now would put them in danger"),
        required=False,
    )
    refoulement_checked = forms.BooleanField(
        label=_("Nobody is exposed to return to danger by this referral: it was checked first"),
        required=False,
    )

    def __init__(self, data: Text) -> None:
        super().__init__(data)
        bases = ("VITAL_INTEREST", "BEST_INTEREST")
        self.fields["basis"].choices = [(basis, say_code("legal_basis", basis)) for basis in bases]  # type: ignore[attr-defined]

    def to_justification(self) -> Justification:
        typed = self.cleaned_data
        return Justification(
            typed["basis"], typed["reason"].strip(), typed["was_explained"], typed["refoulement_checked"]
        )


class RejectForm(forms.Form):
    """Why the receiver says no."""

    reason = forms.ChoiceField(label=_("Reason"))
    text = forms.CharField(
        label=_("In your words, for the sender"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed to the sender's unit; you will not be able to read it again."),
    )

    def __init__(self, data: Text) -> None:
        super().__init__(data, prefix="reject")
        self.fields["reason"].choices = [("", "—"), *choices_of("referral_rejection")]  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """How it ended for the person."""

    outcome = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In your words, for the sender"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed to the sender's unit; you will not be able to read it again."),
    )

    def __init__(self, data: Text) -> None:
        super().__init__(data, prefix="done")
        confirmed_by_person = "LOOP_CLOSED"
        outcomes = [pair for pair in choices_of("referral_outcome") if pair[0] != confirmed_by_person]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]


def _offer_label(offer: OfferLine) -> str:
    service = say_code("service_type", offer.service_type)
    return f"{service[:1].upper()}{service[1:]}: {offer.party.agency}, {offer.party.unit}"
