"""Which instances an address or pattern on the command line means. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector, error

Chosen = Callable[[Address], bool]


def matcher(patterns: Sequence[str]) -> Callable[[Address], bool]:
    """Whether an address is one of `patterns`: itself, its block, its module, or by `*`."""
    compiled = [re.compile(_expression(pattern)) for pattern in patterns]

    def matches(address: Address) -> bool:
        return any(pattern.match(str(address)) for pattern in compiled)

    return matches


def _expression(pattern: str) -> str:
    parts = (re.escape(part) for part in pattern.split("*"))
    return ".*".join(parts) + r"(?=$|\[|\.)"


def known(
    option: str, patterns: Iterable[str], addresses: Iterable[Address], problems: Collector
) -> None:
    """Reports patterns that mean nothing that is declared or remembered."""
    there = tuple(addresses)
    for pattern in patterns:
        means = matcher((pattern,))
        if not any(means(address) or means(address.block) for address in there):
            problems.add(
                error(
                    "unknown-address",
                    f"No such resource for {option}",
                    f"{option}={pattern} names no resource instance in the configuration or in "
                    "state. See `reconciler state list` for the addresses there are.",
                )
            )


def selection(
    targets: Sequence[str],
    excludes: Sequence[str],
    uses: Mapping[Address, frozenset[Address]],
) -> Chosen:
    """The instances that a run may touch: the targets with all that they use, less what is
    excluded and all that uses it. `uses` gives for each block the blocks that it uses.
    """
    wanted = matcher(targets) if targets else None
    unwanted = matcher(excludes) if excludes else None
    needed = _closure({b for b in uses if wanted and _touches(wanted, b, targets)}, uses)
    users = _inverse(uses)
    barred = _closure({b for b in uses if unwanted and unwanted(b)}, users)

    def chosen(address: Address) -> bool:
        block = address.block
        asked = wanted is None or wanted(address) or block in needed
        refused = unwanted is not None and (unwanted(address) or block in barred)
        return asked and not refused

    return chosen


def _touches(wanted: Chosen, block: Address, targets: Sequence[str]) -> bool:
    """Whether a target means the block or an instance of it."""
    return wanted(block) or any(target.startswith(f"{block}[") for target in targets)


def _closure(
    start: set[Address], edges: Mapping[Address, frozenset[Address]]
) -> frozenset[Address]:
    """What `start` leads to, without `start` itself."""
    found: set[Address] = set()
    pending = [to for one in start for to in edges.get(one, ())]
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending.extend(edges.get(one, ()))
    return frozenset(found)


def _inverse(edges: Mapping[Address, frozenset[Address]]) -> Mapping[Address, frozenset[Address]]:
    found: dict[Address, set[Address]] = {}
    for one, others in edges.items():
        for other in others:
            found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}
