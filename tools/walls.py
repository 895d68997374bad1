"""A contract for import-linter: another room is entered only by its doors and fittings."""

from __future__ import annotations

import grimp
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Options: ``doors`` (modules that every room may offer), ``fittings`` (further ones, by full
    name), ``open_rooms`` (rooms without internals). The inside of a door counts as the door.
    """

    type_name = "doors"

    doors = fields.SetField(subfield=fields.StringField())
    fittings = fields.SetField(subfield=fields.StringField())
    open_rooms = fields.SetField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        breaches = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if _crosses(importer, imported) and not self._is_open(imported)
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def _is_open(self, module: str) -> bool:
        package, room, *inside = module.split(".")
        if not inside or room in self.open_rooms:
            return True
        fitting = f"{package}.{room}.{inside[0]}"
        return inside[0] in self.doors or fitting in self.fittings

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["breaches"]:
            output.print_error(f"- {importer} enters {imported}, which is neither a door nor a fitting")


def _crosses(importer: str, imported: str) -> bool:
    """True between two rooms of one package. Libraries have no rooms; migrations name tables."""
    if ".migrations." in importer:
        return False
    same_package = importer.split(".")[0] == imported.split(".")[0]
    return (
        same_package
        and "" not in {room_of(importer), room_of(imported)}
        and (room_of(importer) != room_of(imported))
    )


def room_of(module: str) -> str:
    """Return the room of ``amparo.<room>...``, "" for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""
