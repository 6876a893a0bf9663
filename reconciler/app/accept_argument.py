"""One argument in the text of its file, made to say what Exchange has."""

from collections.abc import Iterator, Mapping, Sequence

from reconciler.app import accept_refusals as refusals
from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.origin import origin
from reconciler.config.sources import FETCHED
from reconciler.lang.constants import constant
from reconciler.lang.edit import argument, elements, heredoc
from reconciler.lang.edit.literal import is_literal
from reconciler.lang.parse import parse
from reconciler.lang.syntax import Argument, Block, Expr, Tuple
from reconciler.lang.value import plain
from reconciler.model.diagnostic import Collector, ReconcilerError
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.model.values import Canonical
from reconciler.schema.attribute import Attribute
from reconciler.schema.difference import same
from reconciler.schema.kind import KindError
from reconciler.schema.spelled import element, spelled


@dataclass(frozen=True, slots=True)
class Wish:
    """`attribute` of `block` is to be `value`; `order` is that of the arguments of its type."""

    block: ResourceBlock
    attribute: Attribute
    value: Canonical
    order: Sequence[str]

    @property
    def written(self) -> Argument | None:
        return self.block.arguments.get(self.attribute.name)

    @property
    def place(self) -> Span:
        return self.written.span if self.written else self.block.header


@dataclass(frozen=True, slots=True)
class Edited:
    """The `text` of the file `path` with the argument, as it is read out of it."""

    path: str
    text: str
    argument: Argument


def edited(wish: Wish, project: Configuration, texts: Mapping[str, str]) -> Edited:
    """Raises ReconcilerError where the value is not written out in a file that may be edited."""
    name, said = wish.attribute.name, spelled(wish.attribute.kind, wish.value)
    written, path = wish.written, wish.place.path
    why = _protected(path)
    if why:
        raise ReconcilerError(refusals.unwritable(name, said, why, wish.place))
    if written is not None and not is_literal(written.expr):
        found = origin(project, wish.block, written.expr)
        raise ReconcilerError(refusals.elsewhere(name, said, found))
    for text in _candidates(wish, texts[path], path):
        found_again = _found(wish.block, text, path, name)
        if found_again is not None and _means(wish, found_again.expr):
            return Edited(path, text, found_again)
    raise ReconcilerError(refusals.unwritable(name, said, "could not be edited", wish.place))


def _protected(path: str) -> str:
    if path.endswith(".json"):
        return "is JSON"
    if path.startswith(f"{FETCHED}/"):
        return "belongs to a module that was fetched"
    return "stands outside of the project" if path.startswith(("..", "/")) else ""


def _block(block: ResourceBlock, text: str, path: str) -> Block | None:
    """The block as it stands in the text, where labels are unique."""
    problems = Collector()
    body = parse(text, path, problems)
    labels = ("resource", (block.type, block.name))
    found = (one for one in body.blocks if (one.type, one.labels) == labels)
    return None if problems.found else next(found, None)


def _found(block: ResourceBlock, text: str, path: str, name: str) -> Argument | None:
    found = _block(block, text, path)
    there = found.body.arguments if found else ()
    return next((one for one in there if one.name == name), None)


def _candidates(wish: Wish, text: str, path: str) -> Iterator[str]:
    """The text in several ways, the one that changes least first."""
    block, name = _block(wish.block, text, path), wish.attribute.name
    if block is None:
        return
    new = spelled(wish.attribute.kind, wish.value)
    written = next((one for one in block.body.arguments if one.name == name), None)
    if written is None:
        yield argument.inserted(text, block, name, new, wish.order)
        return
    yield from _gentle(wish, text, written.expr)
    yield argument.replaced(text, written.expr, new)


def _gentle(wish: Wish, text: str, expr: Expr) -> Iterator[str]:
    """A list keeps its other elements, and a heredoc stays one."""
    value = wish.value
    if isinstance(expr, Tuple) and isinstance(value, tuple) and wish.attribute.kind.is_set:
        yield _list(wish, text, expr, tuple(map(str, value)))
    if isinstance(value, str):
        source = argument.source(text, expr)
        again = heredoc.rewritten(source, value) if source.startswith("<<") else None
        if again is not None:
            yield argument.replaced(text, expr, again)


def _list(wish: Wish, text: str, given: Tuple, value: tuple[str, ...]) -> str:
    kind = wish.attribute.kind
    folded = {_folded(wish, (item,)): item for item in value}
    held = [_items(wish, item) for item in given.items]
    drop = [n for n, item in enumerate(held) if item is None or item not in folded]
    add = [element(kind, item) for fold, item in folded.items() if fold not in held]
    return elements.edited(text, given, drop, add)


def _items(wish: Wish, item: Expr) -> Canonical:
    """What one element of the list means, to compare by; None where it means nothing alone."""
    try:
        found = wish.attribute.kind.parse([plain(constant(item, "An element"))])
    except (KindError, ReconcilerError, ValueError):
        return None
    return _folded(wish, found)


def _folded(wish: Wish, value: Canonical) -> Canonical:
    fold = wish.attribute.kind.fold
    return value if fold is None else fold(value)


def _means(wish: Wish, expr: Expr) -> bool:
    """Whether the expression, which holds no names, is the value; null may be any default."""
    try:
        given = plain(constant(expr, "A value"))
        if given is None or given == "":
            return wish.value is None or same(wish.attribute.kind, None, wish.value)
        return same(wish.attribute.kind, wish.attribute.kind.parse(given), wish.value)
    except (KindError, ReconcilerError, ValueError):
        return False
