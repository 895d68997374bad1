"""The catalogue of rights: every right string of the house, declared once.

To add one, write a line in the table of its room: the name is ``room.verb``, the *reach* says what
it is done to, and the roles say who may ask for it. The relation to the record and the rules that
nothing can lift come from ``core.rules``; they are never repeated here. After a change run
``python -m tests.doors.policy_golden --write`` and review the difference of the golden table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from amparo.core.parties import Role

BLIND_ROLES = frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION, Role.AUDITOR, Role.STATISTICIAN})
"""Roles that never see an identity (rule 1)."""

COMPARTMENTS = frozenset({"id", "contact", "narrative", "document", "health"})


class Reach(StrEnum):
    """What a right is done to."""

    RECORD = "record"
    """One person's record, by a relation to it."""
    EXTRACT = "extract"
    """The sealed extract that a referral brought to the actor's unit."""
    OVERSIGHT = "oversight"
    """One record by its case code, by role alone, without ever seeing an identity."""
    UNIT = "unit"
    """The actor's own unit, where it holds files."""
    DESK = "desk"
    """The actor's own unit, where it receives and sends; units that hold no files have a desk too."""
    HOUSE = "house"
    """The installation, by role alone; never a record."""
    OWN = "own"
    """The actor's own account and lists. Every signed-in staff member."""


ABOUT_A_RECORD = frozenset({Reach.RECORD, Reach.EXTRACT, Reach.OVERSIGHT})


@dataclass(frozen=True, slots=True)
class Right:
    """One right. The flags name what the rules of ``core.rules`` need to know about it."""

    name: str
    reach: Reach
    roles: frozenset[Role] = frozenset()
    opens: frozenset[str] = frozenset()
    for_guardians: bool = False
    in_emergency: bool = False
    stays_home: bool = False
    """Not carried by a delegation."""
    by_machine: bool = False
    needs_two_people: bool = False
    destroys: bool = False
    traces: bool = False
    """Discloses for family tracing or reunification."""
    tells_of_cases: bool = False
    """Shows words without names that came out of somebody's case."""

    def __post_init__(self) -> None:
        if Role.GUARDIAN in self.roles:
            raise ValueError(f"{self.name}: a guardian's relation is granted, never a role's default")
        if self.opens and self.roles & BLIND_ROLES:
            raise ValueError(f"{self.name}: opens identities for a role that never sees one")
        if self.opens - COMPARTMENTS:
            raise ValueError(f"{self.name}: unknown compartment")


class UnknownRight(KeyError):
    """A right that the catalogue does not declare: a programming error, raised at import."""


CASEWORK = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
SUPERVISORS = frozenset({Role.SUPERVISOR})
INTAKE = CASEWORK | {Role.INTAKE}
DECIDERS = CASEWORK | {Role.LEGAL}
WORKERS = CASEWORK | {Role.INTAKE, Role.LEGAL, Role.HEALTH, Role.LIAISON}
DESK = CASEWORK | {Role.INTAKE, Role.LEGAL, Role.LIAISON}
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
OVERSEERS = frozenset({Role.DATA_PROTECTION, Role.AUDITOR})
DATA_PROTECTION = frozenset({Role.DATA_PROTECTION})
ANYBODY = frozenset(Role) - {Role.GUARDIAN}

RECORD, EXTRACT, OVERSIGHT, UNIT = Reach.RECORD, Reach.EXTRACT, Reach.OVERSIGHT, Reach.UNIT
DESK_REACH, HOUSE, OWN = Reach.DESK, Reach.HOUSE, Reach.OWN


def _opening(name: str, roles: frozenset[Role], compartment: str, **flags: bool) -> Right:
    return Right(name, RECORD, roles, frozenset({compartment}), **flags)


_VAULT = (
    Right("record.know", RECORD, WORKERS, for_guardians=True, in_emergency=True, by_machine=True),
    _opening("vault.open_id", WORKERS, "id", for_guardians=True, in_emergency=True),
    _opening("vault.open_contact", WORKERS, "contact", for_guardians=True, in_emergency=True),
    _opening("vault.open_narrative", DECIDERS, "narrative"),
    _opening("vault.open_document", INTAKE | DECIDERS, "document"),
    _opening("vault.open_health", CASEWORK | {Role.HEALTH}, "health"),
    Right("vault.open_extract", EXTRACT, DESK | {Role.HEALTH}, COMPARTMENTS),
    Right("vault.open_intake", UNIT, INTAKE | {Role.LEGAL}),
    Right("vault.erase_person", OVERSIGHT, DATA_PROTECTION, destroys=True),
    Right("vault.erase_early", OVERSIGHT, DATA_PROTECTION, destroys=True, needs_two_people=True),
    Right("vault.change_custodians", HOUSE, ADMINISTRATORS | {Role.CUSTODIAN}, needs_two_people=True),
    Right("vault.rotate_keys", HOUSE, ADMINISTRATORS, by_machine=True),
)

