"""What the procedures room refuses, with what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal


class AlreadyOpen(Refusal):
    """The same procedure is open for this person."""

    code = "procedures.already_open"
    what = _("A second procedure was not opened.")
    why = _("The same procedure is already open for this person.")
    next_step = _("Continue in the one that is open; it can always be taken up again.")


class AlreadyRecorded(Refusal):
    """The same form, sent twice: the first one recorded the finding."""

    code = "procedures.already_recorded"
    what = _("No second finding was recorded.")
    why = _("This form was sent before, and recorded one finding.")
    next_step = _("Open the element again; if you changed your words since, record them there.")


class NeedsReasons(Refusal):
    """A finding, a stage or an override without reasons."""

    code = "procedures.needs_reasons"
    what = _("This was not recorded.")
    why = _("Every conclusion needs its reasons in words.")
    next_step = _("Write what you relied on, and why it leads to this conclusion.")
    status = 400


class NotForPeople(Refusal):
    """The element is computed, or follows from the elements under it, or is not in the guide."""

    code = "procedures.not_for_people"
    what = _("The finding was not recorded.")
    why = _("This element follows from records or from the elements under it; nobody answers it directly.")
    next_step = _("Record a finding on one of the elements that people answer.")
    status = 400


class NotInLibrary(Refusal):
    """A finding cites an entry that the law library does not have."""

    code = "procedures.not_in_library"
    what = _("The finding was not recorded.")
    why = _("The law library has no entry called %(key)s.")
    next_step = _("Look for it in the library, or have it added first.")
    status = 400


class NeedsFactors(Refusal):
    """A conclusion on factors that were not all weighed."""

    code = "procedures.needs_factors"
    what = _("The conclusion was not recorded.")
    why = _("%(count)d of the factors under it were not weighed yet.")
    next_step = _("Record a finding on each factor first, then conclude with reasons.")


class MoveUnknown(Refusal):
    """The definition has no such step from this stage."""

    code = "procedures.move_unknown"
    what = _("The stage was not changed.")
    why = _("This procedure has no step from its present stage to the one you chose.")
    next_step = _("Read the page again and choose one of the steps that it offers.")


class MoveNotYours(Refusal):
    """The step belongs to other agencies or roles."""

    code = "procedures.move_not_yours"
    what = _("The stage was not changed.")
    why = _("This step is taken by people of another agency or with another role.")
    next_step = _("Ask one of those people; the page says who they are.")
    status = 403


class MoveNotReady(Refusal):
    """The step needs something of the guide that does not hold yet."""

    code = "procedures.move_not_ready"
    what = _("The stage was not changed.")
    why = _("The findings do not support this step yet.")
    next_step = _("The page says how to go on, with the shortest ways first.")


class NeedsPanel(Refusal):
    """A step that only the panel of the procedure takes, without its decision in force."""

    code = "procedures.needs_panel"
    what = _("The stage was not changed, and nothing was signed.")
    why = _("A panel decides this procedure, and its decision is not in force. Missing: %(missing)s.")
    next_step = _("Put the procedure on the agenda of a panel; its page says what each decision still needs.")


class PanelLooksFirst(Refusal):
    """A step that carries out what a panel decided, after something that asks the panel to look again."""

    code = "procedures.panel_looks_first"
    what = _("The stage was not changed, and nothing was signed.")
    why = _("It would carry out a decision of the panel that does not stand. %(why)s.")
    next_step = _("Put the procedure on the agenda of another meeting; what is urgent goes on.")


class PersonRefused(Refusal):
    """A step that would record as accepted what the person refused."""

    code = "procedures.person_refused"
    what = _("The stage was not changed, and nothing was signed.")
    why = _("The person refused what the panel decided, and nobody records that as accepted.")
    next_step = _("Record that the person declines; if they say otherwise now, record that answer first.")


class AdultsOnly(Refusal):
    """A step that is not open for a child, or for a person whose age is in doubt."""

    code = "procedures.adults_only"
    what = _("The stage was not changed.")
    why = _("This step is for adults; the person is, or is presumed to be, a child.")
    next_step = _("Continue the procedure with the guardian.")


class ProcedureClosed(Refusal):
    """A write in a procedure that ended."""

    code = "procedures.closed"
    what = _("This was not recorded.")
    why = _("The procedure has ended.")
    next_step = _("Open a new one.")


class AbsoluteRule(Refusal):
    """An override of a rule that nobody can lift."""

    code = "procedures.absolute_rule"
    what = _("The rule stays in force.")
    why = _("This rule cannot be set aside by anyone, in any role.")
    next_step = _("Meet the condition and record the finding, or do not go on.")
    status = 403


class SupervisorsOnly(Refusal):
    """An override by somebody who does not supervise."""

    code = "procedures.supervisors_only"
    what = _("The rule stays in force.")
    why = _("Only a supervisor may go on without this rule, with reasons and until a date.")
    next_step = _("Ask the supervisor of the unit that holds the file.")
    status = 403


class GateClosed(Refusal):
    """The conditions of the gate do not all hold."""

    code = "procedures.gate_closed"
    what = _("This was not done.")
    why = _("%(unmet)d conditions are not met and %(open)d were not assessed.")
    next_step = _("The page of the return lists each of them, with what would satisfy it.")


class ContactRefused(Refusal):
    """A message to a foreign authority while a condition of contact does not hold."""

    code = "procedures.contact_refused"
    what = _("No contact was made with the foreign authority.")
    why = _("%(unmet)d conditions are not met and %(open)d were not assessed. Nobody can lift them.")
    next_step = _("Meet each condition for this message, or use evidence that needs no contact.")


class NeedsSignatures(Refusal):
    """Fewer people signed than must."""

    code = "procedures.needs_signatures"
    what = _("The certificate was not issued.")
    why = _("%(have)d of %(need)d people signed, or nobody of the asylum authority did.")
    next_step = _("Ask the people who take part to read it and sign.")


class SomethingElseNow(Refusal):
    """What the person read is not what they would sign."""

    code = "procedures.something_else_now"
    what = _("Your signature was not recorded.")
    why = _("What you read has changed in the meantime; your signature would stand under something else.")
    next_step = _("Read the page again and sign what it says now.")


class TravelTooFar(Refusal):
    """A certificate would lapse before the journey."""

    code = "procedures.travel_too_far"
    what = _("The certificate was not issued.")
    why = _("It would lapse after %(days)d days, before the date of travel, or that date has passed.")
    next_step = _("Correct the date of travel, or assess again closer to it.")


class NeedsBasis(Refusal):
    """An invitation without a consent or an accepted referral behind it."""

    code = "procedures.needs_basis"
    what = _("The colleague was not invited.")
    why = _("There is no consent in force that allows sharing this with their unit.")
    next_step = _("Record the person's consent for this purpose and this unit first.")


class NeedsEndDate(Refusal):
    """A decision to go on without a condition that would hold for ever."""

    code = "procedures.needs_end_date"
    what = _("The decision was not recorded.")
    why = _("Going on without a condition needs a date until which it holds, from today on.")
    next_step = _("Give the last day on which this decision holds.")
    status = 400


class ClockRuns(Refusal):
    """A step that waits for the end of a period."""

    code = "procedures.clock_runs"
    what = _("The stage was not changed.")
    why = _("A period of protection is still running, and this step waits for its end.")
    next_step = _("Continue when the period has ended; support goes on meanwhile.")


class FourEyes(Refusal):
    """A step that somebody else must take than whoever asked for it."""

    code = "procedures.four_eyes"
    what = _("The stage was not changed.")
    why = _("You brought the procedure to this stage, and this step needs the eyes of another person.")
    next_step = _("Ask another supervisor of the unit to read it and to decide.")


class NotToThem(Refusal):
    """An agency that may not receive anything about this person."""

    code = "procedures.not_to_them"
    what = _("The colleague was not invited. Nothing was shared.")
    why = _("Nothing about this person may reach that agency.")
    next_step = _("Invite somebody of another agency.")


class NoPeriod(Refusal):
    """A change of a recovery and reflection period that does not run."""

    code = "procedures.no_period"
    what = _("The period was not changed.")
    why = _("No recovery and reflection period runs in this procedure.")
    next_step = _("Read the history of the procedure; reasonable grounds start the period.")


class NotLonger(Refusal):
    """An extension that ends no later than the period does now."""

    code = "procedures.not_longer"
    what = _("The period was not changed.")
    why = _("It ends on %(day)s already. A period of protection may be extended, never shortened.")
    next_step = _("Give a later day.")
    status = 400


class TooLong(Refusal):
    """An extension beyond the most that the law of the country allows."""

    code = "procedures.too_long"
    what = _("The period was not extended.")
    why = _("The law of the country allows %(days)d days at most, until %(day)s.")
    next_step = _("Choose a day until then; support and safety planning go on after the period too.")
    status = 400


class ChildCannotWaive(Refusal):
    """A waiver by a child, or by a person whose age is in doubt."""

    code = "procedures.child_cannot_waive"
    what = _("The waiver was not recorded. The period runs on.")
    why = _("Only an adult may waive the period; the person is, or is presumed to be, a child.")
    next_step = _("Let the period run; a child's best interests are assessed with the guardian.")


class NotInformed(Refusal):
    """A waiver without the advice that makes it valid."""

    code = "procedures.not_informed"
    what = _("The waiver was not recorded. The period runs on.")
    why = _("A waiver is valid only from a person who was told what it means, by somebody who is named.")
    next_step = _("Say who advised the person, and confirm that they were told and decided freely.")
    status = 400


class SameLaw(Refusal):
    """A re-run of a procedure while the law in force is the law that it keeps."""

    code = "procedures.same_law"
    what = _("The procedure was not run again. Nothing changed.")
    why = _("The law in force is the one under which it was opened.")
    next_step = _(
        "Go on with this procedure; a later version of the law can be compared when it is in force."
    )


class AlreadyRerun(Refusal):
    """A second re-run of one procedure."""

    code = "procedures.already_rerun"
    what = _("The procedure was not run again. Nothing changed.")
    why = _("It was run again already, and that one is open.")
    next_step = _("Go on with the re-run; under a later law, run that one again.")


class GateKeepsItsLaw(Refusal):
    """A re-run of a gate, whose stages follow from its certificate."""

    code = "procedures.gate_keeps_its_law"
    what = _("The conditions were not run again. Nothing changed.")
    why = _("These conditions belong to an act that is planned, and their certificate to what was signed.")
    next_step = _("Cancel the act and draft it again: the new draft asks what the law in force asks.")


class LawMissing(Refusal):
    """A procedure keeps a version of a guide or definition that is no longer in the doctrine."""

    code = "procedures.law_missing"
    what = _("Nothing was shown, and nothing was changed.")
    why = _("The text under which a procedure was opened, %(law)s, is no longer in this installation.")
    next_step = _(
        "Tell whoever runs the installation: the file of that version must be put back. What was recorded is "
        "still there."
    )
    status = 503
