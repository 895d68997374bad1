"""The demonstration's advocacy: a reform on its way, and what was promised for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from amparo.advocacy.actions import add_commitment, add_event, edit_initiative, open_initiative
from amparo.advocacy.data import InitiativeTerms
from amparo.site.demo.cast import Cast


def begin_reform(cast: Cast, now: datetime) -> None:
    """Uma opens a reform for Guatemala that would close four gaps, and takes it to the congress."""
    uma = cast.actor("uma", now)
    terms = InitiativeTerms(
        kind="BILL",
        country="GTM",
        title="Reforma del Decreto 9-2009 (proyecto de demostración)",
        stage="DRAFTED",
        rows=("L13", "L14", "L24", "L26"),
        text="Añade un período de recuperación y reflexión y la determinación del interés superior.",
    )
    made = open_initiative(uma, now=now, terms=terms)
    add_event(
        uma,
        now=now,
        initiative_id=made,
        kind="meeting",
        on=now.date(),
        text="Comisión de Derechos Humanos: pide ejemplos de otros países de la región.",
    )
    add_commitment(
        uma,
        now=now,
        initiative_id=made,
        text="Enviar la comparación con Uruguay",
        owner="Oficina del ACNUR",
        due_date=(now + timedelta(days=36)).date(),
    )
    tabled = InitiativeTerms(terms.kind, terms.country, terms.title, "TABLED", terms.rows, terms.text)
    edit_initiative(uma, now=now, initiative_id=made, version=1, terms=tabled)