_LEDGER = (
    Right("ledger.read", HOUSE, OVERSEERS),
    Right("ledger.read_about", RECORD, SUPERVISORS, for_guardians=True),
    Right("ledger.export_checkpoint", HOUSE, OVERSEERS | ADMINISTRATORS, by_machine=True),
)

_ACCESS = (
    Right("access.own_account", OWN),
    Right("access.found_agency", HOUSE, ADMINISTRATORS, by_machine=True),
    Right("access.found_unit", HOUSE, ADMINISTRATORS, by_machine=True),
    Right("access.manage_staff", HOUSE, ADMINISTRATORS),
    Right("access.add_staff", HOUSE, ADMINISTRATORS, by_machine=True),
    Right("access.reset_password", HOUSE, ADMINISTRATORS),
    Right("access.deactivate_staff", HOUSE, ADMINISTRATORS),
    Right("access.grant_post", HOUSE, ADMINISTRATORS, by_machine=True),
    Right("access.end_post", HOUSE, ADMINISTRATORS, by_machine=True),
    Right("access.share_unit_key", UNIT, WORKERS),
    Right("access.see_grants", RECORD, WORKERS, for_guardians=True),
    Right("access.join_team", RECORD, SUPERVISORS, stays_home=True),
    Right("access.delegate", RECORD, CASEWORK, stays_home=True),
    Right("access.appoint_guardian", RECORD, SUPERVISORS, stays_home=True),
    Right("access.end_grant", RECORD, SUPERVISORS, stays_home=True),
    Right("access.exclude", RECORD, SUPERVISORS, stays_home=True),
    Right("access.seal_case", RECORD, SUPERVISORS, stays_home=True),
    Right("access.unseal_case", RECORD, SUPERVISORS, stays_home=True, needs_two_people=True),
    Right("access.lift_firewall", RECORD, DECIDERS, stays_home=True, needs_two_people=True),
    Right("access.record_fear", RECORD, DECIDERS),
    Right("access.break_glass", DESK_REACH, CASEWORK | {Role.INTAKE, Role.HEALTH}),
    Right("access.review_emergency", HOUSE, DATA_PROTECTION),
    Right("access.hold_for_law", OVERSIGHT, DATA_PROTECTION),
    Right("access.countersign", OWN),
)

_CASES = (
    Right("cases.worklist", OWN),
    Right("cases.search", OWN),
    Right("cases.register_person", UNIT, INTAKE),
    Right("cases.read_file", RECORD, WORKERS, for_guardians=True, in_emergency=True),
    Right("cases.edit_person", RECORD, INTAKE),
    Right("cases.record_status", RECORD, DECIDERS),
    Right("cases.add_need", RECORD, INTAKE | {Role.HEALTH}),
    Right("cases.edit_need", RECORD, INTAKE | {Role.HEALTH}),
    Right("cases.add_note", RECORD, WORKERS),
    Right("cases.add_task", RECORD, WORKERS, by_machine=True),
    Right("cases.complete_task", RECORD, WORKERS, by_machine=True),
    Right("cases.record_consent", RECORD, INTAKE | {Role.LEGAL}),
    Right("cases.withdraw_consent", RECORD, INTAKE | {Role.LEGAL}),
    Right("cases.relate", RECORD, INTAKE),
    Right("cases.request_closure", RECORD, CASEWORK),
    Right("cases.close_file", RECORD, SUPERVISORS),
    Right("cases.reopen_file", RECORD, SUPERVISORS),
    Right("cases.trace_family", RECORD, CASEWORK, traces=True),
    Right("cases.export_one", RECORD, CASEWORK),
    Right("cases.export_many", UNIT, SUPERVISORS, needs_two_people=True),
    Right("cases.release_to_demand", RECORD, SUPERVISORS, stays_home=True, needs_two_people=True),
)

CATALOGUERS = ADMINISTRATORS | SUPERVISORS | {Role.LEGAL}

_LIBRARY = (
    Right("library.read", OWN),
    Right("library.add_entry", HOUSE, CATALOGUERS),
    Right("library.edit_entry", HOUSE, CATALOGUERS),
    Right("library.withdraw_entry", HOUSE, CATALOGUERS),
    Right("library.import_entries", HOUSE, CATALOGUERS, by_machine=True),
    Right("library.sync", HOUSE, frozenset(), by_machine=True),
)

_PROCEDURES = (
    Right("procedures.read", RECORD, WORKERS),
    Right("procedures.open_procedure", RECORD, DECIDERS),
    Right("procedures.record_finding", RECORD, DECIDERS | {Role.HEALTH}),
    Right("procedures.record_choice", RECORD, DECIDERS),
    Right("procedures.move_stage", RECORD, DECIDERS, by_machine=True),
    Right("procedures.extend_period", RECORD, DECIDERS),
    Right("procedures.waive_period", RECORD, DECIDERS),
    Right("procedures.contact_foreign_authority", RECORD, DECIDERS),
    Right("procedures.add_participant", RECORD, CASEWORK),
    Right("procedures.stop_sharing", RECORD, INTAKE | {Role.LEGAL}, by_machine=True),
    Right("procedures.sign", RECORD, DECIDERS),
    Right("procedures.issue_certificate", RECORD, DECIDERS),
    Right("procedures.lapse_certificate", RECORD, DECIDERS, by_machine=True),
    Right("procedures.print_memorandum", RECORD, DECIDERS),
    Right("procedures.take_part", EXTRACT, DECIDERS),
    Right("procedures.sign_part", EXTRACT, DECIDERS),
    Right("procedures.parts", OWN),
)

