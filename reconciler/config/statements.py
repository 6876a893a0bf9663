"""From moved blocks to statements: the keys worked out by whoever can."""

from collections.abc import Callable
from dataclasses import replace

from reconciler.config.blocks import MovedBlock
from reconciler.config.movement import Match, Pattern, Statement, Step, Whole
from reconciler.config.written import MODULE, Part, Written, constant
from reconciler.lang.syntax import Expr
from reconciler.model.address import Key, ModulePath

KeyOf = Callable[[Expr], Key]
"""What a key that is not written out is worth."""


def statement(within: tuple[str, ...], block: MovedBlock, key_of: KeyOf) -> Statement:
    """Without a key on either side, all instances are meant; with one, those two instances."""
    whole = block.origin.parts[-1].key is None and block.to.parts[-1].key is None
    return Statement(
        within, _steps(block.origin, key_of, whole), _steps(block.to, key_of, whole), block.span
    )


def written_out(expr: Expr) -> Key:
    """For blocks without for_each, whose keys need no working out."""
    raise AssertionError(f"{expr} is no key. This is a bug in reconciler.")


def inside(path: ModulePath, one: Statement) -> Statement:
    """The same for one instance of a module alone."""
    around = tuple((MODULE, name, key) for name, key in path)
    return replace(one, origin=(*around, *one.origin), to=(*around, *one.to))


def _steps(given: Written, key_of: KeyOf, whole: bool) -> tuple[Step, ...]:  # noqa: FBT001 (a fact)
    *outer, last = given.parts
    found = [(one.kind, one.name, _match(one, key_of)) for one in outer]
    match: Match = Whole.KEYS if whole else _match(last, key_of)
    return (*found, (last.kind, last.name, match))


def _match(part: Part, key_of: KeyOf) -> Match:
    """Only keys that are written out may be patterns: one that is worked out is what it is."""
    if part.key is None:
        return None
    key = constant(part.key)
    if key is None:
        return key_of(part.key)
    return Pattern(key) if isinstance(key, str) and "*" in key else key
