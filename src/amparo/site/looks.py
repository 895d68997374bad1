"""The fixed looks of the interface: one icon and one word for each state that must be recognised.

A look is used by name in templates: ``{% tag "sealed" %}``. Colours live in ``frontend/styles/_tags.scss``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    """``icon`` names a drawing of ``site/components/_icon.html``; ``word`` is shown unless replaced."""

    icon: str
    word: Promise


LOOKS = {
    "unknown": Look("question", _("Unknown")),
    "refused": Look("stop", _("Refused")),
    "withheld": Look("eye-off", _("Withheld")),
    "damaged": Look("stop", _("Cannot be opened: damaged")),
    "sealed": Look("seal", _("Sealed")),
    "locked": Look("lock", _("Locked")),
    "unverified": Look("flag", _("Not verified")),
    "estimated": Look("about", _("Estimated")),
    "child": Look("child", _("Child")),
    "established": Look("check", _("Established")),
    "not-established": Look("cross", _("Not established")),
    "not-assessed": Look("dots", _("Not assessed")),
    "conflict": Look("fork", _("Contradictory")),
    "absolute": Look("stop", _("Cannot be overridden")),
    "overdue": Look("clock", _("Overdue")),
    "due": Look("clock", _("Due")),
    "waiting": Look("hourglass", _("Waiting")),
    "done": Look("check", _("Done")),
    "new": Look("spark", _("New")),
    "note": Look("info", _("Note")),
}
