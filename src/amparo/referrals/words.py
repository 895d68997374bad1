"""Codes in the reader's language, from doctrine."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.core.sharing import Item
from amparo.doctrine.registry import get_code_list

ITEM_LABELS = {
    Item.CASE_CODE: _("Reference of the referral"),
    Item.SENDER: _("Who sends, and where to call back"),
    Item.SERVICE: _("Service asked for"),
    Item.URGENCY: _("Urgency"),
    Item.SAFE_CONTACT: _("How to contact the person safely"),
    Item.NO_CONTACT: _("Who must not be contacted"),
    Item.LANGUAGE: _("Languages"),
    Item.AGE_BAND: _("Age band"),
    Item.SEX_GENDER: _("Sex or gender"),
    Item.GUARDIAN: _("Guardian"),
    Item.RISKS: _("Risks that this service must know"),
    Item.CONSENT: _("What the sharing stands on"),
    Item.NAMES: _("Names"),
    Item.BIRTH: _("Date of birth"),
    Item.NATIONALITY: _("Nationality"),
    Item.NEEDS: _("Specific needs"),
    Item.STATUSES: _("Statuses"),
}


def say_code(list_name: str, code: str) -> str:
    """Return the label of a code in the active language; the code itself when nobody knows it."""
    return get_code_list(list_name).label(code)[get_language() or "es"] if code else ""


def choices_of(list_name: str) -> list[tuple[str, str]]:
    """Return the codes in use with their labels, for a select."""
    language = get_language() or "es"
    return [(code.code, code.label[language]) for code in get_code_list(list_name).in_use]
