"""Published acts that are not cut into articles, and what of them becomes no provision."""

from __future__ import annotations

import pytest
from django.test import Client

from amparo.library.data import Provision
from amparo.library.files import WEB_LIMIT, read_act
from tests.library.test_files import bruno as bruno
from tests.library.test_files import upload


def act(body: str) -> bytes:
    return (
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="ley"><meta>\n'
        '<identification source="#x"><FRBRWork><FRBRthis value="/akn/uk/act/2015/30"/>\n'
        '<FRBRcountry value="gb"/></FRBRWork><FRBRExpression><FRBRlanguage language="eng"/>'
        f"</FRBRExpression>\n</identification></meta>{body}</act></akomaNtoso>"
    ).encode()


@pytest.mark.parametrize("kind", ["section", "rule", "paragraph", "clause"])
def test_an_act_without_articles_is_cut_into_its_outermost_parts(kind: str) -> None:
    reading = read_act(
        act(
            f"<body><part><{kind} eId='x_1'><num>1</num><heading>Slavery</heading><subsection><num>(1)</num>"
            f"<content><p>A person commits an offence.</p></content></subsection><paragraph><num>(a)</num>"
            f"<content><p>If so.</p></content></paragraph></{kind}></part></body>"
        ),
        WEB_LIMIT,
    )
    _instrument, part = reading.contents
    assert isinstance(part, Provision)
    assert (part.place.en, part.text) == ("1", "(1) A person commits an offence.\n(a) If so.")
    assert part.title.en.endswith(", 1. Slavery")
    assert reading.left_out == ()


def test_what_is_in_no_provision_is_named_with_its_line() -> None:
    reading = read_act(
        act(
            "\n<preamble><p>Considering.</p></preamble><body><chapter><article eId='art_1'><num>Art. 1</num>"
            "<content><p>Uno.</p></content></article></chapter>\n<section eId='s_1'><num>Only</num><content>"
            "<p>Final.</p></content></section></body>\n<attachments><p>Form.</p></attachments>"
        ),
        WEB_LIMIT,
    )
    assert [one.place.en for one in reading.contents if isinstance(one, Provision)] == ["Art. 1", "Only"]
    assert [(fault.line, fault.field) for fault in reading.left_out] == [(5, "preamble"), (7, "attachments")]
    twice = act("<body><article eId='a'><p>x</p></article>\n<article eId='a'><p>y</p></article></body>")
    (fault,) = read_act(twice, WEB_LIMIT).faults
    assert (fault.line, fault.code) == (5, "duplicate_key")


def test_the_preview_says_what_was_left_out(bruno: Client) -> None:
    page = upload(
        bruno, act("<body><section><p>Uno.</p></section></body><attachments><p>x</p></attachments>")
    )
    assert "would not be taken in" in page
    assert "<code>attachments</code>" in page
