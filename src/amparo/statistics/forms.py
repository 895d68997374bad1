"""Forms of the statistics room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """Which workbook, for which unit."""

    workbook = forms.FileField(
        label=_("Workbook"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("HTCDS 2.0 template, .xlsx, at most 8 MB and 5,000 rows."),
        allow_empty_file=True,
    )
    unit = forms.ChoiceField(label=_("Unit that will hold the files"))

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, UploadedFile[Any]] | None,
        units: Sequence[tuple[UUID, str]],
    ) -> None:
        super().__init__(data, files)
        self.fields["unit"].choices = [(str(unit_id), name) for unit_id, name in units]  # type: ignore[attr-defined]
