"""Every example of ``docs/components.md`` draws; a form field says what it must."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from amparo.site.looks import LOOKS

GUIDE = Path(__file__).parents[2] / "docs" / "components.md"
EXAMPLES = re.findall(r"```html\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)


class SampleForm(forms.Form):
    word = forms.CharField(label="A word", help_text="Any word", max_length=5)
    colour = forms.ChoiceField(
        label="A colour", choices=[("R", "Red"), ("G", "Green")], widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(
        label="Several",
        choices=[("A", "One"), ("B", "Two")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="I agree", required=False)
    long = forms.CharField(label="Long", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    one = forms.ChoiceField(label="One", choices=[("X", "X")], required=False)
    paper = forms.FileField(label="Paper", required=False)
    day = forms.CharField(label="Day", required=False)
    month = forms.CharField(label="Month", required=False)
    year = forms.IntegerField(label="Year", required=False)


def draw(source: str, form: forms.Form) -> str:
    context = {
        "form": form,
        "missing": None,
        "tabs": [{"url": "/", "label": "Overview", "is_current": True}],
        "conflict": {
            "name": "phone",
            "label": "Telephone",
            "mine": "1",
            "theirs": "<2>",
            "changed_by": "Bruno",
            "changed_at": datetime(2026, 1, 2, tzinfo=UTC),
        },
    }
    return engines["django"].from_string(source).render(context, RequestFactory().get("/"))


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_the_guide_draws(example: str) -> None:
    assert "<" in draw(example, SampleForm())


@pytest.mark.parametrize("name", list(SampleForm.base_fields))
def test_each_kind_of_field_has_a_label_that_leads_to_it(name: str) -> None:
    drawn = draw("{% field form." + name + " %}", SampleForm())
    labels = re.findall(r'for="([^"]+)"', drawn)
    ids = re.findall(r'<(?:input|select|textarea)[^>]*\bid="([^"]+)"', drawn)
    assert ids
    assert labels == ids


def test_a_field_with_an_error_keeps_what_was_typed_and_points_at_the_error() -> None:
    drawn = draw("{% error_summary form %}{% field form.word %}", SampleForm({"word": "far too long"}))
    assert 'value="far too long"' in drawn
    assert 'aria-describedby="id_word-hint id_word-error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert '<a href="#id_word">A word: ' in drawn
    assert 'id="id_word-error"' in drawn


@pytest.mark.parametrize(
    ("name", "kind"), [("colour", "radio"), ("several", "checkbox"), ("agree", "checkbox")]
)
def test_each_choice_is_drawn_as_what_it_is(name: str, kind: str) -> None:
    drawn = draw("{% field form." + name + " %}", SampleForm())
    assert set(re.findall(r'type="(\w+)"', drawn)) == {kind}
    assert ("govuk-radios" in drawn) == (kind == "radio")


def test_an_error_in_radios_leads_to_the_first_choice() -> None:
    drawn = draw("{% error_summary form %}{% field form.colour %}", SampleForm({"word": "x"}))
    assert '<a href="#id_colour_0">' in drawn
    assert 'id="id_colour_0"' in drawn


def test_an_error_in_a_part_of_a_date_is_said_once_for_the_date() -> None:
    source = '{% date_fields "Born" form.day form.month form.year %}'
    drawn = draw(source, SampleForm({"word": "x", "colour": "R", "year": "soon"}))
    assert drawn.count("govuk-error-message") == 1
    assert 'value="soon"' in drawn


@pytest.mark.parametrize("look", list(LOOKS))
def test_each_look_has_a_picture_and_a_word(look: str) -> None:
    drawn = draw('{% tag "' + look + '" %}', SampleForm())
    assert "<svg" in drawn
    assert re.search(r"<span>\s*\S+.*</span>", drawn)


def test_the_guide_names_every_look() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [look for look in LOOKS if f'"{look}"' not in text] == []


def test_what_was_typed_is_never_markup() -> None:
    drawn = draw('{% include "site/components/_conflict.html" %}', SampleForm())
    assert "&lt;2&gt;" in drawn


def test_what_a_page_hides_stays_hidden_whatever_its_class_asks_for() -> None:
    styles = Path(__file__).parents[2] / "build" / "static" / "amparo.css"
    drawn = re.sub(r"\s", "", styles.read_text(encoding="utf-8"))
    assert "[hidden]{display:none!important" in drawn
