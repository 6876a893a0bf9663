"""Which running steps it is time to say something about. Reads no clock: it is told the time."""

import math
from collections.abc import Iterator

from reconciler.model.event import StepRunning
from reconciler.model.plan import Step

EVERY = 10
"""Seconds between two signs of life of one step."""


class Pulse:
    def __init__(self) -> None:
        self._running: dict[str, tuple[Step, float]] = {}
        self._told: dict[str, int] = {}
        self._next = math.inf

    def begin(self, step: Step, now: float) -> None:
        """Also called for a step that is tried again: it began when it first did."""
        self._running.setdefault(step.id, (step, now))
        self._next = min(self._next, now + EVERY)

    def end(self, identifier: str) -> None:
        self._running.pop(identifier, None)

    def due(self, now: float) -> Iterator[StepRunning]:
        if now < self._next:
            return
        self._next = now + EVERY
        for step, began in self._running.values():
            beats = int((now - began) // EVERY)
            if beats > self._told.get(step.id, 0):
                self._told[step.id] = beats
                yield StepRunning(step, beats * EVERY)
            self._next = min(self._next, began + (beats + 1) * EVERY)
