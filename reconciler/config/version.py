"""Version constraints such as `>= 0.1, < 2`, as Terraform writes them."""

import re
from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt, ne

Version = tuple[int, ...]

_CONSTRAINT = re.compile(r"\s*(=|!=|>=|<=|>|<|~>|)\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})\s*")
_OPERATORS: Mapping[str, Callable[[Version, Version], bool]] = {
    "": eq,
    "=": eq,
    "!=": ne,
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
}


def satisfies(version: str, constraint: str) -> bool:
    """Whether `version` meets every part of `constraint`. Raises ValueError where the latter is
    none.
    """
    ours = _padded(_numbers(version))
    met = [_meets(ours, part) for part in constraint.split(",")]
    return all(met)


def _meets(ours: Version, part: str) -> bool:
    found = _CONSTRAINT.fullmatch(part)
    if found is None:
        raise ValueError(f'"{part}" is no version constraint')
    operator, numbers = found[1], _numbers(found[2])
    if operator == "~>":
        # The last part that is written may grow: ~> 1.2 is below 2, ~> 1.2.3 below 1.3.
        kept = numbers[:-1]
        return ours >= _padded(numbers) and ours[: len(kept)] == kept
    return _OPERATORS[operator](ours, _padded(numbers))


def _numbers(text: str) -> Version:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _padded(numbers: Version) -> Version:
    return (*numbers, 0, 0, 0)[:3]
