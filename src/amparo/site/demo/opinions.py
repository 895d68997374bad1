"""The demonstration's advisory opinions: one in the register, one that waits for its answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from amparo.asylum.actions import ask_opinion, give_opinion, publish_opinion
from amparo.asylum.data import Answer, Question
from amparo.site.demo.cast import Cast

OPINION = Answer(
    title="El vínculo con un motivo puede estar en la falta de protección",
    statement=(
        "Basta con que la persecución, o la falta de protección frente a ella, se vincule con uno de los "
        "motivos de la Convención.\n\nQuien es víctima de trata puede pertenecer a un determinado grupo "
        "social por una característica que no cambia: haber sido objeto de trata. Que la trata persiga "
        "también un lucro no excluye el vínculo."
    ),
    elements=("refugee.persecution", "refugee.protection"),
    sources=("gip7/17", "seed/20"),
    decisions=("ca/fc/bian-2000",),
    advice="Conviene preguntar qué hizo la policía del municipio cuando la persona pidió ayuda.",
)
SUMMARIES = (
    "La persona solicitante fue captada por un vecino y obligada a trabajar en otro país. Teme que la "
    "capten de nuevo si vuelve. ¿Dónde puede estar el vínculo con un motivo?",
    "La persona solicitante fue obligada a servir en una casa. La familia que la envió la rechaza. ¿El "
    "rechazo de la propia comunidad puede ser persecución?",
)


def give_one(cast: Cast, now: datetime) -> None:
    """Chidi asks, Uma answers, Chidi reads the answer again and lets it into the register."""
    request_id = _ask(cast, SUMMARIES[0], now)
    uma = cast.actor("uma", now)
    give_opinion(uma, now=now, request_id=request_id, version=1, answer=OPINION)
    publish_opinion(cast.actor("chidi", now), now=now, request_id=request_id, version=2)


def ask_another(cast: Cast, now: datetime) -> None:
    """Chidi asks what Uma finds in her worklist."""
    _ask(cast, SUMMARIES[1], now)


def _ask(cast: Cast, summary: str, now: datetime) -> UUID:
    chidi, uma = cast.actor("chidi", now), cast.actor("uma", now)
    question = Question(
        to_unit_id=next(iter(uma.unit_ids)),
        elements=("refugee.persecution", "refugee.protection"),
        summary=summary,
        due_date=(now + timedelta(days=10)).date(),
    )
    return ask_opinion(chidi, now=now, unit_id=next(iter(chidi.unit_ids)), question=question)
