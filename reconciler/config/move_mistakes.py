"""Moves that contradict themselves or each other, whatever there is in state."""

from collections.abc import Iterable, Iterator

from reconciler.config.movement import Guide, Match, Pattern, Statement, Step, shown
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.span import Span


def mistakes(statements: Iterable[Statement]) -> Iterator[Diagnostic]:
    """Moves to nowhere, moves that contradict each other, rings."""
    statements = tuple(statements)
    origins: dict[object, Statement] = {}
    targets: dict[object, Statement] = {}
    for one in statements:
        if one.origin == one.to:
            yield _idle(one)
            continue
        first = origins.setdefault((one.within, one.origin), one)
        if first.to != one.to:
            yield _two_targets(first, one)
        first = targets.setdefault((one.within, one.to), one)
        if first.origin != one.origin and not _is_pattern(one.to):
            yield _two_origins(first, one)
    yield from _rings(statements)


def _is_pattern(steps: Iterable[Step]) -> bool:
    return any(isinstance(key, Pattern) for *_, key in steps)


def _rings(statements: Iterable[Statement]) -> Iterator[Diagnostic]:
    """Each ring once, told at its first statement."""
    guide, done = Guide(one for one in statements if one.origin != one.to), set[int]()
    for one in guide.statements:
        found = ring(guide, one)
        if found and not done & {id(each) for each in found}:
            yield cycle(found)
        done.update(map(id, found))


def ring(guide: Guide, start: Statement) -> tuple[Statement, ...]:
    """The statements that lead from where `start` goes to `start` again; none where they end."""
    way: list[Statement] = []
    steps: tuple[Step, ...] = (*((("module", name, None)) for name in start.within), *start.to)
    steps = tuple((kind, name, _sample(key)) for kind, name, key in steps)
    while (led := guide.step(steps)) is not None:
        one, steps = led
        if one is start:
            return (start, *way)
        if any(one is each for each in way):
            return ()
        way.append(one)
    return ()


def _sample(key: Match) -> Match:
    return key.text if isinstance(key, Pattern) else key


def _idle(one: Statement) -> Diagnostic:
    return error(
        "move-to-itself",
        "Move to the same address",
        f"This block moves {shown(one.origin)} to where it is. Take it out.",
        one.span,
    )


def _at(span: Span) -> str:
    return f"{span.path} line {span.line}"


def _two_targets(first: Statement, again: Statement) -> Diagnostic:
    return error(
        "ambiguous-move",
        "Two moves from one address",
        f"{_at(first.span)} moves {shown(first.origin)} to {shown(first.to)}, and this block moves it to"
        f" {shown(again.to)}. It can have one new address only. Take one of the blocks out.",
        again.span,
    )


def _two_origins(first: Statement, again: Statement) -> Diagnostic:
    return error(
        "ambiguous-move",
        "Two moves to one address",
        f"{_at(first.span)} moves {shown(first.origin)} to {shown(first.to)}, and this block moves"
        f" {shown(again.origin)} there. An address belongs to one object. Take one of the blocks out.",
        again.span,
    )


def cycle(statements: Iterable[Statement]) -> Diagnostic:
    statements = tuple(statements)
    ways = "\n".join(
        f"  {shown(one.origin)} to {shown(one.to)} ({_at(one.span)})" for one in statements
    )
    return error(
        "move-cycle",
        "Moves in a ring",
        f"These moves lead to where they begin, so that there is no address to end at:\n{ways}\n"
        "Take one of them out. Where two objects are to change places, change their values"
        " instead; where keys get other names, list them with for_each.",
        statements[0].span,
    )
