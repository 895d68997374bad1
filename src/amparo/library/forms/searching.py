"""What is looked for, and the filters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.library.data.shapes import FACETS
from amparo.library.index.question import MAX_TYPED
from amparo.library.queries import list_facet_values
from amparo.library.queries.elements import link_of
from amparo.library.words import FILTERS, fixed_values, words_for


class SearchForm(forms.Form):
    """Words and filters, sent by GET so that a search has an address. What is not valid is no filter."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MAX_TYPED,
        widget=forms.TextInput(attrs={"class": "govuk-input", "aria-describedby": "q-hint"}),
        help_text=_('Accents and endings do not matter. Put a phrase in quotation marks: "grupo social".'),
    )

    def __init__(self, data: Any, language: str) -> None:
        super().__init__(data)
        for name in FACETS:
            values = fixed_values(name) or list_facet_values(name)
            choices: list[tuple[str, Any]] = [("", _("All")), *_choices(name, values, language)]
            label = str(FILTERS[name])
            widget = forms.Select(attrs={"class": "govuk-select"})
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)

    def to_question(self) -> tuple[str, dict[str, str]]:
        """Return the words and the filters that are in use."""
        self.is_valid()
        typed = self.cleaned_data
        words = typed.get("q", str(self.data.get("q", ""))[:MAX_TYPED])
        return words, {name: typed[name] for name in FACETS if typed.get(name)}

    @property
    def ignored(self) -> list[str]:
        """The labels of filters whose value is none that can be chosen."""
        return [str(self.fields[name].label) for name in FACETS if name in self.errors]

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FACETS]


def _choices(name: str, values: Iterable[str], language: str) -> list[tuple[str, Any]]:
    if name != "element":
        pairs = [(value, words_for(name, value, language)) for value in values]
        return pairs if fixed_values(name) else sorted(pairs, key=lambda pair: pair[1])
    links = sorted(
        (link_of(value, language) for value in values), key=lambda link: (link.guide, link.element)
    )
    return [
        (guide, [(link.element, link.label) for link in group])
        for guide, group in groupby(links, key=lambda link: link.guide)
    ]
