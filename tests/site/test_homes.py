"""The homes of the test run: no two workers share their key files."""

from __future__ import annotations

from pathlib import Path

from execnet import XSpec

from tests.conftest import pytest_xdist_setupnodes


def test_every_worker_of_a_run_has_a_home_of_its_own() -> None:
    specs = [XSpec("popen"), XSpec("popen")]
    pytest_xdist_setupnodes(specs)
    one, other = (Path(spec.env["AMPARO_HOME"]) for spec in specs)
    assert one != other
    assert one.is_dir()
    assert other.is_dir()
