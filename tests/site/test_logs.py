"""No personal data reaches a log line: each way it could is planted here and caught."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from amparo.site.logs import LOGGING, StandardError

CANARY = "Ximena Quetzal"


class Lines:
    """The lines that were written so far."""

    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def last(self) -> dict[str, Any]:
        value = json.loads(self.text.strip().splitlines()[-1])
        assert isinstance(value, dict)
        return value


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What the real formatter writes while the test runs."""
    handler = logging.StreamHandler(io.StringIO())
    configurator = logging.config.DictConfigurator(LOGGING)
    handler.setFormatter(configurator.configure_formatter(dict(LOGGING["formatters"]["json"])))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield Lines(handler.stream)
    finally:
        root.removeHandler(handler)


def test_a_name_in_the_arguments_of_a_library_is_left_out(lines: Lines) -> None:
    logging.getLogger("django.security").warning("Not Found: %s", CANARY)
    assert lines.last["event"] == "Not Found: %s"
    assert "Ximena" not in lines.text


def test_a_name_in_the_extras_of_a_record_is_left_out(lines: Lines) -> None:
    logging.getLogger("django.security").warning("Odd", extra={"person": CANARY})
    assert "Ximena" not in lines.text


def test_a_name_in_an_exception_is_left_out_but_its_place_is_kept(lines: Lines) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/files/")
    assert lines.last["error"] == "ValueError"
    assert "test_logs.py" in lines.last["frames"][-1]
    assert "Ximena" not in lines.text


def test_a_name_written_into_an_event_of_ours_is_withheld(lines: Lines) -> None:
    structlog.get_logger("amparo.cases").warning(f"opened {CANARY}")
    assert lines.last["event"] == "[withheld]"
    assert "Ximena" not in lines.text


def test_our_own_messages_keep_ids_and_words_of_the_code_only(lines: Lines) -> None:
    arguments = (UUID(int=7), 3, "ValueError", "cases.send_reminder", CANARY, "Ximena")
    logging.getLogger("amparo.tasks").warning("task %s %s %s %s %s %s", *arguments)
    kept = f"task {UUID(int=7)} 3 ValueError cases.send_reminder [withheld] [withheld]"
    assert lines.last["event"] == kept


def test_a_field_that_is_not_listed_is_dropped_and_free_text_is_withheld(lines: Lines) -> None:
    structlog.get_logger("amparo.cases").warning("opened", person=CANARY, code=CANARY, count=3)
    assert "person" not in lines.last
    assert lines.last["code"] == "[withheld]"
    assert lines.last["count"] == 3
    assert "Ximena" not in lines.text


def test_an_exception_of_ours_keeps_only_its_class(lines: Lines) -> None:
    try:
        raise KeyError(CANARY)
    except KeyError:
        structlog.get_logger("amparo.cases").exception("task.failed", task="send")
    assert lines.last["error"] == "KeyError"
    assert "Ximena" not in lines.text


def break_down(request: HttpRequest, word: str) -> HttpResponse:
    raise RuntimeError(CANARY)


urlpatterns = [path("broken/<str:word>/", break_down)]


@override_settings(ROOT_URLCONF="tests.site.test_logs")
def test_a_request_is_logged_by_route_without_address_query_or_body(lines: Lines) -> None:
    client = Client(raise_request_exception=False)
    client.post("/broken/ximena/?q=Quetzal", {"name": CANARY})
    assert lines.last["route"] == "broken/<str:word>/"
    assert lines.last["status"] == 500
    assert "ximena" not in lines.text.lower()
    assert "quetzal" not in lines.text.lower()


def test_a_standard_error_that_was_closed_loses_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = StandardError()
    closed = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", closed)
        handler.emit(logging.makeLogRecord({"msg": "first"}))
    closed.close()
    handler.emit(logging.makeLogRecord({"msg": "second"}))
    assert capsys.readouterr().err == "second\n"
