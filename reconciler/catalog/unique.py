"""That no two objects of a type share a name. That the name is free in Exchange, planning sees to."""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.schema.rule import Finding, Fleet, FleetRule, Level


def unique_names(rule: str) -> FleetRule:
    """Names are what the directory keeps objects under."""
    return FleetRule(rule, Level.E, "duplicate-name", "Name used twice", _names)


def _names(fleet: Fleet, _others: Fleet, _platform: Platform) -> Iterator[tuple[int, Finding]]:
    first: dict[str, str] = {}
    for index, (label, values) in enumerate(fleet):
        name = values.get("name")
        if not isinstance(name, str):
            continue
        other = first.setdefault(name.casefold(), label)
        if other is not label:
            yield (
                index,
                Finding(
                    "name",
                    f"{other} has the same name, and Exchange tells names apart by their letters "
                    "only, not by their case. Give one of the two another name.",
                ),
            )
