"""The arguments of one instance, evaluated: plain values, and which of them are sensitive."""

from fractions import Fraction

from reconciler.config.blocks import ResourceBlock
from reconciler.config.expand import context_of
from reconciler.engine.freezing import frozen
from reconciler.engine.sight import Sight, within
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Expr, Parens, Tuple
from reconciler.lang.value import EPHEMERAL, SENSITIVE, List, Value, is_known, marks, plain, unmark
from reconciler.model.address import Address
from reconciler.model.anything import Anything
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.span import Span
from reconciler.model.values import UNKNOWN, Unknown
from reconciler.schema.resource_type import ResourceType

SIMPLE = frozenset({str, bool, int, type(None), Fraction})


class Arguments:
    """`raw` holds plain values by name, UNKNOWN for what is not known yet; `broken` says that a
    mistake was found, which is in the collector by then.
    """

    def __init__(self, sight: Sight, block: ResourceBlock, address: Address, scope: Scope) -> None:
        self.raw: dict[str, object] = {}
        self.sensitive: set[str] = set()
        self.broken = False
        self._wrong: set[str] = set()
        self._sight = sight
        self._block = block
        self._address = address
        self._scope = scope

    def of(self, rtype: ResourceType) -> "Arguments":
        """Itself, with everything evaluated."""
        for name, argument in self._block.arguments.items():
            try:
                value = self._sight.program(argument.expr)(self._scope)
            except ReconcilerError as failure:
                self._add(failure)
                self.raw[name] = UNKNOWN
            else:
                self._take(name, value, rtype)
        return self

    def _take(self, name: str, value: Value, rtype: ResourceType) -> None:
        if _takes_any(rtype, name):
            self.raw[name] = self._frozen(name, value)
        elif type(value) in SIMPLE:
            self.raw[name] = value
            return
        else:
            self.raw[name] = _plain(value)
        found = marks(value)
        if SENSITIVE in found:
            self.sensitive.add(name)
        if EPHEMERAL in found and not _is_write_only(rtype, name):
            self.report(
                "ephemeral-value",
                "Ephemeral value in a remembered argument",
                name,
                f"The value of {name} is ephemeral: it exists during this run only, while {name} "
                "is kept in state. Use it for write-only arguments alone.",
            )

    def _frozen(self, name: str, value: Value) -> Anything | None:
        try:
            return frozen(value)
        except ValueError:
            self.report(
                "infinite-number",
                "Number without end",
                name,
                f"The value of {name} holds an infinite number, which cannot be kept in state. Look "
                "for a division by zero.",
            )
            return None

    def report(
        self, code: str, summary: str, name: str, detail: str, element: int | None = None, /
    ) -> None:
        """Takes a mistake in the argument `name`, placed at the element where it is written out."""
        self._wrong.add(name)
        argument = self._block.arguments.get(name)
        span = _place(argument.expr, element) if argument else self._block.header
        self._add(ReconcilerError(error(code, summary, detail, span)))

    def doubtful(self, rtype: ResourceType) -> dict[str, Unknown]:
        """UNKNOWN for each attribute that a mistake was reported of: nothing follows from it."""
        meant = {shorthand.name: shorthand.attribute for shorthand in rtype.shorthands}
        return {meant.get(name, name): UNKNOWN for name in self._wrong}

    def _add(self, failure: ReconcilerError) -> None:
        found = within(failure.diagnostics, context_of(self._block), self._address)
        self._sight.problems.extend(found)
        self.broken = True


def _plain(value: Value) -> object:
    """What is known of a value: of a list each element that is, of anything else all or nothing."""
    if is_known(value):
        return plain(value)
    bare = unmark(value)
    items = bare.items if isinstance(bare, List) else bare
    return [_plain(item) for item in items] if isinstance(items, tuple) else UNKNOWN


def _place(expr: Expr, element: int | None) -> Span:
    while isinstance(expr, Parens):
        expr = expr.inner
    if isinstance(expr, Tuple) and element is not None:
        return expr.items[element].span
    return expr.span


def _takes_any(rtype: ResourceType, name: str) -> bool:
    attribute = rtype.by_name.get(name)
    return attribute is not None and attribute.kind.is_any


def _is_write_only(rtype: ResourceType, name: str) -> bool:
    attribute = rtype.by_name.get(name)
    return attribute is not None and attribute.write_only
