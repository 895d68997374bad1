"""Make the cast and what the journeys need, through the real actions; print it as one line of JSON."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from tests.people import make_cast  # noqa: E402 (the rooms must be registered first)


def main() -> None:
    cast = make_cast()
    made = {"passphrases": {name: member.passphrase for name, member in cast.everybody.items()}}
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
