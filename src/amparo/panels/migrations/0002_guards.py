"""No writer goes round the panel: the order of an item, the signatures of a decision, the stages of a panel."""

from __future__ import annotations

from django.db import migrations

from amparo.access.guards import append_only, refuse_when

WISHES = "EXISTS (SELECT 1 FROM panels_wishes w WHERE w.item_id = NEW.item_id)"
IN_FORCE = "EXISTS (SELECT 1 FROM panels_decision d WHERE d.id = NEW.decision_id AND d.in_force_at IS NOT NULL)"
RECUSED = (
    "EXISTS (SELECT 1 FROM panels_declaration d WHERE d.item_id = NEW.item_id "
    "AND d.seat_id = NEW.seat_id AND d.conflict <> '')"
)
HAS_SIGNED = (
    "EXISTS (SELECT 1 FROM panels_ballot b JOIN panels_decision d ON d.id = b.decision_id "
    "WHERE d.item_id = NEW.item_id AND d.withdrawn_at IS NULL AND b.seat_id = NEW.seat_id)"
)
SIGNED = (
    "(SELECT COUNT(DISTINCT b.staff_id) FROM panels_ballot b JOIN panels_seat s ON s.id = b.seat_id "
    "WHERE b.decision_id = NEW.id AND s.standing = 'MEMBER')"
)


def is_panels(stage: str, table: str) -> str:
    """Say in SQL that a stage is among those that only the panel's decision leads to."""
    return f"REPLACE({table}.panel_stages, ' ' || {stage} || ' ', '') <> {table}.panel_stages"


def decided(procedure: str) -> str:
    """Say in SQL that a decision in force was not used yet: no stage of the panel was entered since."""
    used = (
        "EXISTS (SELECT 1 FROM procedures_stageentry e WHERE e.procedure_id = d.procedure_id "
        f"AND e.change = '' AND {is_panels('e.stage', procedure)} AND e.at >= d.in_force_at)"
    )
    return (
        f"EXISTS (SELECT 1 FROM panels_decision d WHERE d.procedure_id = {procedure}.id "
        f"AND d.in_force_at IS NOT NULL AND d.withdrawn_at IS NULL AND NOT {used})"
    )


ENTERED = (
    "EXISTS (SELECT 1 FROM procedures_stageentry e WHERE e.procedure_id = OLD.id AND e.change = '' "
    "AND e.stage = NEW.stage AND e.number = (SELECT MAX(l.number) FROM procedures_stageentry l "
    "WHERE l.procedure_id = OLD.id AND l.change = ''))"
)
NEEDS = "this stage needs a decision of the panel in force"


class Migration(migrations.Migration):
    dependencies = [("panels", "0001_initial"), ("procedures", "0002_guards")]

    operations = [
        append_only("panels_attendance", "panels_declaration", "panels_wishes", "panels_option", "panels_answer"),
        refuse_when(
            "panels_wishes_before_options",
            "panels_option",
            "INSERT",
            f"NOT {WISHES}",
            "the wishes of the person come before the options",
        ),
        refuse_when(
            "panels_wishes_before_decision",
            "panels_decision",
            "INSERT",
            f"NOT {WISHES}",
            "the wishes of the person come before the decision",
        ),
        refuse_when(
            "panels_recused_gives_no_view",
            "panels_agencyview",
            "INSERT",
            RECUSED,
            "a recused member gives no view",
        ),
        refuse_when(
            "panels_recused_signs_nothing",
            "panels_ballot",
            "INSERT",
            RECUSED,
            "a recused member signs nothing",
        ),
        refuse_when(
            "panels_signed_not_recused",
            "panels_declaration",
            "INSERT",
            f"NEW.conflict <> '' AND {HAS_SIGNED}",
            "nobody is recused after they signed",
        ),
        refuse_when(
            "panels_decision_signed",
            "panels_decision",
            "UPDATE",
            f"NEW.in_force_at IS NOT NULL AND OLD.in_force_at IS NULL AND {SIGNED} < NEW.members_needed",
            "a decision in force needs the signatures of its quorum",
        ),
        refuse_when(
            "panels_decision_not_born_in_force",
            "panels_decision",
            "INSERT",
            "NEW.in_force_at IS NOT NULL",
            "a decision in force needs the signatures of its quorum",
        ),
        refuse_when(
            "panels_decision_stays",
            "panels_decision",
            "UPDATE",
            "NEW.digest <> OLD.digest OR NEW.members_needed < OLD.members_needed "
            "OR NEW.procedure_id <> OLD.procedure_id OR NEW.stage <> OLD.stage "
            "OR (OLD.needs_approval AND NOT NEW.needs_approval) OR (OLD.in_force_at IS NOT NULL "
            "AND (NEW.in_force_at IS NULL OR NEW.withdrawn_at IS NOT NULL))",
            "what a panel decided is not changed",
        ),
        refuse_when(
            "panels_signed_not_approving",
            "panels_decision",
            "UPDATE",
            "NEW.approved_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM panels_ballot b "
            "WHERE b.decision_id = NEW.id AND b.staff_id = NEW.approved_by_id)",
            "whoever signed a decision does not approve it",
        ),
        refuse_when(
            "panels_approved_not_signing",
            "panels_ballot",
            "INSERT",
            "EXISTS (SELECT 1 FROM panels_decision d "
            "WHERE d.id = NEW.decision_id AND d.approved_by_id = NEW.staff_id)",
            "whoever approved a decision does not sign it",
        ),
        refuse_when(
            "panels_answer_after_decision",
            "panels_answer",
            "INSERT",
            f"NOT {IN_FORCE}",
            "the person answers a decision in force",
        ),
        refuse_when(
            "panels_stage_entered",
            "procedures_stageentry",
            "INSERT",
            "NEW.change = '' AND NEW.number > 1 AND EXISTS (SELECT 1 FROM procedures_procedure p "
            f"WHERE p.id = NEW.procedure_id AND {is_panels('NEW.stage', 'p')} "
            f"AND NOT {decided('p')})",
            NEEDS,
        ),
        refuse_when(
            "panels_stage_taken",
            "procedures_procedure",
            "UPDATE",
            f"NEW.stage <> OLD.stage AND {is_panels('NEW.stage', 'OLD')} AND NOT {ENTERED}",
            NEEDS,
        ),
        refuse_when(
            "panels_stages_stay",
            "procedures_procedure",
            "UPDATE",
            "NEW.panel_stages <> OLD.panel_stages",
            "the stages of a panel are not changed",
        ),
    ]
