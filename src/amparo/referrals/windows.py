"""The clocks of a referral, read from ``windows.yaml``."""

from __future__ import annotations

import functools
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils.timezone import get_current_timezone

from amparo.referrals.data import Clock


@functools.cache
def load_windows() -> dict[str, Any]:
    """Read the file once."""
    content: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("windows.yaml").read_text("utf-8"))
    return content


def list_urgencies() -> list[str]:
    return list(load_windows()["hours"])


def clock_of(urgency: str, *, now: datetime, last_day: date | None) -> Clock:
    """Return the clock of a referral sent now. ``last_day`` is the consent's last day, if any."""
    windows = load_windows()
    window = timedelta(hours=windows["hours"][urgency])
    expires_at = now + timedelta(days=windows["extract_days"])
    if last_day is not None:
        end_of_day = datetime.combine(last_day, time.max, tzinfo=get_current_timezone())
        expires_at = min(expires_at, end_of_day)
    return Clock(now + window, now + window * windows["escalate_after"], expires_at)


def notice_period() -> timedelta:
    """Return how long the receiver still sees that a referral ended, after it did."""
    return timedelta(days=load_windows()["notice_days"])
