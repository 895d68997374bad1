"""A certificate of return conditions as plain data for its document."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.procedures.data.gates import GateState
from amparo.procedures.data.words import label_of
from amparo.procedures.queries.law_lists import law_lists
from amparo.solutions.data import ReturnView


def certificate_content(
    code: str, plan: ReturnView, gate: GateState, *, language: str, printed_by: str
) -> dict[str, Any]:
    """Return the content of the document. It names the case code, never the person."""
    certificate = gate.certificate
    assert certificate is not None
    by_id = {rule.id: rule for rule in gate.rules}
    return {
        "language": language,
        "title": _("Certificate of return conditions"),
        "code": code,
        "printed_by": printed_by,
        "lapse": label_of("lapse", certificate.lapse, language) if certificate.lapse else "",
        "particulars": [
            {"label": _("File"), "value": code},
            {"label": _("Country of destination"), "value": label_of("country", plan.destination, language)},
            {"label": _("Date of travel"), "value": date_format(certificate.travel_date, "DATE_FORMAT")},
            {"label": _("Issued"), "value": date_format(certificate.issued_date, "DATE_FORMAT")},
            {
                "label": _("Lapses at the end of"),
                "value": date_format(certificate.expires_date, "DATE_FORMAT"),
            },
            {"label": _("Number"), "value": str(certificate.id)},
        ],
        "rules": [
            {
                "number": by_id[str(rule["id"])].rule if str(rule["id"]) in by_id else "",
                "label": by_id[str(rule["id"])].label if str(rule["id"]) in by_id else str(rule["id"]),
                "truth": label_of("truth", str(rule["truth"]), language),
                "evidence": len(list(rule["evidence"])),  # type: ignore[call-overload]
                "sources": "; ".join(f"{one.label}, {one.place}" for one in by_id[str(rule["id"])].sources)
                if str(rule["id"]) in by_id
                else "",
            }
            for rule in certificate.rules
        ],
        "signatories": [
            {
                "name": one["name"],
                "agency": label_of("agency_kind", one["agency_kind"], language),
                "at": one["at"][:10],
            }
            for one in certificate.signatories
        ],
        "law": law_lists(source for rule in gate.rules for source in rule.sources),
        "words": {
            "watermark": _("Without prejudice to the right to asylum"),
            "lapsed": _("This certificate is not in force"),
            "rules": _("Conditions"),
            "columns": [_("No."), _("Condition"), _("State"), _("Findings")],
            "signatories": _("Signed by"),
            "signatory_columns": [_("Name"), _("Agency"), _("Date")],
            "validity": _(
                "It lapses on its date, on any new finding, nationality or fear recorded, and when the date "
                "of travel changes. A departure without a certificate in force is an incident."
            ),
        },
    }
