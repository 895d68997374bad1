"""Runs the events of the demonstration in the order of their time, as a real ledger would see them."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Event = Callable[[datetime], None]


class Agenda:
    """Events by time. An event may add later ones; events of one moment run in the order added."""

    def __init__(self) -> None:
        self._events: list[tuple[datetime, int, Event]] = []
        self._numbers = count()

    def at(self, moment: datetime, event: Event) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), event))

    def run(self, until: datetime) -> int:
        """Run every event that is due by ``until``; later ones never happen. Returns how many ran."""
        done = 0
        while self._events and self._events[0][0] <= until:
            moment, _number, event = heapq.heappop(self._events)
            event(moment)
            done += 1
        return done
