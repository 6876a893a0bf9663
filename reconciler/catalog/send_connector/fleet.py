"""What must hold among all send connectors."""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.schema.rule import Finding, Fleet, FleetRule, Level


def _unique_names(
    fleet: Fleet, _others: Fleet, _platform: Platform
) -> Iterator[tuple[int, Finding]]:
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


FLEET_RULES = (
    FleetRule(
        "R1",
        Level.E,
        "duplicate-name",
        "Name used twice",
        _unique_names,
    ),
)
