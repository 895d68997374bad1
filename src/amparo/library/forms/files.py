"""The upload of a file of entries."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """A YAML or Akoma Ntoso file."""

    file = forms.FileField(
        label=_("File to read"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xml"}),
        help_text=_("YAML of the library, or one act in Akoma Ntoso (.xml). At most 1 MB."),
    )
