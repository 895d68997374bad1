"""What the library refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal


class KeyTaken(Refusal):
    code = "library.key_taken"
    what = _("The entry was not added.")
    why = _("Another entry is already called %(key)s.")
    next_step = _("Open that entry and edit it, or choose another key.")


class FromDoctrine(Refusal):
    """The entry comes with the program's doctrine and is changed there, with its sources."""

    code = "library.from_doctrine"
    what = _("The entry was not changed.")
    why = _("It comes with the program: guides rely on its wording.")
    next_step = _("Add an entry of your own beside it, or ask for a change of the doctrine.")


class AlreadyWithdrawn(Refusal):
    """An entry that its agency took back is neither changed nor taken back again."""

    code = "library.already_withdrawn"
    what = _("The entry was not changed.")
    why = _("%(key)s was withdrawn before, and stays as it was.")
    next_step = _("Read why on its page. Add a new entry under another key if one is needed.")


class NotYourEntry(Refusal):
    """Only the agency that added an entry takes it back."""

    code = "library.not_your_entry"
    what = _("The entry was not withdrawn.")
    why = _("Another agency added it.")
    next_step = _("Tell the agency that added it what is wrong with it, or edit the entry.")


class NoSuchInstrument(Refusal):
    code = "library.no_such_instrument"
    what = _("The provision was not saved.")
    why = _("There is no instrument with the key %(key)s.")
    next_step = _("Add the instrument first, then its provisions.")


class NoSuchElement(Refusal):
    code = "library.no_such_element"
    what = _("The entry was not saved.")
    why = _("No guide has an element called %(element)s.")
    next_step = _("Choose elements from the list of the guides.")


class NoSuchCited(Refusal):
    """A decision that cites what the library does not have."""

    code = "library.no_such_cited"
    what = _("The entry was not saved.")
    why = _("%(key)s cites %(cited)s, which is no entry of the library.")
    next_step = _("Add the entry that is cited first, or correct its key.")


class NotYetDecided(Refusal):
    """A decision dated in the future."""

    code = "library.not_yet_decided"
    what = _("The entry was not saved.")
    why = _("%(key)s is dated %(date)s, which has not come yet.")
    next_step = _("Correct the date of the decision.")


class FileRefused(Refusal):
    """A file of entries that cannot be read at all. ``problem`` is a code."""

    code = "library.file_refused"
    what = _("The file was not read.")
    why = _("It is not a file of library entries that can be read safely.")
    next_step = _("Check that it is YAML or Akoma Ntoso, without anchors or entities, and not too large.")
    status = 400


class FileBroken(FileRefused):
    """A file whose text breaks the rules of YAML or XML. ``line`` counts from 1: where reading it ended."""

    code = "library.file_broken"
    why = _("It could be read up to line %(line)s; there, or just before, it breaks the rules of its format.")
    next_step = _("Look at that line for a quote or bracket left open, or an indentation that does not fit.")
