"""Advisory opinions: asked without a name, answered with law, registered without a way back to a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from amparo.access.actions import add_staff, found_agency, found_unit, grant_post
from amparo.access.data import Actor, Denied, Locked, Stale, TellsWhoItIs
from amparo.access.queries import machine_actor
from amparo.asylum import queries
from amparo.asylum.actions import (
    ask_opinion,
    decline_opinion,
    give_opinion,
    keep_opinion_out,
    publish_opinion,
    withdraw_opinion,
    withdraw_request,
)
from amparo.asylum.data import (
    AlreadyClosed,
    Answer,
    DueInThePast,
    NamesThePerson,
    NoAuthorityCited,
    NoElement,
    NotAnAdviser,
    NotAnAsylumAuthority,
    NothingToPublish,
    NotYourOpinion,
    OpinionNamesThePerson,
    OpinionState,
    Question,
)
from amparo.asylum.models import DraftOpinion, OpinionRequest
from amparo.asylum.models import RegisteredOpinion as RegisterRow
from amparo.asylum.providers import TO_READ, list_work
from amparo.cases.actions import register_person
from amparo.cases.data import Birth, NameEntry, NameKind, Precision, SafeContact
from amparo.core.policy import AgencyKind, Role
from amparo.core.refusal import Unknown
from amparo.vault import door
from amparo.vault.actions import unlock
from amparo.vault.door import PlainUse
from tests.people import BORN_AT, Cast, Member

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SUMMARY = "The applicant fears her recruiter, who lives in her town. Is the link to a ground needed?"
ANSWER = Answer(
    title="El vínculo basta en un lado",
    statement="El vínculo puede estar en la persecución o en la falta de protección.",
    elements=("refugee.persecution",),
    sources=("gip7/17",),
    decisions=("ca/fc/bian-2000",),
    advice="Pregunten por la policía del municipio.",
)


@dataclass
class Desk:
    """The cast, a UN adviser, and an officer of the asylum authority who holds a file."""

    cast: Cast
    adviser: Member
    officer: Member

    @property
    def asker(self) -> Actor:
        return self.officer.actor_at(NOW)

    @property
    def answering(self) -> Actor:
        return self.adviser.actor_at(NOW)

    def question(self, **changes: object) -> Question:
        asked = Question(self.adviser.unit_id, ("refugee.persecution",), SUMMARY, date(2026, 12, 1))
        return replace(asked, **changes)  # type: ignore[arg-type]

    def ask(self, **changes: object) -> UUID:
        question = self.question(**changes)
        return ask_opinion(self.asker, now=NOW, unit_id=self.officer.unit_id, question=question)

    def answer(self, request_id: UUID, version: int = 1, **changes: object) -> None:
        answer = replace(ANSWER, **changes)  # type: ignore[arg-type]
        give_opinion(self.answering, now=NOW, request_id=request_id, version=version, answer=answer)

    def publish(self, request_id: UUID, version: int = 2) -> UUID:
        return publish_opinion(self.asker, now=NOW, request_id=request_id, version=version)

    def register(self, **changes: object) -> None:
        """Ask, answer, and let the answer into the register."""
        request_id = self.ask()
        self.answer(request_id, **changes)
        self.publish(request_id)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    setup = machine_actor("setup", now=BORN_AT)
    office = found_agency(setup, now=BORN_AT, name="ACNUR de prueba", kind=AgencyKind.UN, state="")
    adviser = _member("ulla", office, "Protección", Role.LEGAL)
    return Desk(cast, adviser, _member("oscar", cast.chidi.agency_id, "Casos", Role.CASEWORKER))


def _member(username: str, agency_id: UUID, unit: str, role: Role) -> Member:
    """Found a unit of an agency and give it its first member."""
    setup = machine_actor("setup", now=BORN_AT)
    passphrase = f"{username} cruza el puente al alba"
    unit_id = found_unit(setup, now=BORN_AT, agency_id=agency_id, name=unit)
    staff_id = add_staff(
        setup, now=BORN_AT, username=username, name=username, passphrase=passphrase, agency_id=agency_id
    )
    grant_post(setup, now=BORN_AT, staff_id=staff_id, unit_id=unit_id, role=role)
    keys = unlock(staff_id, passphrase, BORN_AT)
    return Member(staff_id, username, passphrase, unit_id, agency_id, keys)


def test_the_adviser_reads_the_summary_and_the_asker_reads_the_answer(desk: Desk) -> None:
    request_id = desk.ask()
    told = queries.get_request(desk.answering, request_id)
    summary = queries.open_summary(desk.answering, told, now=NOW)
    assert summary is not None
    assert door.plain(summary, PlainUse.COMPARE) == SUMMARY
    desk.answer(request_id)
    line = queries.get_request(desk.asker, request_id)
    advice = queries.open_advice(desk.asker, line, now=NOW)
    assert line.state is OpinionState.ANSWERED
    assert advice is not None
    assert ANSWER.advice in door.plain(advice, PlainUse.COMPARE)


def test_the_adviser_keeps_nothing_of_the_case(desk: Desk) -> None:
    request_id = desk.ask()
    desk.answer(request_id)
    line = queries.get_request(desk.answering, request_id)
    assert queries.open_summary(desk.answering, line, now=NOW) is None
    assert queries.open_advice(desk.answering, line, now=NOW) is None


def test_others_cannot_tell_that_a_request_exists(desk: Desk) -> None:
    request_id = desk.ask()
    for name in ("amina", "dora", "consul", "fiscal", "eve", "ines"):
        actor = desk.cast.everybody[name].actor_at(NOW)
        assert queries.list_requests(actor) == []
        with pytest.raises(Unknown):
            queries.get_request(actor, request_id)


def test_a_summary_that_names_the_person_is_not_sent(desk: Desk) -> None:
    person_id = _register(desk)
    for slip in ("Lucía fears him.", "LUCIA", "Ms Nañez"):
        with pytest.raises(NamesThePerson):
            desk.ask(person_id=person_id, summary=slip)
    assert OpinionRequest.objects.count() == 0
    desk.ask(person_id=person_id)


@pytest.mark.parametrize(
    "slip",
    ["AM-G7UJ-FF7K", "May 3, 2009", "nacida el 3 de mayo de 2009", "AB123456", "+506 8888 1234"],
)
def test_a_text_that_leads_to_somebody_is_not_sent(desk: Desk, slip: str) -> None:
    with pytest.raises(TellsWhoItIs):
        desk.ask(summary=f"{SUMMARY} {slip}")
    request_id = desk.ask()
    if "20" not in slip:
        with pytest.raises(TellsWhoItIs):
            desk.answer(request_id, statement=slip)


def test_an_opinion_that_is_withdrawn_leaves_its_number_alone(desk: Desk, client: Client) -> None:
    desk.register()
    number = queries.search_register()[0].number
    chidi = desk.cast.chidi
    with pytest.raises(NotYourOpinion):
        withdraw_opinion(chidi.actor_at(NOW), now=NOW, unit_id=chidi.unit_id, number=number)
    ours = desk.adviser.client(client)
    assert ours.post(f"/opinions/register/{number}/").status_code == 302
    assert ANSWER.statement not in ours.get(f"/opinions/register/{number}/").content.decode()
    assert ours.get(f"/opinions/register/{number}/opinion.pdf").status_code == 404
    assert queries.search_register() == []
    assert RegisterRow.objects.get().statement == ""


def test_who_may_not_ask_is_told_before_writing(desk: Desk, client: Client) -> None:
    assert desk.cast.amina.client(client).get("/opinions/requests/ask/").status_code == 409


def test_the_office_never_learns_the_file(desk: Desk) -> None:
    request_id = desk.ask(person_id=_register(desk))
    assert queries.get_request(desk.asker, request_id).code
    assert queries.get_request(desk.answering, request_id).code == ""


def test_nobody_asks_about_a_file_that_is_not_theirs(desk: Desk) -> None:
    amina = desk.cast.amina.actor_at(NOW)
    hers = register_person(
        amina,
        now=NOW,
        unit_id=desk.cast.amina.unit_id,
        names=[NameEntry(NameKind.OFFICIAL, "Alma")],
        birth=Birth(Precision.UNKNOWN),
    )
    with pytest.raises(Unknown):
        desk.ask(person_id=hers)


def test_only_an_asylum_authority_asks_and_only_a_un_office_is_asked(desk: Desk) -> None:
    amina = desk.cast.amina
    with pytest.raises(NotAnAsylumAuthority):
        ask_opinion(amina.actor_at(NOW), now=NOW, unit_id=amina.unit_id, question=desk.question())
    with pytest.raises(NotAnAdviser):
        desk.ask(to_unit_id=amina.unit_id)
    with pytest.raises(Denied):
        ask_opinion(desk.asker, now=NOW, unit_id=amina.unit_id, question=desk.question())


def test_a_question_needs_a_point_of_law_and_a_day_to_come(desk: Desk) -> None:
    for elements in ((), ("no.such.element",)):
        with pytest.raises(NoElement):
            desk.ask(elements=elements)
    with pytest.raises(DueInThePast):
        desk.ask(due_date=date(2026, 11, 19))


def test_an_opinion_cites_what_it_stands_on(desk: Desk) -> None:
    request_id = desk.ask()
    cited: list[dict[str, object]] = [
        {"sources": (), "decisions": ()},
        {"sources": ("no/such",)},
        {"decisions": ("xx/no/such",)},
    ]
    for changes in cited:
        with pytest.raises(NoAuthorityCited):
            desk.answer(request_id, 1, **changes)
    with pytest.raises(NoElement):
        desk.answer(request_id, elements=())
    assert RegisterRow.objects.count() == 0


def test_a_request_is_closed_once(desk: Desk) -> None:
    request_id = desk.ask()
    with pytest.raises(Stale):
        desk.answer(request_id, version=7)
    withdraw_request(desk.asker, now=NOW, request_id=request_id, version=1)
    with pytest.raises(AlreadyClosed):
        desk.answer(request_id, version=2)
    with pytest.raises(Unknown):
        desk.answer(UUID(int=1))


def test_a_refusal_is_told_to_the_asker_alone(desk: Desk) -> None:
    request_id = desk.ask()
    decline_opinion(desk.answering, now=NOW, request_id=request_id, version=1, why="Ya hay recurso.")
    assert queries.get_request(desk.asker, request_id).has_advice
    assert RegisterRow.objects.count() == 0


def test_a_locked_session_neither_asks_nor_answers(desk: Desk) -> None:
    request_id = desk.ask()
    locked = replace(desk.answering, keys=None)
    with pytest.raises(Locked):
        give_opinion(locked, now=NOW, request_id=request_id, version=1, answer=ANSWER)


def test_an_answer_is_registered_only_after_the_asker_read_it_again(desk: Desk) -> None:
    request_id = desk.ask()
    with pytest.raises(NothingToPublish):
        desk.publish(request_id, version=1)
    desk.answer(request_id)
    assert queries.search_register() == []
    assert RegisterRow.objects.count() == 0
    for side in (desk.asker, desk.answering):
        line = queries.get_request(side, request_id)
        draft = queries.get_draft(side, line)
        assert line.is_draft
        assert draft is not None
        assert draft.title == ANSWER.title
        assert queries.get_draft(replace(side, keys=None), line) is None
    assert [item.label for item in list_work(desk.asker, NOW)] == [str(TO_READ)]
    assert list_work(desk.answering, NOW) == []
    for stranger in (desk.answering, desk.cast.chidi.actor_at(NOW)):
        with pytest.raises(Denied):
            publish_opinion(stranger, now=NOW, request_id=request_id, version=2)
    with pytest.raises(Stale):
        desk.publish(request_id, version=1)
    desk.publish(request_id)
    assert [one.title for one in queries.search_register()] == [ANSWER.title]
    assert not DraftOpinion.objects.exists()
    assert list_work(desk.asker, NOW) == []
    with pytest.raises(NothingToPublish):
        desk.publish(request_id, version=3)


def test_an_answer_that_names_the_person_of_the_file_is_not_registered(desk: Desk) -> None:
    request_id = desk.ask(person_id=_register(desk))
    desk.answer(request_id, statement="La solicitante Lucía Ñáñez teme a su captador.")
    with pytest.raises(OpinionNamesThePerson):
        desk.publish(request_id)
    keep_opinion_out(desk.asker, now=NOW, request_id=request_id, version=2)
    assert RegisterRow.objects.count() == 0
    assert not DraftOpinion.objects.exists()
    assert queries.get_request(desk.asker, request_id).has_advice


def test_no_consulate_reads_what_came_out_of_cases(desk: Desk, client: Client) -> None:
    desk.register()
    number = queries.search_register()[0].number
    theirs = desk.cast.consul.client(client)
    for path in ("", f"register/{number}/", f"register/{number}/opinion.pdf"):
        assert theirs.get(f"/opinions/{path}").status_code == 403
    assert "/opinions/" not in theirs.get("/library/").content.decode()
    assert desk.cast.fiscal.client(Client()).get(f"/opinions/register/{number}/").status_code == 200


def test_the_register_is_searched_without_accents_and_by_element(desk: Desk) -> None:
    desk.register()
    desk.register(title="Otra", statement="Nada sobre eso.", elements=("refugee.protection",))
    assert [one.title for one in queries.search_register("VINCULO proteccion")] == [ANSWER.title]
    assert [one.title for one in queries.search_register(element="refugee.protection")] == ["Otra"]
    assert len(queries.search_register()) == 2
    assert queries.search_register("inexistente") == []


def test_nothing_joins_the_register_to_a_request(desk: Desk) -> None:
    request_id = desk.ask(person_id=_register(desk))
    desk.answer(request_id)
    desk.publish(request_id)
    row = RegisterRow.objects.get()
    request = OpinionRequest.objects.get()
    told = {str(value) for value in vars(row).values()}
    assert not told & {str(request.id), request.reference, str(request.kept_intake_id), str(NOW.date())}
    assert row.given_date == date(2026, 11, 1)


def test_the_pages_carry_a_question_to_the_register(desk: Desk, client: Client) -> None:
    theirs = desk.officer.client(client)
    typed = {
        "to_unit": str(desk.adviser.unit_id),
        "elements_refugee_status": ["refugee.persecution"],
        "summary": SUMMARY,
        "due_date": "2099-01-01",
        "is_nameless": "on",
    }
    wrong = theirs.post("/opinions/requests/ask/", typed | {"code": "AM-AAAA-AAAA", "is_nameless": ""})
    assert (wrong.status_code, SUMMARY[:20] in wrong.content.decode()) == (400, True)
    sent = theirs.post("/opinions/requests/ask/", typed)
    assert sent.status_code == 302, sent.content.decode()
    assert SUMMARY[:20] in theirs.get(sent["Location"]).content.decode()
    ours = desk.adviser.client(Client())
    assert "elements_refugee_status" in ours.get(f"{sent['Location']}answer/").content.decode()
    given = ours.post(
        f"{sent['Location']}answer/",
        {
            "version": "1",
            "title": ANSWER.title,
            "statement": ANSWER.statement,
            "elements_refugee_status": ["refugee.persecution"],
            "sources": ["gip7/17"],
            "is_law_only": "on",
        },
    )
    assert given.status_code == 302, given.content.decode()
    assert ANSWER.title in ours.get(sent["Location"]).content.decode()
    shown = theirs.get(sent["Location"]).content.decode()
    assert 'name="points_to_nobody"' in shown
    assert theirs.post(sent["Location"], {"publish": "1", "version": "2"}).status_code == 400
    said = {"publish": "1", "version": "2", "points_to_nobody": "on"}
    refused = ours.post(sent["Location"], said)
    assert refused.status_code in (400, 403)
    published = theirs.post(sent["Location"], said)
    assert published.status_code == 302, published.content.decode()
    reader = desk.cast.dora.client(Client())
    assert ANSWER.title in reader.get(published["Location"]).content.decode()
    printed = reader.get(f"{published['Location']}opinion.pdf")
    assert printed.content[:5] == b"%PDF-"
    assert theirs.get(f"{sent['Location']}answer/").status_code == 404


def _register(desk: Desk) -> UUID:
    return register_person(
        desk.asker,
        now=NOW,
        unit_id=desk.officer.unit_id,
        names=[NameEntry(NameKind.OFFICIAL, "Lucía Esperanza", "Ñáñez", "Quispe")],
        birth=Birth(Precision.UNKNOWN),
        safe_contact=SafeContact(mode="CALL", reach="+506 8888-1234"),
    )


def test_closed_requests_never_push_open_ones_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = desk.ask(due_date=date(2026, 11, 21))
    withdraw_request(desk.asker, now=NOW, request_id=closed, version=1)
    waits = desk.ask()
    monkeypatch.setattr(queries, "SHOWN", 1)
    assert [line.id for line in queries.list_requests(desk.answering)] == [waits]
    assert [line.id for line in queries.list_due(desk.answering)] == [waits]
