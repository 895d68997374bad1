"""A form whose texts everybody will read: it asks for a second look where a word may be a name."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.data import Actor
from amparo.access.public_texts.checking import find_lone_names

READ_AGAIN = "read_again"


class ReadAgainForm(forms.Form):
    """``public_fields`` names the fields that everybody reads."""

    public_fields: tuple[str, ...] = ()

    def asks_again(self, actor: Actor, *, now: datetime) -> bool:
        """Return whether the writer must look again, and add the box to tick; call it on a valid form.

        That is so while a word stands in a text that is the only name of somebody whom the writer
        knows, and the box is not ticked.
        """
        box = forms.BooleanField(label=_("I read it again: these words name nobody."), required=False)
        if self.data.get(READ_AGAIN):
            return False
        texts = {name: str(self.cleaned_data.get(name) or "") for name in self._public_fields()}
        places = find_lone_names(actor, texts, now=now)
        for place in places:
            self.add_error(place, _("A word here is also the only name of a person whom you work with."))
        if places:
            self.fields[READ_AGAIN] = box
        return bool(places)

    def _public_fields(self) -> tuple[str, ...]:
        return tuple(name for name in self.public_fields if name in self.fields)
