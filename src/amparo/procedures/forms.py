"""Forms of a procedure: text to typed values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.core.texts import plain_text
from amparo.core.truth import Truth
from amparo.doctrine.data import Choice
from amparo.doctrine.registry import get_code_list
from amparo.procedures.data.shapes import ElementView, FindingView
from amparo.procedures.data.words import CONFIDENCE

REASONS_LIMIT = 20_000
TAKEN_BACK = _("Left empty, nothing is chosen any more.")
TRUTHS = (
    (Truth.ESTABLISHED.value, _("Established")),
    (Truth.NOT_ESTABLISHED.value, _("Not established")),
    (Truth.NOT_ASSESSED.value, _("Not assessed: I take back what I recorded")),
)


class Reasons(forms.CharField):
    """Several lines of plain text, without control characters or marks that change its direction."""

    def __init__(
        self, *, rows: int = 6, required: bool = True, label: object, help_text: object = ""
    ) -> None:
        super().__init__(
            label=label,  # type: ignore[arg-type]
            help_text=help_text,  # type: ignore[arg-type]
            required=required,
            max_length=REASONS_LIMIT,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": _("Write the reasons.")},
        )

    def to_python(self, value: object) -> str:
        return plain_text(value)


class FindingForm(forms.Form):
    """What a person concludes on one element, and why. ``typed``: what stays while they look for law."""

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
    until_date = forms.DateField(
        label=_("Until which day this decision holds"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    replaces = forms.MultipleChoiceField(
        label=_("This settles and replaces the finding of"),
        help_text=_("Leave empty to let both stand; findings that disagree are shown as contested."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)

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
        super().__init__(data, initial={"standard": standard, **(typed or {})})  # type: ignore[arg-type]
        self._offer("citations", citable)
        self._offer("standard", _choices("standard_of_proof", language))
        kinds = [(code, _capitalised(label)) for code, label in element.evidence] or _choices(
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


def _choices(list_name: str, language: str) -> list[tuple[str, str]]:
    return [(code.code, _capitalised(code.label[language])) for code in get_code_list(list_name).in_use]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


class ChoiceForm(forms.Form):
    """Codes of one choice, with reasons: one field for each rank, else one for all of them."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)
    reasons = Reasons(label=_("Reasons"), help_text=_("What the choice rests on. Sealed with the file."))

    def __init__(
        self, data: object = None, *, choice: Choice, codes: Sequence[str], number: int, language: str
    ) -> None:
        super().__init__(data, initial={"number": number})  # type: ignore[arg-type]
        offered = _choices(choice.code_list, language)
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


class StepForm(forms.Form):
    """The reasons for a step, and the version that the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reasons = Reasons(label=_("Reasons"), required=False)

    def __init__(self, data: object = None, *, version: int) -> None:
        super().__init__(data, initial={"version": version})  # type: ignore[arg-type]

    def require_reasons(self, is_required: bool) -> None:
        """Say whether this step needs reasons; what was checked before is checked again."""
        self.fields["reasons"].required = is_required
        self._errors = None


class ExtendForm(forms.Form):
    """Until when the period runs, and why it is longer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until_date = forms.DateField(
        label=_("New last day of the period"),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}),
        error_messages={"required": _("Give the new last day."), "invalid": _("Give the day as a date.")},
    )
    reason = forms.ChoiceField(
        label=_("Why it is extended"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why it is extended.")},
    )
    reasons = Reasons(label=_("Reasons"))

    def __init__(self, data: object = None, *, version: int, language: str) -> None:
        super().__init__(data, initial={"version": version})  # type: ignore[arg-type]
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices("period_extension", language)


class WaiveForm(forms.Form):
    """That an informed adult gave up the rest of the period."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    advised_by = Reasons(
        rows=2,
        label=_("Who advised the person"),
        help_text=_("Name and function: a lawyer or another independent adviser."),
    )
    reasons = Reasons(label=_("What the person said, in their words"))
    is_informed = forms.BooleanField(
        label=_(
            "The person was told, in a language they understand, what the period protects them from and "
            "that help does not depend on giving it up, and decided freely."
        ),
        error_messages={"required": _("Without this the waiver is not valid.")},
    )

    def __init__(self, data: object = None, *, version: int) -> None:
        super().__init__(data, initial={"version": version})  # type: ignore[arg-type]


def _labels(name: str) -> list[tuple[str, str]]:
    language = (get_language() or "es")[:2]
    labels = [(code.code, code.label[language]) for code in get_code_list(name).in_use]
    return [("", "—"), *labels]


class ContactForm(forms.Form):
    """One message to a foreign authority."""

    state = forms.ChoiceField(
        label=_("State"), choices=lambda: sorted(_labels("country"), key=lambda pair: pair[1])
    )
    authority = forms.ChoiceField(label=_("Authority"), choices=lambda: _labels("foreign_authority"))
    message = Reasons(
        label=_("What will be asked, word for word"),
        help_text=_("No word about trafficking, asylum, health or the shelter. Sealed with the file."),
    )


class OpenForm(forms.Form):
    """Which procedure to open."""

    definition = forms.ChoiceField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Nothing was opened: say which procedure, from those offered here."),
            "invalid_choice": _("Nothing was opened: this procedure is not offered on this file."),
        },
    )

    def __init__(self, data: object = None, *, definitions: Iterable[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["definition"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in definitions]


class InviteForm(forms.Form):
    """Whom to invite, as "unit/staff"."""

    colleague = forms.ChoiceField(
        label=_("Colleague of another unit"),
        help_text=_("Only units for which the person consented, and that may know of this person."),
    )

    def __init__(self, data: object = None, *, colleagues: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["colleague"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *colleagues]


class DigestForm(forms.Form):
    """The digest of what the person was shown."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
