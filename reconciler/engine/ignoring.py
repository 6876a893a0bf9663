"""ignore_changes of a part of a value: that part stays as it was, the rest follows the files."""

from collections.abc import Mapping, Sequence

from reconciler.engine.freezing import frozen, thawed
from reconciler.lang.core import strip
from reconciler.lang.value import List, Map, Value, make_map, make_object, with_marks
from reconciler.model.anything import Anything, Path
from reconciler.model.values import Canonical, Values


def kept(wanted: Values, prior: Values, parts: Sequence[tuple[str, Path]]) -> Values:
    """`wanted` with those parts as in `prior` that both have. `parts` are arguments, and the way
    to a part of each.
    """
    found: dict[str, Canonical] = dict(wanted)
    for name, path in parts:
        value, before = found.get(name), prior.get(name)
        if isinstance(value, Anything) and isinstance(before, Anything):
            found[name] = frozen(_kept(thawed(value), thawed(before), path))
    return found


def _kept(wanted: Value, prior: Value, path: Path) -> Value:
    (value, marks), (before, _) = strip(wanted), strip(prior)
    return with_marks(_inside(value, before, path), marks)


def _inside(wanted: Value, prior: Value, path: Path) -> Value:
    step, rest = path[0], path[1:]
    match wanted, prior:
        case dict(), dict() if step in wanted and step in prior:
            return make_object({**wanted, str(step): _part(wanted, prior, step, rest)})
        case Map(), Map() if wanted.element == prior.element:
            return make_map(wanted.element, _of_map(wanted.items, prior.items, str(step), rest))
        case tuple(), tuple():
            return _of_items(wanted, prior, step, rest)
        case List(), List() if wanted.element == prior.element:
            return List(wanted.element, _of_items(wanted.items, prior.items, step, rest))
        case _:
            return wanted


def _part(
    wanted: Mapping[str, Value], prior: Mapping[str, Value], step: str | int, rest: Path
) -> Value:
    before = prior[str(step)]
    return _kept(wanted[str(step)], before, rest) if rest else before


def _of_map(
    wanted: Mapping[str, Value], prior: Mapping[str, Value], key: str, rest: Path
) -> dict[str, Value]:
    """A key may come and go: whether it is there counts as its value."""
    others = {name: item for name, item in wanted.items() if name != key}
    if key in prior and (key in wanted or not rest):
        return {**others, key: _part({key: None, **wanted}, prior, key, rest)}
    return dict(wanted) if rest else others


def _of_items(
    wanted: tuple[Value, ...], prior: tuple[Value, ...], step: str | int, rest: Path
) -> tuple[Value, ...]:
    if not isinstance(step, int) or not step < min(len(wanted), len(prior)):
        return wanted
    item = _kept(wanted[step], prior[step], rest) if rest else prior[step]
    return (*wanted[:step], item, *wanted[step + 1 :])
