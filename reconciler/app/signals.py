"""INT, TERM and HUP: while a run is under way the first asks it to stop gently, the second to stop
now. Where nothing is under way yet, the first ends the program.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from reconciler.engine.ports import Stop

# Windows has no HUP, and knows a break key instead.
NAMES = tuple(n for n in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, n))


@contextmanager
def heeded(stop: Stop) -> Iterator[None]:
    """Inside the block signals set `stop`; afterwards they do what they did before.

    What the caller chose to ignore (nohup) stays ignored. Nothing is printed by the handler: it
    may strike in the middle of printing.
    """
    is_hurried = False

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        nonlocal is_hurried
        if is_hurried:
            # Ending in order takes too long for the user. The journal knows what is under way.
            os._exit(1)
        if stop.gently.is_set() or not stop.patiently.is_set():
            is_hurried = True
            raise KeyboardInterrupt
        stop.signal = signal.Signals(number).name
        stop.gently.set()

    numbers = [getattr(signal, name) for name in NAMES]
    before = {n: h for n in numbers if (h := signal.getsignal(n)) not in (signal.SIG_IGN, None)}
    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
