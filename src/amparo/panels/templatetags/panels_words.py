"""Words for the codes of this room, in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from amparo.core.quorum import Shortfall, Standing
from amparo.panels.data import AnswerCode, BodyKind, Conflict, MeetingState, Stance, Vote, WishesHow
from amparo.panels.data.codes import word_of
from amparo.panels.data.shapes import ItemSeat
from amparo.panels.forms import TASKS
from amparo.panels.queries.rulings import absence_words, quorum_sentence
from amparo.procedures.data.words import label_of, language_of
from amparo.vault.data import Veiled

register = template.Library()

LISTS = {
    "answer": AnswerCode,
    "body_kind": BodyKind,
    "conflict": Conflict,
    "meeting": MeetingState,
    "stance": Stance,
    "standing": Standing,
    "vote": Vote,
    "wishes": WishesHow,
}
FACTS = {
    "AGE_BAND": (_("Age band"), "age_band"),
    "SEX_GENDER": (_("Sex or gender"), "sex_gender"),
    "LANGUAGE": (_("Languages"), "language"),
    "NATIONALITY": (_("Nationality"), "country"),
    "NEEDS": (_("Specific needs"), "need"),
    "STATUSES": (_("Statuses"), ""),
}
STATUS_LISTS = {"mandate": "mandate_category", "trafficking": "trafficking_status"}


@register.filter
def panel_word(code: str, name: str) -> str:
    """Return the words for a code of one of this room's lists."""
    return word_of(LISTS[name], code)


@register.filter
def why_absent(seat: ItemSeat) -> str:
    """Say why a seat does not count on a case; "" when it does."""
    return absence_words(seat)


@register.filter
def missing_sentence(shortfall: Shortfall) -> str:
    """Say what is missing for a quorum."""
    return quorum_sentence(shortfall)


@register.filter
def agency_kind(code: str) -> str:
    return label_of("agency_kind", code, language_of())


@register.filter
def task_word(kind: str) -> str:
    return str({str(one): word for one, word in TASKS.items()}.get(kind, kind))


@register.filter
def fact_label(code: str) -> str:
    """Return what a fact of an extract is about."""
    return str(FACTS[code][0])


@register.filter
def fact_parts(value: Veiled) -> tuple[Veiled, ...]:
    """Return the codes of a fact, each veiled."""
    return value.parts() or (value,)


@register.filter
def fact_word(revealed: str, code: str) -> str:
    """Return the label of a code that was shown; of a status, that of its history's list."""
    axis, _colon, status = str(revealed).partition(":")
    if code == "STATUSES":
        return label_of(STATUS_LISTS.get(axis, axis), status, language_of())
    return label_of(FACTS[code][1], str(revealed), language_of())
