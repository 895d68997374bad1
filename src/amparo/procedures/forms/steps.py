"""Forms of steps, periods, messages and invitations."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.days import DayField
from amparo.doctrine.registry import get_code_list
from amparo.procedures.data.words import language_of
from amparo.procedures.forms.fields import Reasons, list_offered


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
    until_date = DayField(
        label=_("New last day of the period"), error_messages={"required": _("Give the new last day.")}
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
        field.choices = list_offered("period_extension", language)


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
    language = language_of()
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
