"""What the ledger is told of the fields that were written or sealed: names, never values."""

from __future__ import annotations

from collections.abc import Collection

from amparo.vault.data import Details

NAMED_AT_MOST = 40
"""An entry of the ledger is short: above this, the kinds of the fields are told, and how many there were."""


def tell_fields(names: Collection[str]) -> Details:
    """Return the details of an entry about these fields.

    >>> tell_fields(["id.names"])
    {'fields': ['id.names']}
    >>> tell_fields([f"narrative.finding.{number}" for number in range(90)])
    {'fields': ['narrative.finding'], 'fields_in_all': 90}
    """
    if len(names) <= NAMED_AT_MOST:
        return {"fields": sorted(names)}
    kinds = {name.rpartition(".")[0] or name for name in names}
    return {"fields": sorted(kinds)[:NAMED_AT_MOST], "fields_in_all": len(names)}
