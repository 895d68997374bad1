"""Runs an encryption or decryption beside the reading or writing, so that nothing lies on disk in clear."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def encrypting(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """Give a stream to write to; ``work`` reads the other end. Raises what ``work`` raised."""
    reading, writing = os.pipe()
    side = _Side(work, os.fdopen(reading, "rb"))
    try:
        with os.fdopen(writing, "wb", buffering=1 << 16) as stream:
            yield stream
    except BrokenPipeError:
        side.finish()
        raise
    side.finish()


@contextmanager
def decrypting(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """Give a stream to read from; ``work`` writes the other end. Raises what ``work`` raised, first."""
    reading, writing = os.pipe()
    side = _Side(work, os.fdopen(writing, "wb", buffering=1 << 16))
    with os.fdopen(reading, "rb", buffering=1 << 16) as stream:
        try:
            yield stream
        except Exception:
            stream.close()
            side.finish(is_broken=True)
            raise
        while stream.read(1 << 16):
            pass
        side.finish()


class _Side:
    """The other end of a pipe, in a thread of its own."""

    def __init__(self, work: Callable[[BinaryIO], None], stream: BinaryIO) -> None:
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work, stream), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[BinaryIO], None], stream: BinaryIO) -> None:
        try:
            with stream:
                work(stream)
        except BaseException as error:
            self._error = error

    def finish(self, *, is_broken: bool = False) -> None:
        """Wait for the end and raise its error; a broken pipe that we caused is not one."""
        self._thread.join()
        if self._error is not None and not (is_broken and _is_broken_pipe(self._error)):
            raise self._error


def _is_broken_pipe(error: BaseException) -> bool:
    return isinstance(error, BrokenPipeError) or isinstance(error.__cause__, BrokenPipeError)
