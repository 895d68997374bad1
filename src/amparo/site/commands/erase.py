"""``amparo erase``: erase a person's identity, by two people."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from amparo.site.commands.database import start_django
from amparo.site.commands.signing_in import ask_who, plain_refusals

if TYPE_CHECKING:
    from amparo.access.data import Actor

RIGHT = "vault.erase_early"
WAITS = 3


@click.command()
@click.argument("code")
@click.option("--by", "username", required=True, help="Your user name; your passphrase is asked for.")
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read your passphrase from the first line of a file.",
)
def erase(code: str, username: str, passphrase_file: Path | None) -> None:
    """Erase the identity of the person with case code CODE, for ever.

    Two people of the data-protection role run it, one after the other, within a week: the first
    proposes, the second confirms and it is done. Names, contacts, texts, documents and extracts go; the
    coded facts of the file stay. Exit 0 when erased, now or before, 3 while a second person is awaited,
    2 when refused.
    """
    start_django()
    from amparo.vault.queries import find_erasure

    now = datetime.now(UTC)
    actor = ask_who(username, now, passphrase_file)
    with plain_refusals():
        person_id = find_person(actor, code)
        erased_at = find_erasure(person_id)
        if erased_at is not None:
            click.echo(f"The identity behind {code} was erased on {erased_at:%Y-%m-%d}, for ever.")
            return
        countersign_id = agree(actor, person_id, code, now)
        if countersign_id is None:
            click.echo(f"Nothing is erased yet: a second person runs amparo erase {code} --by THEIR-NAME.")
            sys.exit(WAITS)
        carry_out(actor, person_id, countersign_id, now)
    click.echo(
        f"Erased the identity behind {code}. Backups made before today can still be restored to it until "
        "the seal keys of their time are destroyed; a restore erases it again."
    )


def find_person(actor: Actor, code: str) -> UUID:
    """Return the person behind a code whom this actor may erase. Raises ``Unknown``."""
    from amparo.access.scoping import scopes_where
    from amparo.core.refusal import Unknown

    person_id = scopes_where(actor, RIGHT).filter(code=code.upper()).values_list("id", flat=True).first()
    if person_id is None:
        raise Unknown
    return person_id


def agree(actor: Actor, person_id: UUID, code: str, now: datetime) -> UUID | None:
    """Propose, or confirm what somebody else proposed; returns the request once two people signed.

    Says whether it is proposed now, or was before by the same person.
    """
    from amparo.access.actions import confirm_request, propose_request
    from amparo.access.queries import list_requests

    open_requests = [
        line for line in list_requests(actor) if (line.right, line.code) == (RIGHT, code.upper())
    ]
    for line in open_requests:
        if line.confirmed_at is None and line.proposed_by_id != actor.staff_id:
            confirm_request(actor, now=now, countersign_id=line.id)
            return line.id
        if line.confirmed_at is not None:
            return line.id
    if open_requests:
        click.echo(f"You proposed this already, on {open_requests[0].proposed_at:%Y-%m-%d}.")
        return None
    propose_request(actor, now=now, right=RIGHT, arguments={"person_id": person_id})
    click.echo("Proposed.")
    return None


def carry_out(actor: Actor, person_id: UUID, countersign_id: UUID, now: datetime) -> None:
    """Erase, through the gate."""
    from amparo.access.actions import erase_early

    erase_early(actor, now=now, person_id=person_id, countersign_id=countersign_id)
