"""A process that writes through the gate until it is killed, and says of each write when it has committed.

Run by ``test_kill``. With ``--until-refused`` it stops at the first refusal and says what it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import django


def say(word: str, value: object) -> None:
    """Write one line at once, so that what was said can be read after the kill."""
    os.write(1, f"{word} {value}\n".encode())


def write_for_ever(found: Callable[[int], object], seal: Callable[[datetime], object]) -> None:
    say("ready", os.getpid())
    number = 0
    while True:
        number += 1
        say("wrote", found(number))
        if number % 15 == 0:
            sealed = seal(datetime.now(UTC))
            if sealed is not None:
                say("sealed", getattr(sealed, "size", 0))


def main() -> int:
    django.setup()
    from amparo.access.actions import found_agency
    from amparo.access.queries import machine_actor
    from amparo.core.policy import AgencyKind
    from amparo.ledger.actions import seal_batch

    setup = machine_actor("setup")

    def found(number: int) -> object:
        name = f"Casa {os.getpid()}-{number} " + "x" * 150
        return found_agency(setup, now=datetime.now(UTC), name=name, kind=AgencyKind.SHELTER)

    try:
        write_for_ever(found, seal_batch)
    except Exception as error:
        if sys.argv[1:] != ["--until-refused"]:
            raise
        say("refused", f"{type(error).__name__}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
