"""What was taken into the configuration of what others changed."""

from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One file before and after; `path` is relative to the project."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """`names` are the arguments that were written, `recorded` those that state is told of."""

    address: Address
    names: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    files: tuple[Rewritten, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
