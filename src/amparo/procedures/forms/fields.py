"""What the forms of a procedure share: reasons, and the codes of a list to choose from."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.core.texts import plain_text
from amparo.doctrine.registry import get_code_list

REASONS_LIMIT = 20_000


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


def list_offered(list_name: str, language: str) -> list[tuple[str, str]]:
    return [(code.code, capitalised(code.label[language])) for code in get_code_list(list_name).in_use]


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
