"""Waiting for a line that somebody types."""

import io
import os
import signal
import sys
import threading
import time
from functools import partial

import pytest

from reconciler.cli.typed import typed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def terminal():
    """Where one types, and what the other reads."""
    reads, writes = os.pipe()
    with os.fdopen(reads, encoding="utf-8") as source, os.fdopen(writes, "wb", 0) as keys:
        yield keys, source


@pytest.fixture
def heed():
    """Sets a handler for SIGTERM until the test ends."""
    before = signal.getsignal(signal.SIGTERM)
    yield partial(signal.signal, signal.SIGTERM)
    signal.signal(signal.SIGTERM, before)


def struck_elsewhere(keys):
    """A signal that another thread takes, so that it interrupts no read of ours; then a line, lest
    a read that missed it wait for ever.
    """

    def strike():
        time.sleep(0.05)
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        time.sleep(0.5)
        keys.write(b"late\n")

    thread = threading.Thread(target=strike)
    thread.start()
    return thread


def test_a_line_is_answered_with_its_break(terminal):
    keys, source = terminal
    keys.write(b"yes\n")
    assert typed(source) == "yes\n"


def test_the_end_of_input_is_an_empty_line():
    assert typed(io.StringIO("")) == ""


def test_a_signal_taken_by_another_thread_ends_the_wait(terminal, heed):
    keys, source = terminal

    def interrupt(*_):
        raise KeyboardInterrupt

    heed(interrupt)
    thread = struck_elsewhere(keys)
    with pytest.raises(KeyboardInterrupt):
        typed(source)
    thread.join()
    assert source.readline() == "late\n"


def test_a_signal_that_is_only_noted_leaves_the_question_standing(terminal, heed):
    keys, source = terminal
    seen = []
    heed(lambda number, _frame: seen.append(number))
    thread = struck_elsewhere(keys)
    assert typed(source) == "late\n"
    thread.join()
    assert seen == [signal.SIGTERM]
