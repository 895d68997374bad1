"""The words for the library's codes, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.doctrine import registry
from amparo.library.queries.elements import link_of

Words = Mapping[str, "str | Promise"]

SHAPES: Words = {
    "instrument": _("Instrument"),
    "provision": _("Provision"),
    "decision": _("Decision"),
}
KINDS: Words = {
    "international": _("International law"),
    "regional": _("Regional law"),
    "national": _("National law"),
    "soft_law": _("Soft law"),
    "protocol": _("Operational protocol"),
}
LEVELS: Words = {
    "administrative": _("Administrative authority"),
    "first_instance": _("First instance"),
    "appeal": _("Appeal"),
    "high": _("High court"),
    "supreme": _("Supreme court"),
    "international": _("International court"),
}
OUTCOMES: Words = {
    "favourable": _("Favourable to the person"),
    "adverse": _("Adverse to the person"),
    "mixed": _("Mixed"),
    "unknown": _("Outcome not known"),
}
STANDINGS: Words = {
    "good_law": _("Good law"),
    "overruled": _("Overruled"),
    "unknown": _("Standing not known"),
}
ASPECTS: Words = {
    "A": _("A: persecutory character of trafficking"),
    "B": _("B: being victimised again on return is itself persecution"),
    "C": _("C: agents who are not the State"),
    "D": _("D: political opinion"),
    "E": _("E: particular social group"),
}
STATUSES: Words = {
    "S": _("Stated in the seed paper"),
    "V": _("Checked against a published copy"),
    "V2": _("Checked through a secondary source"),
    "U-h": _("Not verified, high confidence"),
    "U-m": _("Not verified, medium confidence"),
    "U-l": _("Not verified, low confidence"),
}
TOPICS: Words = {
    "asylum": _("Asylum"),
    "assistance": _("Assistance"),
    "children": _("Children"),
    "coordination": _("Coordination"),
    "data": _("Data"),
    "definition": _("Definition"),
    "identification": _("Identification"),
    "reflection": _("Reflection period"),
    "resettlement": _("Resettlement"),
    "residence": _("Residence"),
    "return": _("Return"),
    "training": _("Training"),
}
WHY = _("Why it is withdrawn")
FIELDS: Words = {
    "title": _("Title"),
    "summary": _("Summary or holding"),
    "text": _("Original text"),
    "notes": _("Note on its quality"),
    "place": _("Place in the instrument"),
    "forum": _("Court or authority"),
    "number": _("Number or neutral citation"),
    "where": _("Where the original can be read"),
    "key": _("Key"),
}
FILTERS: Words = {
    "kind": _("Kind"),
    "country": _("Country"),
    "aspect": _("Aspect"),
    "element": _("Element of a guide"),
    "language": _("Language"),
    "level": _("Level of the forum"),
    "outcome": _("Outcome"),
    "standing": _("Standing"),
    "status": _("How it was checked"),
}
_LISTS: Mapping[str, Words] = {
    "kind": {**KINDS, "decision": _("Decision")},
    "aspect": ASPECTS,
    "level": LEVELS,
    "outcome": OUTCOMES,
    "standing": STANDINGS,
    "status": STATUSES,
}
_DOCTRINE = {"country": "country", "language": "language"}


def words_for(name: str, value: str, language: str) -> str:
    """Return how a value of a facet is called."""
    if name in _DOCTRINE:
        label = registry.get_code_list(_DOCTRINE[name]).label(value)[language]
        return label[:1].upper() + label[1:]
    if name == "element":
        return link_of(value, language).label
    return str(_LISTS[name].get(value, value))


def name_field(path: str) -> str:
    """Return how the field of a path such as ``summary.es`` is called."""
    return str(FIELDS.get(path.split(".")[0], path))


def say_fault(code: str, message: str) -> str:
    """Return in the reader's language what is wrong with a value; ``code`` and ``message`` are pydantic's."""
    if code == "value_error":
        code = message.removeprefix("Value error, ")
    return str(_FAULTS.get(code) or _("This is not in the form that is expected here."))


_FAULTS: Words = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no such field."),
    "string_too_long": _("This is too long."),
    "too_long": _("This is too long."),
    "literal_error": _("This is none of the possible values."),
    "enum": _("This is none of the possible values."),
    "union_tag_invalid": _("This is none of the possible values."),
    "union_tag_not_found": _("Say its shape: instrument, provision or decision."),
    "needs_words": _("Write it in Spanish, in English or in both."),
    "wrong_order": _("The last day comes before the first."),
    "no_such_day": _("No calendar has this day."),
    "unsafe_address": _("This is not a place where a text can be read: it would run as a program."),
    "duplicate_key": _("This stands here twice."),
    "no_element": _("No guide has such an element."),
    "no_instrument": _("There is no such instrument, here or in the file."),
    "no_cited": _("This is no entry of the library, nor of the file."),
    "withdrawn": _("This entry was withdrawn and is not changed any more; use another key."),
    "not_yet": _("This date has not come yet."),
    "code": _("This is the code of a file, a referral or a request. Everybody reads the library."),
    "name": _("The name of a person whose file or referral you work with stands here. Take it out."),
    "read_again": _("A word here is also the only name of a person whom you work with."),
}


def fixed_values(name: str) -> list[str] | None:
    """Return every value of a closed list; None for a facet whose values come from the entries."""
    return list(_LISTS[name]) if name in _LISTS else None


def list_countries(language: str) -> list[tuple[str, str]]:
    """Return every country, by name."""
    codes = registry.get_code_list("country").codes.values()
    return sorted(((code.code, code.label[language]) for code in codes), key=lambda pair: pair[1])
