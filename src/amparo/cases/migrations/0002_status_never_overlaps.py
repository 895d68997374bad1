"""Intervals of one axis never overlap, whoever writes them: a trigger on both databases."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER cases_status_no_overlap_{event} BEFORE {event} ON cases_statusinterval
WHEN NEW.voided_at IS NULL AND EXISTS (
    SELECT 1 FROM cases_statusinterval other
    WHERE other.person_id = NEW.person_id AND other.axis = NEW.axis AND other.id <> NEW.id
      AND other.voided_at IS NULL
      AND (other.until_date IS NULL OR other.until_date > NEW.from_date)
      AND (NEW.until_date IS NULL OR NEW.until_date > other.from_date)
)
BEGIN SELECT RAISE(ABORT, 'cases_status_no_overlap'); END
"""

POSTGRESQL = """
CREATE FUNCTION cases_status_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.person_id::text || NEW.axis, 0));
    IF NEW.voided_at IS NULL AND EXISTS (
        SELECT 1 FROM cases_statusinterval other
        WHERE other.person_id = NEW.person_id AND other.axis = NEW.axis AND other.id <> NEW.id
          AND other.voided_at IS NULL
          AND (other.until_date IS NULL OR other.until_date > NEW.from_date)
          AND (NEW.until_date IS NULL OR NEW.until_date > other.from_date)
    ) THEN
        RAISE EXCEPTION 'cases_status_no_overlap' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_status_no_overlap BEFORE INSERT OR UPDATE ON cases_statusinterval
FOR EACH ROW EXECUTE FUNCTION cases_status_no_overlap();
"""

POSTGRESQL_UNDO = """
DROP TRIGGER cases_status_no_overlap ON cases_statusinterval;
DROP FUNCTION cases_status_no_overlap();
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(SQLITE.format(event=event))


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_UNDO)
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(f"DROP TRIGGER cases_status_no_overlap_{event}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
