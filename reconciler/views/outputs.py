"""Outputs as people read them, and how a plan changes them."""

from collections.abc import Iterable, Mapping

from reconciler.model.plan import Action, OutputChange
from reconciler.model.state import Output
from reconciler.views import exact
from reconciler.views.hcl import KNOWN_LATER, SENSITIVE, lines, name_of

_SIGNS = {Action.CREATE: "+", Action.DELETE: "-", Action.UPDATE: "~"}


def values(outputs: Mapping[str, Output]) -> str:
    """`name = value` for each, sorted; sensitive ones masked; "" for none."""
    return "".join(f"{name} = {_masked(outputs[name])}\n" for name in sorted(outputs))


def _masked(output: Output) -> str:
    return "<sensitive>" if output.sensitive else "\n".join(lines(exact.value(output)))


def changes(outputs: Iterable[OutputChange]) -> list[str]:
    """The lines of a plan's "Changes to Outputs", sorted by name."""
    changed = sorted((o for o in outputs if o.action in _SIGNS), key=lambda o: o.name)
    width = max((len(name_of(o.name)) for o in changed), default=0)
    return [line for change in changed for line in _change(change, width)]


def _change(change: OutputChange, width: int) -> list[str]:
    sign = _SIGNS[change.action]
    first, *rest = _difference(change, sign)
    return [
        f"  {sign} {name_of(change.name).ljust(width)} = {first}",
        *(f"    {line}" for line in rest),
    ]


def _difference(change: OutputChange, sign: str) -> list[str]:
    before, after = change.before, change.after
    if (before and before.sensitive) or (after and after.sensitive):
        return [f"{SENSITIVE} -> null" if sign == "-" else SENSITIVE]
    old = lines(exact.value(before)) if before else []
    new = (
        lines(exact.value(after))
        if change.known and after
        else []
        if change.known
        else [KNOWN_LATER]
    )
    if sign == "+":
        return new or [KNOWN_LATER]
    return _joined(old or ["null"], new or ["null"])


def _joined(old: list[str], new: list[str]) -> list[str]:
    return [*old[:-1], f"{old[-1]} -> {new[0]}", *new[1:]]
