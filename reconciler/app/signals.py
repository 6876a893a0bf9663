"""INT, TERM and HUP: the first asks a run to stop gently, the second to stop now."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from reconciler.engine.execute import Stop
from reconciler.model.event import Event, Stopping

# Windows has no HUP, and knows a break key instead.
NAMES = tuple(n for n in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, n))


@contextmanager
def heeded(stop: Stop, emit: Callable[[Event], None]) -> Iterator[None]:
    """Inside the block signals set `stop`; afterwards they do what they did before."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        if stop.gently.is_set():
            stop.now.set()
            raise KeyboardInterrupt
        stop.gently.set()
        emit(Stopping(signal.Signals(number).name))

    before = {name: signal.signal(getattr(signal, name), on_signal) for name in NAMES}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
