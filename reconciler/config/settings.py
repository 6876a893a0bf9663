"""What the `reconciler` block says of the project itself, not yet evaluated."""

from collections.abc import Iterator, Mapping

from reconciler.lang.syntax import Argument, Expr
from reconciler.model.record import dataclass
from reconciler.model.span import Span


@dataclass(frozen=True, slots=True)
class StateBlock:
    """Where state lies, and what seals the sensitive values in it; all may use variables."""

    url: Expr
    key_file: Expr | None = None
    passphrase: Expr | None = None

    def exprs(self) -> Iterator[Expr]:
        given = (self.url, self.key_file, self.passphrase)
        return (expr for expr in given if expr is not None)


@dataclass(frozen=True, slots=True)
class Brakes:
    """From where on plans that unmake much must be allowed. Arguments may use variables."""

    arguments: Mapping[str, Argument]
    span: Span


@dataclass(frozen=True, slots=True)
class Settings:
    """The `reconciler` block."""

    required_version: str | None = None
    required_version_span: Span | None = None
    state: StateBlock | None = None
    brakes: Brakes | None = None
