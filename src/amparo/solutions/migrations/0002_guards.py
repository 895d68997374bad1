"""No writer can record a return as planned or departed without a certificate that covers it."""

from __future__ import annotations

from django.db import migrations

from amparo.access.guards import refuse_when

COVERED = (
    "EXISTS (SELECT 1 FROM procedures_certificate c WHERE c.id = NEW.certificate_id "
    "AND c.procedure_id = NEW.procedure_id AND c.travel_date = NEW.travel_date "
    "AND NEW.travel_date BETWEEN c.issued_date AND c.expires_date "
    "AND (NEW.state <> 'departed' OR NEW.departed_date = c.travel_date) "
    "AND NOT EXISTS (SELECT 1 FROM procedures_lapse l WHERE l.certificate_id = c.id))"
)
UNCOVERED = f"NEW.state IN ('planned', 'departed') AND NOT {COVERED}"
MESSAGE = "a return needs a valid certificate"


class Migration(migrations.Migration):
    dependencies = [("solutions", "0001_initial"), ("procedures", "0002_guards")]

    operations = [
        refuse_when("solutions_return_insert", "solutions_returnplan", "INSERT", UNCOVERED, MESSAGE),
        refuse_when("solutions_return_update", "solutions_returnplan", "UPDATE", UNCOVERED, MESSAGE),
        refuse_when(
            "solutions_departed_is_final",
            "solutions_returnplan",
            "UPDATE",
            "OLD.state = 'departed'",
            "a departure is not changed",
        ),
    ]
