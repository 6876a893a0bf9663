"""What is remembered, for people: a list of addresses, or each object as HCL would write it."""

from collections.abc import Iterable

from reconciler.model.state import Instance, InstanceStatus, State
from reconciler.views import outputs
from reconciler.views.block import standing
from reconciler.views.hcl import Types, quoted
from reconciler.views.text import clean


def listing(instances: Iterable[Instance]) -> str:
    """One address a line, sorted; left-overs of replacements carry their key."""
    return "".join(f"{_name(instance)}\n" for instance in ordered(instances))


def ordered(instances: Iterable[Instance]) -> list[Instance]:
    return sorted(instances, key=lambda i: (i.address.sort_key, i.deposed))


def _name(instance: Instance) -> str:
    left_over = f" (left-over {clean(instance.deposed)})" if instance.deposed else ""
    return f"{clean(str(instance.address))}{left_over}"


def one(instance: Instance, types: Types) -> str:
    """One object as a resource block; sensitive values and passwords masked."""
    address = instance.address
    tainted = " (tainted)" if instance.status is InstanceStatus.TAINTED else ""
    rows = standing(instance.values, instance.sensitive, types.get(address.type))
    header = f"resource {quoted(address.type)} {quoted(address.name)} {{"
    return "\n".join((f"# {_name(instance)}:{tainted}", header, *rows, "}", ""))


def text(state: State, types: Types) -> str:
    """Every object, then the outputs."""
    if not (state.instances or state.outputs):
        return "The state is empty: nothing has been applied yet.\n"
    parts = [one(instance, types) for instance in ordered(state.instances)]
    values = outputs.values(state.outputs)
    return "\n".join([*parts, f"Outputs:\n\n{values}"] if values else parts)
