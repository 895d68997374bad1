"""``amparo keys``: the server's seal keys, units' keys, recovery cards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import click

from amparo.site.commands.database import start_django
from amparo.site.commands.signing_in import ask_who, plain_refusals

if TYPE_CHECKING:
    from amparo.access.data import AgencyLine, StaffLine, UnitLine


@click.group()
def keys() -> None:
    """Seal keys, unit keys and recovery cards. Exit 0 when done, 2 when refused, each saying why."""


@keys.command()
def status() -> None:
    """Show the seal keys and what is due. Exit 2 when a key file is missing or foreign."""
    start_django()
    from amparo.access.queries import list_agencies, list_units
    from amparo.vault import queries

    with plain_refusals():
        queries.require_server_keys()
    for epoch in queries.list_epochs():
        state = "in use" if epoch.is_current else "old; keys retire-epoch destroys it once it locks nothing"
        click.echo(f"Seal key {epoch.number}: {epoch.locks:,} locks, {state}.")
    names = {unit.id: f"{unit.agency_name}, {unit.name}" for unit in list_units()}
    for unit_id in queries.list_units_due_rotation():
        click.echo(f"Unit key due for rotation: {names.get(unit_id, unit_id)} (a member was revoked).")
    for agency in list_agencies():
        without = len(queries.list_units_without_recovery(agency.id))
        custodians = queries.count_custodians(agency.id)
        click.echo(f"{agency.name}: {custodians} custodians confirmed, {without} units without recovery.")


@keys.command("set-up")
def set_up() -> None:
    """Make the first seal key and the pepper, and say what losing them means."""
    start_django()
    from amparo.vault.actions import set_up_server_keys

    with plain_refusals():
        made = set_up_server_keys(datetime.now(UTC))
    click.echo(f"Seal key {made.epoch} and the pepper are in {made.folder}.")
    click.echo(made.warning)


@keys.command("rotate-seal")
def rotate_seal() -> None:
    """Put every identity under a new seal key (every 90 days). An interrupted run is taken up again."""
    start_django()
    from amparo.vault.actions import rotate_seal_epoch

    with plain_refusals():
        number, count = rotate_seal_epoch(datetime.now(UTC), _show_progress)
    click.echo(f"{count:,} locks are under seal key {number} now. Copy the new key file to the offline copy.")
    click.echo("The old key still opens older backups: keys retire-epoch destroys it.")


@keys.command("retire-epoch")
@click.argument("number", type=int)
@click.confirmation_option(prompt="Backups made under this seal key can never be opened again. Go on?")
def retire_epoch(number: int) -> None:
    """Destroy the old seal key NUMBER, and with it every backup and erased identity under it."""
    start_django()
    from amparo.vault.actions import retire_epoch as retire

    with plain_refusals():
        retire(number, datetime.now(UTC))
    click.echo(f"Seal key {number} is destroyed here. Destroy its offline copy too, and restart the server.")


@keys.command("rotate-unit")
@click.argument("unit")
@click.option("--by", "username", required=True, help="A member of the unit; the passphrase is asked for.")
def rotate_unit(unit: str, username: str) -> None:
    """Give UNIT (its id or name) a new key and its people new data keys, after a member left.

    What was written before lies under new keys too. An interrupted run is taken up again.
    """
    start_django()
    from amparo.vault.actions import rotate_unit as rotate

    now = datetime.now(UTC)
    line = _unit(unit)
    actor = ask_who(username, now)
    assert actor.keys is not None
    with plain_refusals():
        count = rotate(actor.keys, line.id, now, _show_progress)
    click.echo(f"{count:,} parts of files of {line.name} have new keys. Former members open nothing.")


@keys.command("recovery-cards")
@click.argument("agency")
@click.option("--by", "first", default="", help="To replace a set that has custodians: one of two people.")
@click.option("--and-by", "second", default="", help="The other one.")
def recovery_cards(agency: str, first: str, second: str) -> None:
    """Make the five recovery cards of AGENCY (its id or name) and print them once.

    Any three of the five open the agency's units again. Give each to another person, and let each
    confirm it with keys confirm-card; two must, before the first real file. A set that custodians
    already hold is replaced by two people together.
    """
    start_django()
    from amparo.vault.actions import create_agency_recovery
    from amparo.vault.queries import count_custodians

    line, now = _agency(agency), datetime.now(UTC)
    if count_custodians(line.id):
        cards = _replace_cards(line.id, first, second, now)
    else:
        with plain_refusals():
            cards = create_agency_recovery(line.id, now)
    for number, card in enumerate(cards, start=1):
        click.echo(f"\nCard {number} of 5, {line.name}. Keep it apart from the others.\n{card}")
    click.echo("\nThe cards are not stored and will not be shown again. Three of five are needed.")


@keys.command("confirm-card")
@click.argument("agency")
@click.option("--by", "username", required=True, help="The custodian's user name.")
def confirm_card(agency: str, username: str) -> None:
    """Record that a custodian of AGENCY holds a card: it is typed in, checked and not stored."""
    start_django()
    from amparo.vault.actions import confirm_card as confirm
    from amparo.vault.queries import CUSTODIANS_NEEDED, count_custodians

    line, now = _agency(agency), datetime.now(UTC)
    actor = ask_who(username, now)
    assert actor.staff_id is not None
    card = click.prompt("The words of the card", hide_input=True, err=True)
    with plain_refusals():
        number = confirm(line.id, actor.staff_id, card, now)
    count = count_custodians(line.id)
    click.echo(
        f"{username} holds card {number} of {line.name}: {count} custodians, {CUSTODIANS_NEEDED} needed."
    )


@keys.command("recover-unit")
@click.argument("unit")
@click.option("--to", "username", required=True, help="Who receives the unit's key.")
def recover_unit(unit: str, username: str) -> None:
    """Open UNIT (its id or name) again for a user, with three of its agency's recovery cards."""
    start_django()
    from amparo.vault.actions import recover_with_cards

    line, receiver = _unit(unit), _staff(username)
    cards = [click.prompt(f"Card {number} of 3", hide_input=True, err=True) for number in (1, 2, 3)]
    with plain_refusals():
        recover_with_cards(line.agency_id, cards, line.id, receiver.id, datetime.now(UTC))
    click.echo(f"{username} can open {line.name} again after unlocking.")


