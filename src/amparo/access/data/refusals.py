"""Refusals of the access room, each with what happened, why, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal


class Denied(Refusal):
    """The actor may know that the record exists, but may not do this to it."""

    code = "access.denied"
    what = _("This was not done.")
    why = _("Your role or your relation to this file does not allow it.")
    next_step = _("Ask the supervisor of the unit that holds the file.")
    status = 403


class NotYourRole(Denied):
    """What is about no one file, and what none of the actor's roles may do."""

    code = "access.not_your_role"
    why = _("It belongs to other roles than yours.")
    next_step = _("Ask the administrator of your agency, if your work needs it.")


class Locked(Refusal):
    """The action needs names or other identifying data, and the actor is in locked mode."""

    code = "access.locked"
    what = _("Names and other identifying data are locked.")
    why = _("You signed in, but you have not unlocked, or ten minutes passed without use.")
    next_step = _("Unlock with your passphrase and try again; what you typed is kept.")
    status = 403


class TooManyAttempts(Refusal):
    """Too many wrong passphrases in a short time."""

    code = "access.too_many_attempts"
    what = _("You tried too often.")
    why = _("There were too many attempts to unlock in the last minutes.")
    next_step = _("Wait ten minutes and try again, or ask the administrator.")
    status = 429


class Stale(Refusal):
    """The same data changed since the actor read it."""

    code = "access.stale"
    what = _("Your change was not saved.")
    why = _("It was changed while you were working: by somebody else, or by you in another window.")
    next_step = _("Compare both values and choose which to keep.")
    status = 409


class NotEligible(Refusal):
    """A rule that nobody can lift keeps that colleague from this record."""

    code = "access.not_eligible"
    what = _("Nobody was given access.")
    why = _("A rule keeps this colleague, or their agency, from this file.")
    next_step = _("Choose another colleague.")


class EndTooFar(Refusal):
    """A passing relation needs an end in the future, and not too far away."""

    code = "access.end_too_far"
    what = _("Nobody was given access.")
    why = _("Access of this kind ends within %(days)s days, on a date still to come.")
    next_step = _("Choose an earlier end; it can be given again later.")


class NobodyLeft(Refusal):
    """Sealing would leave the file without anybody who can open it."""

    code = "access.nobody_left"
    what = _("The case was not sealed.")
    why = _("At least one person who holds the keys of the unit must remain on the case.")
    next_step = _("Admit a colleague to the unit first, or name other people.")


class FearRecorded(Refusal):
    """The person fears that State: its firewall is never lifted."""

    code = "access.fear_recorded"
    what = _("The separation from the authorities of that State stays.")
    why = _("The person fears that State, or its authorities.")
    next_step = _("If the record of fear is wrong, correct it with the person first.")


class PapersMissing(Refusal):
    """The consent or the legal advice that a lifting names does not exist, or does not hold any more."""

    code = "access.papers_missing"
    what = _("The separation from the authorities of that State stays.")
    why = _("The written consent or the legal advice that the request names is not on record, or ended.")
    next_step = _("Record both in the file and propose it again.")


class NotAChild(Refusal):
    """Guardians are appointed for children, and for people who may be children."""

    code = "access.not_a_child"
    what = _("No guardian was appointed.")
    why = _("The person is established to be an adult.")
    next_step = _("If the age is in doubt, correct it in the file first.")


class ReasonTooShort(Refusal):
    """Breaking the glass needs a reason that somebody else can judge."""

    code = "access.reason_too_short"
    what = _("The file was not opened.")
    why = _("The reason has fewer than %(minimum)s characters.")
    next_step = _("Say what happens to the person if you wait for the team.")


class NotTwoPeople(Refusal):
    """Two different people must sign the exact request, and have not."""

    code = "access.not_two_people"
    what = _("This was not done.")
    why = _(
        "It needs the signatures of two different people over exactly this request, not older than a week."
    )
    next_step = _("Ask a colleague with the same right to confirm the request, and try again.")
    status = 403


class SamePerson(Refusal):
    """Whoever proposed a request cannot confirm it."""

    code = "access.same_person"
    what = _("The request was not confirmed.")
    why = _("You proposed it yourself; the second signature must be somebody else's.")
    next_step = _("Ask a colleague with the same right.")
    status = 403


class TellsWhoItIs(Refusal):
    """A code, an exact date, a number or an address in a text that must lead to nobody."""

    code = "access.tells_who_it_is"
    what = _("The text was neither saved nor sent.")
    why = _("“%(field)s” holds what leads to a person: %(found)s.")
    next_step = _("Take it out: a month and year, or a region, is enough. Cite decisions from their list.")


class NamesSomebody(Refusal):
    """The name of somebody whom the writer knows. It is never repeated, not even to the writer."""

    code = "access.names_somebody"
    what = _("The text was neither saved nor sent.")
    why = _("In “%(field)s” stands the name of a person whose file or referral you work with.")
    next_step = _(
        "Take the name out, and all from which the person could be recognised. If it is somebody else of "
        "the same name, such as the author of a decision, write the initials."
    )
