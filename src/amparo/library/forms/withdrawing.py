"""Why an entry is taken back."""

from __future__ import annotations

from django import forms

from amparo.access.public_texts import ReadAgainForm
from amparo.core.texts import plain_text
from amparo.library.data.contents import MAX_WORDS
from amparo.library.words import WHY


class WithdrawForm(ReadAgainForm):
    """The reason, which everybody reads on the page of the entry, and the version that was shown."""

    public_fields = ("why",)

    why = forms.CharField(label=WHY, max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_why(self) -> str:
        return plain_text(self.cleaned_data["why"])