def _replace_cards(agency_id: UUID, first: str, second: str, now: datetime) -> list[str]:
    from amparo.access.actions import change_custodians, confirm_request, propose_request

    if not first or not second:
        raise click.UsageError("this agency has custodians: replacing their cards takes --by and --and-by")
    proposer, confirmer = ask_who(first, now), ask_who(second, now)
    with plain_refusals():
        request = {"agency_id": agency_id}
        countersign_id = propose_request(
            proposer, now=now, right="vault.change_custodians", arguments=request
        )
        confirm_request(confirmer, now=now, countersign_id=countersign_id)
        return change_custodians(confirmer, now=now, agency_id=agency_id, countersign_id=countersign_id)


def _unit(text: str) -> UnitLine:
    from amparo.access.queries import list_units

    found = [unit for unit in list_units() if text in {str(unit.id), unit.name}]
    if len(found) != 1:
        raise click.UsageError(f"{len(found)} units are called {text!r}; give the id of one")
    return found[0]


def _agency(text: str) -> AgencyLine:
    from amparo.access.queries import list_agencies

    found = [agency for agency in list_agencies() if text in {str(agency.id), agency.name}]
    if len(found) != 1:
        raise click.UsageError(f"{len(found)} agencies are called {text!r}; give the id of one")
    return found[0]


def _staff(username: str) -> StaffLine:
    from amparo.access.queries import find_staff

    staff = find_staff(username)
    if staff is None:
        raise click.UsageError(f"there is no user {username!r}")
    return staff


def _show_progress(done: int) -> None:
    click.echo(f"\r{done:,} done", nl=False, err=True)
