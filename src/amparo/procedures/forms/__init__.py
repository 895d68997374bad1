"""Forms of a procedure: text to typed values."""

from __future__ import annotations

from amparo.procedures.forms.choice import ChoiceForm
from amparo.procedures.forms.finding import FindingForm
from amparo.procedures.forms.steps import (
    ContactForm,
    DigestForm,
    ExtendForm,
    InviteForm,
    OpenForm,
    StepForm,
    WaiveForm,
)

__all__ = [
    "ChoiceForm",
    "ContactForm",
    "DigestForm",
    "ExtendForm",
    "FindingForm",
    "InviteForm",
    "OpenForm",
    "StepForm",
    "WaiveForm",
]
