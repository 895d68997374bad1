"""The acts about access to one file: each has a right, a page, and a state of the file that it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.access.data import FileFacts


def _always(_facts: FileFacts) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class FileAct:
    """``slug`` is the end of the page's address and of its route's name."""

    slug: str
    right: str
    label: Promise
    fits: Callable[[FileFacts], bool] = _always

    @property
    def url_name(self) -> str:
        return f"access_{self.slug.replace('-', '_')}"


TEAM = FileAct("join-team", "access.join_team", _("Put a colleague on the case team"))
DELEGATE = FileAct(
    "delegate", "access.delegate", _("Delegate the file until a date"), lambda facts: not facts.is_sealed
)
GUARDIAN = FileAct(
    "appoint-guardian",
    "access.appoint_guardian",
    _("Appoint a guardian"),
    lambda facts: facts.is_child and not facts.is_sealed,
)
END = FileAct("end-grant", "access.end_grant", _("End somebody's access"))
CONFLICT = FileAct("conflict", "access.exclude", _("Record a conflict of interest"))
EXCLUDE = FileAct("exclude", "access.exclude", _("Exclude a colleague"))
SEAL = FileAct("seal", "access.seal_case", _("Seal the case for named people"))
UNSEAL = FileAct(
    "unseal", "access.unseal_case", _("Propose to unseal the case"), lambda facts: facts.is_sealed
)
FEAR = FileAct("fear", "access.record_fear", _("Record that the person fears a State"))
CORRECT_FEAR = FileAct(
    "correct-fear",
    "access.record_fear",
    _("Correct a record of fear"),
    lambda facts: bool(facts.feared_states),
)
LIFT = FileAct(
    "lift-firewall",
    "access.lift_firewall",
    _("Propose to lift the separation from a State"),
    lambda facts: bool(facts.liftable_states),
)
FILE_ACTS = (TEAM, DELEGATE, GUARDIAN, END, SEAL, UNSEAL, CONFLICT, EXCLUDE, FEAR, CORRECT_FEAR, LIFT)