_PANELS = (
    Right("panels.bodies", OWN),
    Right("panels.keep_bodies", HOUSE, ADMINISTRATORS, by_machine=True),
    Right("panels.convene", DESK_REACH, CASEWORK | {Role.LIAISON}),
    Right("panels.read_items", RECORD, WORKERS),
    Right("panels.put_on_agenda", RECORD, DECIDERS),
    Right("panels.recuse", RECORD, DECIDERS),
    Right("panels.record_wishes", RECORD, DECIDERS),
    Right("panels.compare", RECORD, DECIDERS),
    Right("panels.record_decision", RECORD, DECIDERS),
    Right("panels.approve", RECORD, SUPERVISORS, stays_home=True),
    Right("panels.record_answer", RECORD, DECIDERS),
    Right("panels.stop_sharing", RECORD, INTAKE | {Role.LEGAL}, by_machine=True),
    Right("panels.sit_at_home", RECORD, DECIDERS | {Role.HEALTH}),
    Right("panels.sit", EXTRACT, DECIDERS | {Role.HEALTH, Role.LIAISON}),
)

_REFERRALS = (
    Right("referrals.directory", OWN),
    Right("referrals.edit_directory", HOUSE, ADMINISTRATORS, by_machine=True),
    Right("referrals.read", RECORD, WORKERS),
    Right("referrals.send", RECORD, INTAKE | {Role.LEGAL, Role.LIAISON}),
    Right("referrals.sign_override", RECORD, SUPERVISORS, stays_home=True),
    Right("referrals.cancel", RECORD, INTAKE | {Role.LEGAL, Role.LIAISON}),
    Right("referrals.propagate_withdrawal", RECORD, INTAKE | {Role.LEGAL}, by_machine=True),
    Right("referrals.expire", RECORD, frozenset(), by_machine=True),
    Right("referrals.escalate", RECORD, CASEWORK, by_machine=True),
    Right("referrals.inbox", DESK_REACH, DESK | {Role.HEALTH}),
    Right("referrals.receive", EXTRACT, DESK | {Role.HEALTH}),
    Right("referrals.accept", EXTRACT, DESK | {Role.HEALTH}),
    Right("referrals.reject", EXTRACT, DESK | {Role.HEALTH}),
    Right("referrals.report_done", EXTRACT, DESK | {Role.HEALTH}),
)

_ASYLUM = (
    Right("asylum.read_register", OWN, tells_of_cases=True),
    Right("asylum.read_requests", DESK_REACH, DECIDERS),
    Right("asylum.ask_opinion", DESK_REACH, DECIDERS),
    Right("asylum.give_opinion", DESK_REACH, DECIDERS),
    Right("asylum.publish_opinion", DESK_REACH, DECIDERS),
)

_SOLUTIONS = (
    Right("solutions.read", RECORD, WORKERS),
    Right("solutions.draft_return", RECORD, CASEWORK),
    Right("solutions.plan_return", RECORD, CASEWORK),
    Right("solutions.record_departure", RECORD, CASEWORK),
    Right("solutions.cancel_return", RECORD, CASEWORK, by_machine=True),
    Right("solutions.report_incident", RECORD, WORKERS),
    Right("solutions.acknowledge_incident", RECORD, SUPERVISORS),
)

_STATISTICS = (
    Right("statistics.import_htcds", UNIT, CASEWORK),
    Right("statistics.release", HOUSE, frozenset({Role.STATISTICIAN})),
)

_ADVOCACY = (
    Right("advocacy.read", OWN),
    Right("advocacy.assess", HOUSE, CATALOGUERS),
    Right("advocacy.edit_initiative", HOUSE, CATALOGUERS | {Role.LIAISON}),
)

_SITE = (
    Right("site.home", OWN),
    Right("site.still_here", OWN),
    Right("site.operate", HOUSE, ADMINISTRATORS, by_machine=True),
)


def _index(rights: Iterable[Right]) -> dict[str, Right]:
    index: dict[str, Right] = {}
    for right in rights:
        if right.name in index:
            raise ValueError(f"{right.name} is declared twice")
        index[right.name] = right
    return index


RIGHTS = _index(
    (
        *(*_VAULT, *_LEDGER, *_ACCESS, *_LIBRARY, *_CASES),
        *(*_PROCEDURES, *_PANELS, *_REFERRALS, *_ASYLUM, *_SOLUTIONS, *_STATISTICS, *_ADVOCACY, *_SITE),
    )
)


def get_right(name: str) -> Right:
    """Return a right by its name; raises :class:`UnknownRight` for one that nobody declared."""
    try:
        return RIGHTS[name]
    except KeyError:
        raise UnknownRight(f"{name!r} is not declared in amparo.core.rights") from None
