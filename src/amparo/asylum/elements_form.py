"""The points of law of a question or an opinion: boxes by guide and part, of the guides that were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amparo.access.public_texts import ReadAgainForm
from amparo.asylum.data import GUIDES
from amparo.asylum.law import guide_titles, list_guide_parts


@dataclass(frozen=True, slots=True)
class PartBoxes:
    """The boxes of one part of a guide. ``label`` is "" for the guide as a whole."""

    label: str
    boxes: tuple[BoundWidget, ...]

    @property
    def chosen(self) -> int:
        return sum(bool(box.data["selected"]) for box in self.boxes)


@dataclass(frozen=True, slots=True)
class GuideBoxes:
    """The boxes of one guide, part by part."""

    bound: forms.BoundField
    parts: tuple[PartBoxes, ...]

    @property
    def chosen(self) -> int:
        return sum(part.chosen for part in self.parts)


class ElementsForm(ReadAgainForm):
    """Which guides are in question, and a field of boxes for each guide; only chosen guides are drawn.

    ``guides`` are chosen at first. The button ``show`` draws the page again with what was typed.
    """

    public_fields = ("summary", "title", "statement")

    guides = forms.MultipleChoiceField(
        label=_("Guides in question"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, language: str, guides: tuple[str, ...] = GUIDES[:1], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        titles = guide_titles(language)
        self.fields["guides"].choices = list(titles.items())  # type: ignore[attr-defined]
        self.fields["guides"].initial = list(guides)
        self._parts = {guide: list_guide_parts(guide, language) for guide in GUIDES}
        for guide in GUIDES:
            self.fields[field_of(guide)] = forms.MultipleChoiceField(
                label=titles[guide],
                required=False,
                choices=[(one.id, one.label) for part in self._parts[guide] for one in part.points],
                widget=forms.CheckboxSelectMultiple,
            )

    def shown_guides(self) -> list[str]:
        """Return the guides that were chosen, and those of which an element is; the first where none is."""
        chosen = self["guides"].value() or []
        return [one for one in GUIDES if one in chosen or self[field_of(one)].value()] or list(GUIDES[:1])

    def guide_boxes(self) -> Iterator[GuideBoxes]:
        """Yield the boxes of the guides that are shown."""
        for guide in self.shown_guides():
            bound = self[field_of(guide)]
            boxes = {str(box.data["value"]): box for box in bound.subwidgets}
            yield GuideBoxes(
                bound,
                tuple(
                    PartBoxes(part.label, tuple(boxes[one.id] for one in part.points))
                    for part in self._parts[guide]
                ),
            )

    def elements(self) -> tuple[str, ...]:
        chosen = [one for guide in GUIDES for one in self.cleaned_data.get(field_of(guide), [])]
        return tuple(dict.fromkeys(chosen))

    def clean(self) -> dict[str, Any]:
        if not self.elements():
            self.add_error(field_of(self.shown_guides()[0]), _("Choose at least one element in question."))
        return self.cleaned_data


def field_of(guide_id: str) -> str:
    """Return the name of the field with a guide's elements."""
    return f"elements_{guide_id.replace('-', '_')}"


def typed_so_far(posted: QueryDict) -> Mapping[str, Any]:
    """Return what was sent as initial values of a form that is not judged yet."""
    lists = {"guides", "sources", "decisions", *map(field_of, GUIDES)}
    return {name: posted.getlist(name) if name in lists else posted[name] for name in posted}
