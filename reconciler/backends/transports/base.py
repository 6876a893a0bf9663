"""The port through which cmdlets reach an Exchange."""

from collections.abc import Sequence
from typing import Protocol

from reconciler.backends.command import Command, Record


class Transport(Protocol):
    """`invoke` may be called from several threads. Raises BackendError."""

    def invoke(self, call: Command) -> Sequence[Record]: ...

    def close(self) -> None: ...
