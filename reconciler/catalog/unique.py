"""That no two objects of a type share a name."""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.schema.rule import Finding, Fleet, FleetRule, Level


def _names(fleet: Fleet, others: Fleet, _platform: Platform) -> Iterator[tuple[int, Finding]]:
    theirs = {_folded(values.get("name")): label for label, values in others}
    ours: dict[str, str] = {}
    for index, (label, values) in enumerate(fleet):
        name = _folded(values.get("name"))
        if name and name in ours:
            yield index, Finding("name", f"{ours[name]} has the same name. {_CURE}")
        elif name and name in theirs:
            yield (
                index,
                Finding(
                    "name",
                    f"{theirs[name]} has the same name, and nobody manages it here. {_CURE} To take "
                    "over the one that is there, import it.",
                ),
            )
        ours.setdefault(name, label)


_CURE = (
    "Exchange tells names apart by their letters only, not by their case. Give one of the two "
    "another name."
)


def _folded(name: object) -> str:
    """Empty where the name is not known."""
    return name.casefold() if isinstance(name, str) else ""


def unique_names(rule: str) -> FleetRule:
    """Names are what objects are kept under in the directory."""
    return FleetRule(rule, Level.E, "duplicate-name", "Name used twice", _names)
