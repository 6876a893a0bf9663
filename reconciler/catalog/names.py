"""That no two objects of a type have one name: a rule that many types share."""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.schema.rule import Finding, Fleet, FleetRule, Level


def _twice(fleet: Fleet, others: Fleet, _platform: Platform) -> Iterator[tuple[int, Finding]]:
    first = {
        name.casefold(): label
        for label, values in others
        if isinstance(name := values.get("name"), str)
    }
    for index, (label, values) in enumerate(fleet):
        name = values.get("name")
        if not isinstance(name, str):
            continue
        other = first.setdefault(name.casefold(), label)
        if other is not label:
            detail = (
                f"{other} has the same name, and Exchange tells names apart by their letters only, "
                "not by their case. Give one of the two another name."
            )
            yield index, Finding("name", detail)


def unique_names(number: str) -> FleetRule:
    """The rule, under the number that it has for a type."""
    return FleetRule(number, Level.E, "duplicate-name", "Name used twice", _twice)
