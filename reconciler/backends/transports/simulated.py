"""The way to the simulated Exchange: takes its time, fails where told to, then calls it.

Half of the latency passes before a call lands and half from then on, what it does included, so
that a killed run may have left it on either side. Knows no cmdlet.
"""

from collections.abc import Sequence
from threading import Event
from time import monotonic

from reconciler.backends.base import BackendError, Outcome
from reconciler.backends.command import Command, Parameter, Record
from reconciler.backends.simulated.exchange import SimulatedExchange
from reconciler.backends.simulated.faults import Effect, FaultPlan, object_of

OTHER_ADMIN = "CONTOSO\\other.admin"
_COMMENT = "Changed by another administrator"
_PORTS = 65_535


def _failure(effect: Effect | None, cmdlet: str) -> BackendError | None:
    match effect:
        case Effect.TRANSIENT:
            return BackendError(
                Outcome.TRANSIENT, f"{cmdlet} was turned away: Exchange is too busy.", "busy"
            )
        case Effect.PERMANENT:
            return BackendError(Outcome.PERMANENT, f"{cmdlet} was refused by Exchange.", "refused")
        case Effect.LOST_CALL | Effect.LOST_ANSWER:
            return BackendError(
                Outcome.UNKNOWN, f"{cmdlet} got no answer: the connection broke.", "no-answer"
            )
        case _:
            return None


class SimulatedTransport:
    """`latency` and `timeout` are in seconds; `caller` is who the audit log names."""

    def __init__(
        self,
        exchange: SimulatedExchange,
        caller: str,
        *,
        faults: FaultPlan,
        latency: float = 0.0,
        timeout: float = 60.0,
    ) -> None:
        self._exchange = exchange
        self._caller = caller
        self._faults = faults
        self._half = latency / 2
        self._timeout = timeout
        self._closed = Event()

    def invoke(self, call: Command) -> Sequence[Record]:
        effect = self._faults.strike(call, lambda name: self._exchange.name_of(call.noun, name))
        self._wait(self._half)
        landed = monotonic()
        if self._closed.is_set() and effect is not Effect.HANG:
            raise BackendError(
                Outcome.PERMANENT,
                f"{call.cmdlet} was not sent: the connection is closed.",
                "closed",
            )
        if effect is Effect.HANG:
            self._hang(call.cmdlet)
        if effect is Effect.EDIT:
            self._edit(call)
        failure = _failure(effect, call.cmdlet)
        if failure is not None and effect is not Effect.LOST_ANSWER:
            raise failure
        try:
            answer = self._exchange.invoke(call, self._caller)
        finally:
            self._wait(landed + self._half - monotonic())
        if failure is not None:
            raise failure
        return answer

    def close(self) -> None:
        """Ends every wait; calls that hang fail at once."""
        self._closed.set()
        self._exchange.close()

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._closed.wait(seconds)

    def _hang(self, cmdlet: str) -> None:
        self._wait(self._timeout)
        raise BackendError(
            Outcome.UNKNOWN,
            f"{cmdlet} got no answer within {self._timeout:g} seconds.",
            "no-answer",
        )

    def _edit(self, call: Command) -> None:
        """Another administrator changes comment and port of the object, as far as it has them."""
        name = object_of(call)
        found = self._look(call.noun, name) if name else None
        changes: dict[str, Parameter] = {}
        if found is not None and "Comment" in found:
            changes["Comment"] = _COMMENT
        if found is not None and "Port" in found:
            changes["Port"] = int(str(found["Port"])) % _PORTS + 1
        if found is not None and changes:
            changes["Identity"] = str(found["Guid"])
            self._exchange.invoke(Command("Set", call.noun, changes), OTHER_ADMIN)

    def _look(self, noun: str, name: str) -> Record | None:
        try:
            return self._exchange.invoke(Command("Get", noun, {"Identity": name}), OTHER_ADMIN)[0]
        except BackendError:
            return None
