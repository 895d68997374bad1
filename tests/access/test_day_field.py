"""One field reads every day, and none that no calendar of ours can hold."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django import forms

from amparo.access.days import DayField

SOURCE = Path("src/amparo")
WITH_FORMS = sorted(
    path for path in SOURCE.rglob("*.py") if "forms" in path.stem or "forms" in path.parent.name
)


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "31/12/9999", "1799-12-31", "2200-01-01"])
def test_a_mistyped_year_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="1800"):
        DayField(label="x").clean(typed)


@pytest.mark.parametrize("typed", ["1951-07-28", "28/07/1951"])
def test_a_day_is_read_both_ways(typed: str) -> None:
    day = DayField(label="x").clean(typed)
    assert day is not None
    assert day.isoformat() == "1951-07-28"


def find_other_days(form: type[forms.BaseForm]) -> list[str]:
    fields = getattr(form, "base_fields", {})
    return [
        f"{form.__name__}.{name}"
        for name, field in fields.items()
        if isinstance(field, forms.DateField | forms.DateTimeField) and not isinstance(field, DayField)
    ]


def test_every_form_reads_its_days_with_this_field() -> None:
    modules = [
        import_module(".".join(["amparo", *path.relative_to(SOURCE).with_suffix("").parts]))
        for path in WITH_FORMS
        if path.stem != "__init__"
    ]
    found = {one for module in modules for one in vars(module).values() if inspect.isclass(one)}
    checked = [one for one in found if issubclass(one, forms.BaseForm)]
    assert len(checked) > 50
    assert [name for one in checked for name in find_other_days(one)] == []


def test_another_field_for_a_day_is_caught() -> None:
    class Breach(forms.Form):
        on = forms.DateField()

    assert find_other_days(Breach) == ["Breach.on"]
