"""A line from the terminal, waited for so that no signal is missed. Knows no question."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import UnsupportedOperation
from select import select
from threading import current_thread, main_thread
from typing import TextIO


def typed(stdin: TextIO) -> str:
    """The next line with its break; "" at the end of input.

    A signal may strike between the question and the wait for an answer, or in another thread: then
    nothing would end a plain read. Handlers that raise end this one.
    """
    if sys.platform != "win32" and current_thread() is main_thread():
        # What is no file has its text at hand.
        with suppress(UnsupportedOperation):
            _wait(stdin.fileno())
    return stdin.readline()


def _wait(source: int) -> None:
    """Until there is something to read."""
    with _alarm() as alarm:
        while source not in select([source, alarm], [], [])[0]:
            os.read(alarm, 4096)


@contextmanager
def _alarm() -> Iterator[int]:
    """A descriptor that becomes readable with every signal that has a handler."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    before = signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
    try:
        yield reads
    finally:
        signal.set_wakeup_fd(before)
        os.close(reads)
        os.close(writes)
