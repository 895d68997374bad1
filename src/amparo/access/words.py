"""The words for the codes of the access room: kinds, roles, relations, notices, what the ledger says."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

AGENCY_KINDS: dict[str, Promise] = {
    "ngo": _("Non-governmental organisation"),
    "shelter": _("Shelter"),
    "un": _("United Nations"),
    "asylum_authority": _("Asylum authority"),
    "migration": _("Migration authority"),
    "child_protection": _("Child-protection authority"),
    "health": _("Health service"),
    "prosecution": _("Prosecution"),
    "police": _("Police"),
    "consulate": _("Consulate"),
    "observer": _("Observer"),
}
ROLES: dict[str, Promise] = {
    "intake": _("Intake"),
    "caseworker": _("Caseworker"),
    "supervisor": _("Supervisor"),
    "legal": _("Legal officer"),
    "health": _("Health worker"),
    "guardian": pgettext_lazy("role", "Guardian"),
    "liaison": _("Liaison"),
    "statistician": _("Statistician"),
    "data_protection": _("Data-protection officer"),
    "auditor": _("Auditor"),
    "custodian": _("Custodian of recovery cards"),
    "administrator": _("Administrator"),
}
RELATIONS: dict[str, Promise] = {
    "unit": _("Member of the unit"),
    "case_team": _("Case team"),
    "author": _("Author"),
    "delegate": _("Delegate"),
    "receiver": _("Receiver of a referral"),
    "emergency": _("Emergency"),
    "guardian": pgettext_lazy("role", "Guardian"),
    "former": _("Former"),
    "excluded": _("Excluded"),
}
REQUESTS: dict[str, Promise] = {
    "access.unseal_case": _("Unseal the case"),
    "access.lift_firewall": _("Lift the separation from a State"),
    "vault.erase_early": _("Erase the person's identity early"),
    "vault.change_custodians": _("Make new recovery cards"),
}
EMERGENCY_REASONS: dict[str, Promise] = {
    "danger_to_life": _("Danger to life"),
    "missing_person": _("The person is missing"),
    "medical": _("Medical emergency"),
    "child_in_danger": _("A child is in danger"),
    "imminent_removal": _("Removal from the country is imminent"),
}
OUTCOMES: dict[str, Promise] = {
    "justified": _("Justified"),
    "not_justified": _("Not justified"),
    "referred": _("Passed on for inquiry"),
}
NOTICES: dict[str, Promise] = {
    "glass_broken": _("Somebody opened identity and contact in an emergency."),
    "urgent_consent": _("Data about a person may be shared for a vital interest: look at why."),
    "review_justified": _("Your emergency opening was reviewed: justified."),
    "review_not_justified": _("Your emergency opening was reviewed: not justified."),
    "review_referred": _("Your emergency opening was passed on for inquiry."),
}
COMPARTMENTS: dict[str, Promise] = {
    "id": _("identity"),
    "contact": _("contact"),
    "narrative": _("account and notes"),
    "document": _("documents"),
    "health": _("health"),
}
PURPOSES: dict[str, Promise] = {
    "case_work": _("Case work"),
    "identification": _("Victim identification"),
    "protection_decision": _("Decision on protection"),
    "health_care": _("Health care"),
    "referral": _("Referral"),
    "search": pgettext_lazy("purpose", "Search"),
    "duplicate_check": _("Check for duplicates"),
    "return": _("Return"),
    "tracing": _("Family tracing"),
    "reunification": _("Family reunification"),
    "supervision": _("Supervision"),
    "person_request": _("Request of the person"),
    "legal_demand": _("Legal demand"),
    "emergency": _("Emergency"),
    "import": _("Import"),
    "key_care": _("Care of keys"),
}
RULES: dict[str, Promise] = RELATIONS | {"list": _("A list of the unit's people")}
FIELDS: dict[str, Promise] = {
    "names": _("names"),
    "birth": _("birth"),
    "facts": _("coded facts"),
    "contact": _("contact"),
    "safe_contact": _("safe contact"),
    "relative": _("name of a relative"),
    "need": _("words of a need"),
    "note": _("note"),
    "task": _("words of a task"),
    "event": _("reasons for closing or reopening"),
    "consent": _("limits of a consent"),
    "urgency": _("reasons for sharing without consent"),
    "finding": _("reasons of a finding"),
    "stage": _("reasons for a step"),
    "message": _("message to a foreign authority"),
    "choice": _("reasons of a choice"),
    "referral": _("words of a referral"),
    "incident": _("account of an incident"),
    "wishes": _("wishes of the person"),
    "option": _("words on an option"),
    "agency_view": _("view of an agency"),
    "dissent": _("dissenting opinion"),
    "panel": _("reasons of a panel's decision"),
    "answer": _("answer to a panel"),
    "recusal": _("reasons for setting a member aside"),
    "travel_date": _("date of travel"),
    "destination": _("destination"),
    "is_voluntary": _("whether the return is voluntary"),
}
"""What lies in a sealed field, by the first word of its name; the id behind it is for the program only."""
FIELD_OF_ANOTHER_KIND = _("another sealed field")
DETAILS: dict[str, Promise] = {
    "compartments": _("Parts opened"),
    "count": _("People"),
    "purpose": _("For"),
    "rule": _("By right of"),
    "right": _("Right"),
    "reason": _("Reason"),
    "urgency": _("Urgency"),
    "procedure": _("Procedure"),
    "element": _("Element"),
    "fields": _("Fields"),
    "fields_in_all": _("Fields in all"),
}
"""The details of an entry that a reader can use. Ids and hashes stay in the ledger and its receipts."""
DETAIL_WORDS = {
    "compartments": COMPARTMENTS,
    "purpose": PURPOSES,
    "rule": RULES,
    "reason": EMERGENCY_REASONS,
}
