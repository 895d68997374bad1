"""``amparo serve`` says in one sentence why it cannot start."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import click
import pytest

from amparo.site import checks
from amparo.site.commands import serve


def test_a_port_that_is_taken_is_named() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"127.0.0.1:{port} .* --port"):
            serve.require_free_port("127.0.0.1", port)


def test_a_free_port_passes() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    serve.require_free_port("127.0.0.1", port)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_not_up_to_date_stops_the_start() -> None:
    serve.require_sound_installation()
    plan = "django.db.migrations.executor.MigrationExecutor.migration_plan"
    with mock.patch(plan, return_value=["one"]), pytest.raises(click.ClickException, match="amparo migrate"):
        serve.require_sound_installation()


@pytest.mark.django_db(transaction=True)
def test_an_old_sqlite_stops_the_start() -> None:
    with mock.patch("sqlite3.sqlite_version_info", (3, 40, 1)), pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "connection", SimpleNamespace(vendor="sqlite"))
        assert checks.sqlite_is_safe()[0].id == "site.E001"
        with pytest.raises(click.ClickException, match=r"3\.40\.1 can lose writes"):
            serve.require_sound_installation()


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with mock.patch.object(checks, "home", return_value=tmp_path / "absent"):
        assert str(tmp_path / "absent") in checks.home_is_writable()[0].msg


def test_no_connection_is_open_when_the_processes_are_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    pooled = mock.Mock(vendor="postgresql")
    monkeypatch.setattr("django.db.connections.all", lambda **_asked: [pooled])
    calls: list[Any] = []
    monkeypatch.setattr("gc.freeze", lambda: calls.extend(pooled.method_calls))
    serve.load_what_all_share()
    assert calls == [mock.call.close(), mock.call.close_pool()]
