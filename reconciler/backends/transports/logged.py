"""A transport that tells of every call: cmdlet, object, names of parameters, time. Never values."""

from collections.abc import Sequence
from time import monotonic

from reconciler.backends.base import BackendError
from reconciler.backends.command import Command, Record
from reconciler.backends.transports.base import Transport
from reconciler.model.log import Level, Log

_SOURCE = "exchange"


class LoggedTransport:
    def __init__(self, inner: Transport, log: Log) -> None:
        self._inner = inner
        self._log = log

    def invoke(self, call: Command) -> Sequence[Record]:
        started = monotonic()
        said = _said(call)
        self._log(Level.TRACE, _SOURCE, f"{said}: called")
        try:
            answer = self._inner.invoke(call)
        except BackendError as failure:
            why = f"{failure.outcome.value}, {failure.code}"
            self._log(Level.WARN, _SOURCE, f"{said}: failed after {_since(started)} ({why})")
            raise
        objects = f"{len(answer)} object{'s' * (len(answer) != 1)}"
        self._log(Level.DEBUG, _SOURCE, f"{said}: {objects} after {_since(started)}")
        return answer

    def close(self) -> None:
        self._inner.close()


def _since(started: float) -> str:
    return f"{monotonic() - started:.3f} s"


def _said(call: Command) -> str:
    """`Set-SendConnector "Internet" (Port, Comment)`."""
    named = next((name for name in ("Identity", "Name") if call.parameters.get(name)), None)
    others = ", ".join(name for name in call.parameters if name != named)
    about = f' "{call.parameters[named]}"' if named else ""
    return f"{call.cmdlet}{about}{f' ({others})' if others else ''}"
