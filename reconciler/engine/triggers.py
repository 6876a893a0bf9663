"""What `replace_triggered_by` watches, and whether that changes in a plan."""

from collections.abc import Iterator, Mapping
from itertools import takewhile

from reconciler.config.blocks import ResourceBlock
from reconciler.config.expand import repetition
from reconciler.engine.sight import Sight
from reconciler.lang.references import references
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Expr, GetAttr, Index, Name, Parens, Splat
from reconciler.lang.value import is_known, plain
from reconciler.model.address import Address, Key, ModulePath
from reconciler.model.anything import Anything, Path
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.plan import Action, Change
from reconciler.model.record import dataclass
from reconciler.model.values import is_open

_REPLACING = (Action.REPLACE, Action.CREATE_FIRST)


@dataclass(frozen=True, slots=True)
class _Watched:
    """Instances of `family`: the one with `key`, or all where it is None; of each the whole, or
    one `attribute`, or the part of its value that lies at `path`.
    """

    family: Address
    key: object
    attribute: str | None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a trigger stands, and the changes so far: by family, and in it by key."""

    sight: Sight
    scope: Scope
    module: ModulePath
    changes: Mapping[Address, Mapping[Key, Change]]


def triggered(at: Seen, expr: Expr) -> bool:
    """Whether what `expr` refers to is made anew, or changes, in this plan. Raises
    ReconcilerError.
    """
    return any(
        _changes(change, watched)
        for watched in _watched(at, expr)
        for key, change in at.changes.get(watched.family, {}).items()
        if watched.key in {None, key}
    )


def _changes(change: Change, watched: _Watched) -> bool:
    if change.action in _REPLACING:
        return True
    if change.action is not Action.UPDATE or watched.attribute is None:
        return change.action is Action.UPDATE
    before, after = ((side or {}).get(watched.attribute) for side in (change.before, change.after))
    if watched.attribute not in {difference.name for difference in change.differences}:
        return is_open(after)
    if isinstance(before, Anything) and isinstance(after, Anything):
        return before.part(watched.path) != after.part(watched.path)
    return True


def _watched(at: Seen, expr: Expr) -> Iterator[_Watched]:
    root, steps = _traversal(expr)
    if root is not None and steps and isinstance(steps[0], str):
        found = [(root, [_known(at, step) for step in steps])]
    else:
        found = [(r.root, list(r.steps)) for r in references(expr)]
    if not found:
        raise _no_resource(expr)
    for name, path in found:
        family = Address(name, str(path[0]), None, at.module) if path else None
        block = at.sight.block(family.block) if family else None
        if family is None or block is None:
            raise _no_resource(expr)
        yield _meant(family, block, path[1:])


def _meant(family: Address, block: ResourceBlock, path: list[object]) -> _Watched:
    """A repeated resource is followed by a key, any resource by an attribute."""
    key = path.pop(0) if path and repetition(block) else None
    attribute = path[0] if path and isinstance(path[0], str) else None
    return _Watched(family, key, attribute, _steps(path[1:]))


def _steps(path: list[object]) -> Path:
    """Down to a splat, which stands for everything there."""
    return tuple(
        step for step in takewhile(lambda s: s is not None, path) if isinstance(step, str | int)
    )


def _traversal(expr: Expr) -> tuple[str | None, list[str | Expr | None]]:
    """Root and steps of a plain traversal; a splat's step is None. Root None: no traversal."""
    steps: list[str | Expr | None] = []
    while not isinstance(expr, Name):
        match expr:
            case GetAttr(of=of, name=name):
                steps.append(name)
            case Index(of=of, key=key):
                steps.append(key)
            case Splat(of=of, each=each):
                steps += [*_traversal(each)[1], None]
            case Parens(inner=of):
                pass
            case _:
                return None, steps
        expr = of
    return expr.name, steps[::-1]


def _known(at: Seen, step: str | Expr | None) -> object:
    """The step as it stands; the value of a key."""
    if step is None or isinstance(step, str):
        return step
    value = at.sight.evaluate(step, at.scope)
    return plain(value) if is_known(value) else None


def _no_resource(expr: Expr) -> ReconcilerError:
    return ReconcilerError(
        error(
            "invalid-trigger",
            "Not a resource",
            "replace_triggered_by lists resources or their arguments, such as "
            "send_connector.internet or send_connector.internet.port.",
            expr.span,
        )
    )
