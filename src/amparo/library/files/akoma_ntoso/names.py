"""The names of the standard and of our own attributes, which carry what it has no place for."""

from __future__ import annotations

from xml.etree.ElementTree import register_namespace

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:amparo:library:1"
LANGUAGES = {"es": "spa", "en": "eng", "fr": "fra", "pt": "por"}
register_namespace("", AKN)
register_namespace("amparo", OWN)
