"""Findings and what people signed are never changed; a new finding ends the certificates in force."""

from __future__ import annotations

from django.db import migrations

from amparo.access.guards import append_only, follow_with, refuse_when

LIVE = (
    "p.is_open AND NOT EXISTS (SELECT 1 FROM procedures_lapse l WHERE l.certificate_id = c.id)"
)
SIGNED = (
    "FROM procedures_signature s WHERE s.procedure_id = NEW.procedure_id "
    "AND s.digest = NEW.digest AND s.purpose = 'certificate'"
)
UNSIGNED = (
    f"(SELECT COUNT(DISTINCT s.staff_id) {SIGNED}) < 2 "
    f"OR NOT EXISTS (SELECT 1 {SIGNED} AND s.agency_kind = 'asylum_authority')"
)
LAPSE = "INSERT INTO procedures_lapse (certificate_id, reason, at) SELECT c.id, "
FROM = " FROM procedures_certificate c JOIN procedures_procedure p ON p.id = c.procedure_id WHERE "


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("access", "0001_initial")]

    operations = [
        append_only(
            "procedures_finding",
            "procedures_replacement",
            "procedures_findingcitation",
            "procedures_choice",
            "procedures_stageentry",
            "procedures_signature",
            "procedures_certificate",
            "procedures_lapse",
            "procedures_foreigncontact",
        ),
        refuse_when(
            "procedures_certificate_signed",
            "procedures_certificate",
            "INSERT",
            UNSIGNED,
            "a certificate needs two signatures, one from the asylum authority",
        ),
        refuse_when(
            "procedures_stage_certified",
            "procedures_procedure",
            "UPDATE",
            "NEW.definition = 'return' AND NEW.stage IN ('certified', 'departed') "
            "AND OLD.stage <> NEW.stage AND NOT EXISTS (SELECT 1 FROM procedures_certificate c "
            "WHERE c.procedure_id = NEW.id "
            "AND NOT EXISTS (SELECT 1 FROM procedures_lapse l WHERE l.certificate_id = c.id))",
            "this stage needs a certificate in force",
        ),
        follow_with(
            "procedures_finding_lapses",
            "procedures_finding",
            "INSERT",
            f"{LAPSE}'new_finding', NEW.at{FROM}{LIVE} AND NEW.carried_from_id IS NULL AND p.person_id = "
            "(SELECT person_id FROM procedures_procedure WHERE id = NEW.procedure_id)",
        ),
        follow_with(
            "procedures_origin_lapses",
            "access_scope",
            "UPDATE OF origin_states",
            f"{LAPSE}'nationality', CURRENT_TIMESTAMP{FROM}{LIVE} AND p.person_id = NEW.id "
            "AND NEW.origin_states <> OLD.origin_states",
        ),
        follow_with(
            "procedures_fear_lapses",
            "access_scope",
            "UPDATE OF feared_states",
            f"{LAPSE}'fear', CURRENT_TIMESTAMP{FROM}{LIVE} AND p.person_id = NEW.id "
            "AND NEW.feared_states <> OLD.feared_states",
        ),
    ]
