"""Opened values show a mask everywhere, except through the filter and the one listed function."""

from __future__ import annotations

import ast
import copy
import json
import logging
import pickle
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError

from amparo.vault import door
from amparo.vault.data import OpenKeys, Veiled
from amparo.vault.door.plain import PlainUse
from tests.vault.world import World

SECRET = "Rosalía <Quispe>"
SOURCE = Path(__file__).parents[2] / "src" / "amparo"

# Who may lift the veil in code, and why. A new line here is reviewed like a change of the policy.
PLAIN_CALLERS = {
    "asylum/naming.py": "compared with a text before it is sent; only yes or no comes out",
    "cases/name_memory.py": "normal forms of names for the search held in memory",
    "cases/views/conflicts.py": "both values of a conflict, beside the form that keeps what was typed",
    "cases/views/person.py": "the initial values of the form that edits a person",
    "panels/queries/minutes.py": "the minutes of a meeting, set as a PDF from JSON inputs",
    "panels/queries/words.py": "what members wrote to the unit of the file, on its way into the file",
    "procedures/queries/memorandum.py": "the memorandum, set as a PDF from JSON inputs",
    "referrals/extract.py": "the content of an extract, sealed again at once",
    "referrals/actions/override.py": "the sender's own words of a draft, sealed again at once",
    "referrals/seen_names.py": "normal forms of the names of an extract, to compare a text with",
    "statistics/queries.py": "staged rows of an import, on their way to register_person",
}
NAME_READERS = {"cases/name_memory.py": "the names of a unit for the search held in memory"}
UNVEIL_CALLERS = {
    "vault/door/plain.py",
    "vault/door/extracts.py",
    "vault/templatetags/vault.py",
}


def render(source: str, **context: object) -> str:
    return Template("{% load vault %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "shown",
    [str, repr, "{}".format, "{!r:>40}".format, lambda value: f"{value}", "{0!s}".format],
)
def test_a_veiled_value_shows_a_mask(shown: object) -> None:
    assert "Rosal" not in shown(Veiled(SECRET))  # type: ignore[operator]


def test_a_veiled_value_is_masked_in_logs_and_containers(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("amparo").warning("opened %s %r", Veiled(SECRET), [Veiled(SECRET)])
    assert "Rosal" not in caplog.text
    assert "Rosal" not in repr({"names": (Veiled(SECRET),)})


@pytest.mark.parametrize("leave", [pickle.dumps, json.dumps, lambda value: json.dumps({"a": value})])
def test_a_veiled_value_does_not_leave_memory(leave: object) -> None:
    with pytest.raises(TypeError):
        leave(Veiled(SECRET))  # type: ignore[operator]


def test_a_copy_is_the_same_veiled_value() -> None:
    value = Veiled(SECRET)
    assert copy.copy(value) is value
    assert copy.deepcopy([value])[0] is value


def test_comparison_and_truth_tell_nothing() -> None:
    value = Veiled(SECRET)
    assert (value == SECRET, value == Veiled(SECRET), value == value) == (False, False, True)
    assert len({value, Veiled(SECRET)}) == 2
    assert all((Veiled(""), Veiled(0), Veiled(None), Veiled([])))
    for probe in (len, iter, sorted, int, hex):
        with pytest.raises(TypeError):
            probe(value)  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert value < Veiled(SECRET)  # type: ignore[operator]
    with pytest.raises(AttributeError):
        value.extra = 1  # type: ignore[attr-defined]
    assert not hasattr(value, "__dict__")


def test_a_template_shows_the_mask_without_the_filter() -> None:
    assert render("{{ name }}", name=Veiled(SECRET)) == "•••••"
    assert "Rosal" not in render(
        "{{ name|upper|default:'x' }} {{ names }}", name=Veiled(SECRET), names=[Veiled(SECRET)]
    )


def test_the_filter_reveals_and_escapes() -> None:
    assert render("{{ name|reveal }}", name=Veiled(SECRET)) == "Rosalía &lt;Quispe&gt;"
    assert render("{{ name|reveal:'full' }}", name=Veiled({"full": SECRET})) == "Rosalía &lt;Quispe&gt;"
    assert render("{{ name|reveal }}", name=Veiled(["a", "b"])) == "a, b"
    assert render("{{ name|reveal }}", name=None) == ""
    for mistake in (SECRET, Veiled({"full": SECRET})):
        with pytest.raises(TypeError):
            render("{{ name|reveal }}", name=mistake)
    with pytest.raises(TemplateSyntaxError):
        Template("{{ name|reveal }}")


def test_parts_of_a_veiled_value_are_veiled() -> None:
    names = Veiled([{"full": SECRET, "script": ""}])
    (first,) = names.parts()
    full = first.part("full")
    assert full is not None
    assert "Rosal" not in f"{full} {names} {first}"
    assert first.part("script") is None
    assert render("{{ full|reveal }}", full=full) == "Rosalía &lt;Quispe&gt;"


def test_opened_keys_show_and_leave_nothing(world: World) -> None:
    keys = world.user().keys
    assert keys.hpke_private.hex() not in repr(keys)
    assert str(keys) == "OpenKeys(veiled)"
    with pytest.raises(TypeError):
        pickle.dumps(keys)
    assert isinstance(keys, OpenKeys)


def test_plain_wants_a_listed_use() -> None:
    assert door.plain(Veiled(SECRET), PlainUse.FORM) == SECRET
    with pytest.raises(TypeError):
        door.plain(Veiled(SECRET), "form")  # type: ignore[arg-type]


def lifts_the_veil(names: set[str], tree: ast.Module) -> bool:
    """Tell whether a module that imports from the vault names one of these functions."""
    used, reaches_vault = False, False
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            reaches_vault |= (node.module or "").startswith("amparo.vault")
            used |= any(alias.name in names for alias in node.names) and reaches_vault
        elif isinstance(node, ast.Import):
            reaches_vault |= any(alias.name.startswith("amparo.vault") for alias in node.names)
        elif isinstance(node, ast.Attribute):
            used |= node.attr in names
    return used and reaches_vault


def modules_that_call(*names: str) -> set[str]:
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if lifts_the_veil(set(names), ast.parse(path.read_text(encoding="utf-8")))
    }


def test_only_listed_callers_lift_the_veil_in_code() -> None:
    door_itself = {"vault/door/__init__.py"}
    assert modules_that_call("plain") - door_itself == set(PLAIN_CALLERS)
    assert modules_that_call("open_names") - door_itself == set(NAME_READERS)
    assert modules_that_call("unveil") == UNVEIL_CALLERS


@pytest.mark.parametrize(
    "planted",
    [
        "from amparo.vault import door\ndoor.plain(x, use)",
        "from amparo.vault import door as d\nd.plain(x, use)",
        "from amparo.vault.door import plain as p",
        "import amparo.vault.veil as v\ny = v.unveil",
    ],
)
def test_a_planted_caller_is_found(planted: str) -> None:
    assert lifts_the_veil({"plain", "unveil"}, ast.parse(planted))


def test_another_rooms_own_word_plain_is_no_caller() -> None:
    assert not lifts_the_veil({"plain"}, ast.parse("from amparo.core import plans\nplans.plain"))
