"""The fields of the standard, as declared in ``fields.yaml``."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

CODE_SHAPE = re.compile(r"^[a-z]{3}_[A-Za-z_]+$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how its cells are read (``kind``), and whether what it holds is sealed (``holds``)."""

    code: str
    label: str
    kind: str
    holds: str
    is_core: bool
    is_deprecated: bool
    values: dict[str, str]
    spellings: dict[str, str]  # folded value, label or alias -> value

    @property
    def is_sealed(self) -> bool:
        return self.holds != "coded"


@dataclass(frozen=True, slots=True)
class Standard:
    """``fields`` by code in the standard's order; ``template`` codes in the template's column order."""

    fields: dict[str, Field]
    template: tuple[str, ...]
    spellings: dict[str, str]

    def find_code(self, text: str) -> str | None:
        """Return the standard's code for a code cell, or None. Distributed misspellings count."""
        code = self.spellings.get(text, text)
        return code if code in self.fields else None

    def find_by_label(self, text: str) -> str | None:
        """Return the code of the one template field with this label, or None."""
        found = [code for code in self.template if fold(self.fields[code].label) == fold(text)]
        return found[0] if len(found) == 1 else None


def fold(text: str) -> str:
    """Return a value or label without case, spaces and punctuation, for comparison only."""
    return "".join(character for character in text.casefold() if character.isalnum())


@functools.cache
def load_standard() -> Standard:
    """Read ``fields.yaml`` once."""
    raw = yaml.safe_load(Path(__file__).with_name("fields.yaml").read_text("utf-8"))
    fields = {}
    for row in raw["fields"]:
        values, aliases = row.get("values", {}), row.get("aliases", {})
        spellings = {fold(alias): value for alias, value in aliases.items()}
        spellings |= {fold(label): value for value, label in values.items()}
        spellings |= {fold(value): value for value in values}
        fields[row["code"]] = Field(
            code=row["code"],
            label=row["label"],
            kind=row["kind"],
            holds=row["holds"],
            is_core=row["core"],
            is_deprecated=row["status"] == "deprecated",
            values=values,
            spellings=spellings,
        )
    return Standard(fields, tuple(raw["template"]), raw["spellings"])
