"""Logs: one JSON line for each event, with an allow-list of fields and no personal data.

What a line may hold: the time, level, logger, a constant event, and the fields of ``FIELDS``. The
arguments of libraries' messages, the text of exceptions, query strings, bodies and addresses are
left out: any of them could carry a name. Of our own messages, arguments that are ids, numbers or
words of the code are kept. Frames of a traceback are kept, without values.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

FIELDS = frozenset(
    {"timestamp", "level", "logger", "event", "error", "frames", "request_id", "method", "route", "status"}
    | {"milliseconds", "actor", "task", "task_id", "attempt", "count", "code", "epoch", "port", "workers"}
)
CONSTANT_EVENT = re.compile(r"[a-z][a-z0-9_.]{0,60}")
PLAIN_VALUE = re.compile(r"[\w.:/<>{}*+-]{0,120}")
CODE_WORD = re.compile(r"[a-z]+([._][A-Za-z0-9_]+)+|[A-Za-z]+(Error|Exception)|lease_ended")
WITHHELD = "[withheld]"


def only_templates(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep a message as its template; fill in arguments of ours that cannot be personal."""
    record = event["_record"]
    arguments = event.pop("positional_args", None)
    if event["_from_structlog"]:
        if not CONSTANT_EVENT.fullmatch(str(event["event"])):
            event["event"] = WITHHELD
    elif record.name.startswith("amparo") and isinstance(arguments, tuple) and arguments:
        event["event"] = str(record.msg) % tuple(_argument(value) for value in arguments)
    return event


def _argument(value: object) -> object:
    if isinstance(value, int | float | UUID) or CODE_WORD.fullmatch(str(value)):
        return value
    return WITHHELD


def frames_without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turn an exception into its class and the places it passed, without its text."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        stack = traceback.extract_tb(error.__traceback__)
        event["frames"] = [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in stack]
    return event


def only_known_fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop what is not listed; withhold a value that is more than an id, a code or a number."""
    return {key: _plain(key, value) for key, value in event.items() if key in FIELDS}


def _plain(key: str, value: Any) -> Any:
    if key in {"event", "frames"} or value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return text if isinstance(value, UUID) or PLAIN_VALUE.fullmatch(text) else WITHHELD


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at that moment: who replaced it, and closed theirs, loses no line."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


STAMPS: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": STAMPS,
            "processors": [
                only_templates,
                frames_without_values,
                only_known_fields,
                structlog.processors.JSONRenderer(ensure_ascii=True),
            ],
            "use_get_message": False,
            "pass_foreign_args": True,
        }
    },
    "handlers": {"stderr": {"()": StandardError, "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "amparo": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # refusals and 404s are in the request line already
        "django.server": {"handlers": [], "propagate": True},
    },
}


def set_up_logs() -> None:
    """Let ``structlog.get_logger("amparo.room")`` write through the standard handlers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *STAMPS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)
