"""The checklist of the gap analysis, and what instruments say on its rows, as other rooms read them.

A row that nobody looked at has no assessment. That is "not assessed", never "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amparo.doctrine.data import Status, Text


class Value(StrEnum):
    """What an instrument offers on a row. ``NO`` is said only by somebody who read all of it."""

    YES = "yes"
    PARTIAL = "partial"
    NO = "no"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One provision that a law against trafficking should hold.

    ``standards``: the sources that ask for it. ``draft``: model wording in Amparo's own words, always
    a draft to be edited by lawyers; never an official text.
    """

    id: str
    provision: Text
    standards: tuple[str, ...]
    draft: Text
    status: Status
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one instrument says on one row.

    ``country`` is alpha-3, or "" for an instrument of a region. ``instrument`` is the id of a sources
    file, ``sources`` the places cited. ``assessor`` and ``assessed_date``: who said so, and when.
    """

    row: str
    country: str
    instrument: str
    value: Value
    sources: tuple[str, ...]
    status: Status
    assessor: Text
    assessed_date: date
    note: Text | None = None
