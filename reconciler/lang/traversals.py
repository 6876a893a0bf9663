"""Names, and what hangs on them: `var.x`, `a.b[0].c`; resolved from the root outwards."""

from collections.abc import Callable

from reconciler.lang import access
from reconciler.lang.code import Build, Code, Program, fold
from reconciler.lang.core import Value
from reconciler.lang.fault import located
from reconciler.lang.scope import Namespace, Root, Scope
from reconciler.lang.syntax import (
    Expr,
    GetAttr,
    Index,
    Name,
)
from reconciler.lang.trouble import Fault

Finder = Callable[[Scope], Root]


def _find_name(node: Name) -> Finder:
    name = node.name

    def find(scope: Scope) -> Root:
        try:
            return scope.find(name)
        except KeyError:
            fault = Fault(
                "unknown-name",
                "Unknown name",
                f'There is nothing named "{name}" here.',
                wrong=name,
                candidates=scope.all_names,
            )
            raise located(fault, node, node, scope) from None

    return find


def _find_attribute(node: GetAttr, base: Finder) -> Finder:
    name = node.name

    def find(scope: Scope) -> Root:
        found = base(scope)
        try:
            return access.attribute(found, name)
        except Fault as fault:
            raise located(fault, node, node.of, scope) from None

    return find


def _find_element(node: Index, base: Finder, key: Program) -> Finder:
    def find(scope: Scope) -> Root:
        found = base(scope)
        try:
            return access.entry(found, key(scope))
        except Fault as fault:
            raise located(fault, node, node, scope) from None

    return find


def build_traversal(node: Name | GetAttr | Index, build: Build) -> Code:
    """A chain of names and indexes, however long: from its root outwards, without recursion."""
    steps: list[GetAttr | Index] = []
    start: Expr = node
    while isinstance(start, GetAttr | Index):
        steps.append(start)
        start = start.of
    codes: list[Code] = []
    if isinstance(start, Name):
        find = _find_name(start)
    else:
        codes.append(build(start))
        find = codes[0].run
    for step in reversed(steps):
        if isinstance(step, Index):
            key = build(step.key)
            codes.append(key)
            find = _find_element(step, find, key.run)
        else:
            find = _find_attribute(step, find)
    if isinstance(start, Name):
        names = [step.name for step in reversed(steps) if isinstance(step, GetAttr)]
        quick = len(names) == len(steps) > 0
        codes = [Code(find)]  # type: ignore[arg-type]  # never constant, whatever it finds
        find = _find_quickly(start.name, names, find) if quick else find
    return _settled(find, codes)


def _find_quickly(root: str, names: list[str], slowly: Finder) -> Finder:
    """Through objects in one go; whatever else there is on the way is left to `slowly`."""

    def find(scope: Scope) -> Root:
        try:
            found = scope.find(root)
            for name in names:
                if type(found) is not dict:
                    return slowly(scope)
                found = found[name]
        except KeyError:
            return slowly(scope)
        return found

    return find


def _settled(find: Finder, codes: list[Code]) -> Code:
    def run(scope: Scope) -> Value:
        found = find(scope)
        return found.whole() if isinstance(found, Namespace) else found

    return fold(run, codes)
