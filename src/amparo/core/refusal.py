"""The expected "no" of the house: what happened, why, and what to do next.

Every room declares its refusals as subclasses in its ``data.py``. The texts are templates with
named placeholders, filled from ``details``; details never hold personal data.
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """An action that was refused for a reason the actor may know.

    ``code`` is stable and listed in the catalogue; ``what``, ``why`` and ``next_step`` are
    translatable texts (lazy translations in the rooms that have Django); ``status`` is the HTTP
    status that a page answers with. A refusal changes nothing: the gate rolls back.
    """

    code: ClassVar[str] = ""
    what: ClassVar[object] = ""
    why: ClassVar[object] = ""
    next_step: ClassVar[object] = ""
    status: ClassVar[int] = 409

    def __init__(self, **details: str | int) -> None:
        self.details = details
        super().__init__(self.code)

    def say(self, template: object) -> str:
        """Return one of the three texts with this refusal's details filled in."""
        return str(template) % self.details if self.details else str(template)

    @property
    def what_happened(self) -> str:
        return self.say(self.what)

    @property
    def reason(self) -> str:
        return self.say(self.why)

    @property
    def what_next(self) -> str:
        return self.say(self.next_step)


class Unknown(Exception):
    """What was asked for does not exist, or may not be known to exist by this actor.

    Both answer with the same 404, byte for byte. It carries no message and no details.
    """
