"""Acts that keep a file from somebody: sealing, conflict, exclusion, fear; and how they are undone."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amparo.access import actions, file_acts
from amparo.access.forms.file_access import ColleagueForm, LiftingForm, NamedPeopleForm, StateForm
from amparo.access.liftings import list_papers
from amparo.access.queries import list_for_exclusion, list_for_sealing
from amparo.access.views.file_acts import ActPage, FilePage


def _sealing_form(at: FilePage, data: QueryDict | None) -> Form | None:
    colleagues = list_for_sealing(at.actor, at.facts)
    return NamedPeopleForm(data, colleagues=colleagues) if len(colleagues) > 1 else None


def _seal(at: FilePage, values: dict[str, Any]) -> object:
    return actions.seal_case(
        at.actor, now=at.now, person_id=at.facts.person_id, staff_ids=values["staff_ids"]
    )


def _exclusion_form(at: FilePage, data: QueryDict | None) -> Form | None:
    colleagues = list_for_exclusion(at.actor, at.facts)
    return ColleagueForm(data, colleagues=colleagues) if colleagues else None


def _record_conflict(at: FilePage, values: dict[str, Any]) -> object:
    return actions.record_conflict(
        at.actor, now=at.now, person_id=at.facts.person_id, staff_id=values["staff_id"]
    )


def _exclude(at: FilePage, values: dict[str, Any]) -> object:
    return actions.exclude(at.actor, now=at.now, person_id=at.facts.person_id, staff_id=values["staff_id"])


def _unsealing_form(at: FilePage, data: QueryDict | None) -> Form | None:
    return Form(data) if at.facts.is_sealed else None


def _propose_unsealing(at: FilePage, _values: dict[str, Any]) -> object:
    return actions.propose_unsealing(at.actor, now=at.now, person_id=at.facts.person_id)


def _fear_form(at: FilePage, data: QueryDict | None) -> Form | None:
    return StateForm(data)


def _record_fear(at: FilePage, values: dict[str, Any]) -> object:
    return actions.record_fear(at.actor, now=at.now, person_id=at.facts.person_id, state=values["state"])


def _correction_form(at: FilePage, data: QueryDict | None) -> Form | None:
    return StateForm(data, states=at.facts.feared_states) if at.facts.feared_states else None


def _correct_fear(at: FilePage, values: dict[str, Any]) -> object:
    return actions.correct_fear(at.actor, now=at.now, person_id=at.facts.person_id, state=values["state"])


def _lifting_form(at: FilePage, data: QueryDict | None) -> Form | None:
    papers, states = list_papers(at.actor, at.facts.person_id, at.now), at.facts.liftable_states
    if not (states and papers.consents and papers.advices):
        return None
    return LiftingForm(data, states=states, consents=papers.consents, advices=papers.advices)


def _propose_lifting(at: FilePage, values: dict[str, Any]) -> object:
    return actions.propose_lifting(
        at.actor,
        now=at.now,
        person_id=at.facts.person_id,
        state=values["state"],
        consent_id=values["consent_id"],
        advice_id=values["advice_id"],
    )


SIGNED_BY_ANOTHER = _("A colleague with the same right finds the request under Requests, and confirms it.")

SEAL = ActPage(
    act=file_acts.SEAL,
    consequences=(
        _("From now on only the people whom you name can know that this file exists."),
        _("New keys are made for them alone: unit, delegates, guardians and emergencies lose the file."),
        _("If all of them lose their keys, what is sealed is lost for ever."),
        _("Undoing it needs two people."),
    ),
    nothing=_("A case is sealed for at least two people of the unit, and there are not two to choose."),
    make_form=_sealing_form,
    carry_out=_seal,
    done=_("The case was sealed"),
)
CONFLICT = ActPage(
    act=file_acts.CONFLICT,
    consequences=(
        _("The case is sealed at once: new keys, for the other people who keep the file."),
        _("For that colleague the file no longer exists: no page, list, search or emergency shows it."),
        _("They are not told. It may be yourself: this is then the last page that you see of it."),
        _("Delegates and guardians lose the file too, and must be named again."),
    ),
    nothing=_("There is nobody to choose: everybody near the file is excluded already."),
    make_form=_exclusion_form,
    carry_out=_record_conflict,
    done=_("The conflict of interest was recorded, and the case sealed"),
)
EXCLUDE = ActPage(
    act=file_acts.EXCLUDE,
    consequences=(
        _("For that colleague the file no longer exists: no page, list, search or emergency shows it."),
        _("The case is not sealed: they may still hold the unit's key. A conflict of interest seals it."),
    ),
    nothing=CONFLICT.nothing,
    make_form=_exclusion_form,
    carry_out=_exclude,
    done=_("The colleague was excluded"),
)
UNSEAL = ActPage(
    act=file_acts.UNSEAL,
    consequences=(
        _("You sign now. Nothing opens until a colleague with the same right confirms within a week."),
        _("Then the whole unit can reach the file again, except who is excluded."),
    ),
    nothing=_("This case is not sealed."),
    make_form=_unsealing_form,
    carry_out=_propose_unsealing,
    done=_("The request waits for a second signature"),
    next_step=SIGNED_BY_ANOTHER,
)
FEAR = ActPage(
    act=file_acts.FEAR,
    consequences=(
        _("No agency or consulate of that State gets anything about the person, not even that they exist."),
        _("If the separation from that State had been lifted, it stands again, and cannot be lifted."),
    ),
    nothing=_("There is no State to choose."),
    make_form=_fear_form,
    carry_out=_record_fear,
    done=_("The fear was recorded"),
)
CORRECT_FEAR = ActPage(
    act=file_acts.CORRECT_FEAR,
    consequences=(
        _("Take a record of fear back only with the person, and only if it was wrong."),
        _("The separation from a State of origin stays in any case."),
    ),
    nothing=_("No fear of a State is recorded."),
    make_form=_correction_form,
    carry_out=_correct_fear,
    done=_("The record of fear was corrected"),
)
LIFT = ActPage(
    act=file_acts.LIFT,
    consequences=(
        _("You sign now. Nothing is lifted until a colleague with the same right confirms within a week."),
        _("Then authorities of that State can be sent an extract. They never see the file."),
        _("Recording that the person fears that State puts the separation back at once."),
    ),
    nothing=_(
        "There is nothing to propose. It needs a State of origin that the person does not fear, a consent"
        " that holds for dealing with it (nationality or return), and a note of the legal advice given."
    ),
    make_form=_lifting_form,
    carry_out=_propose_lifting,
    done=_("The request waits for a second signature"),
    next_step=SIGNED_BY_ANOTHER,
)
PAGES = (SEAL, UNSEAL, CONFLICT, EXCLUDE, FEAR, CORRECT_FEAR, LIFT)
