"""Questions that mostly wait for their answers, asked several at once. What hangs keeps nobody: who
asks can be interrupted, and its threads do not outlive the program.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NoReturn, TypeVar

T = TypeVar("T")
GLANCE = 0.2
"""Seconds between looks at whether somebody wants to stop, while no answer comes: Windows tells nobody who only waits."""


def answers(questions: Sequence[Callable[[], T]], at_once: int) -> list[T]:
    """In the order of the questions, the first that fails raising for all."""
    askers = min(at_once, len(questions))
    if askers <= 1:
        return [ask() for ask in questions]
    waiting: SimpleQueue[int] = SimpleQueue()
    for index in range(len(questions)):
        waiting.put(index)
    told = [SimpleQueue[Callable[[], T]]() for _ in questions]
    for _ in range(askers):
        Thread(target=_ask, args=(questions, waiting, told), daemon=True).start()
    return [_next(one)() for one in told]


def _ask(
    questions: Sequence[Callable[[], T]],
    waiting: "SimpleQueue[int]",
    told: "Sequence[SimpleQueue[Callable[[], T]]]",
) -> None:
    with suppress(Empty):  # all have been asked
        while True:
            index = waiting.get_nowait()
            told[index].put(_outcome(questions[index]))


def _outcome(ask: Callable[[], T]) -> Callable[[], T]:
    """What answers, or raises, as `ask` did."""
    try:
        answer = ask()
    except BaseException as failure:  # noqa: BLE001 (told where it was asked for)
        return partial(_fail, failure)
    return lambda: answer


def _fail(failure: BaseException) -> NoReturn:
    raise failure


def _next(told: "SimpleQueue[T]") -> T:
    while True:
        try:
            return told.get(timeout=GLANCE)
        except Empty:
            continue
