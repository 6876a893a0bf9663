"""State in Terraform's JSON format 1.0; modules nest as they do there."""

from collections.abc import Iterable, Mapping

from reconciler import __version__
from reconciler.model.address import Address
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, InstanceStatus, Output, State
from reconciler.model.values import Values
from reconciler.views import exact
from reconciler.views.exposed import Json, flags, values
from reconciler.views.hcl import Types
from reconciler.views.json_address import entry, module_of
from reconciler.views.json_text import line
from reconciler.views.version import FOLLOWS


@dataclass(frozen=True, slots=True)
class Item:
    """One object of a picture of the world."""

    address: Address
    values: Values
    sensitive: frozenset[str] = frozenset()
    dependencies: tuple[Address, ...] = ()
    tainted: bool = False
    deposed: str = ""


def text(state: State, types: Types) -> str:
    """The answer of `show -json`; an absent state has no `values`."""
    return line(document(state, types))


def document(state: State, types: Types) -> Json:
    head = header()
    if not (state.lineage or state.instances or state.outputs):
        return head
    return {**head, "values": picture(map(item, state.instances), state.outputs, types)}


def item(row: Instance) -> Item:
    tainted = row.status is InstanceStatus.TAINTED
    return Item(row.address, row.values, row.sensitive, row.dependencies, tainted, row.deposed)


def header() -> Json:
    return {
        "format_version": "1.0",
        "terraform_version": FOLLOWS,
        "reconciler_version": __version__,
    }


def picture(items: Iterable[Item], outputs: Mapping[str, Output], types: Types) -> Json:
    """`outputs` and `root_module`, sorted by address."""
    return {
        **({"outputs": {n: output(o) for n, o in sorted(outputs.items())}} if outputs else {}),
        "root_module": modules(items, types),
    }


def output(given: Output) -> Json:
    return {"sensitive": given.sensitive, "value": exact.value(given), "type": given.type}


def modules(items: Iterable[Item], types: Types) -> Json:
    """The root module, with `child_modules` in it down to the deepest."""
    root: Json = {}
    made: dict[str, Json] = {"": root}
    for item in sorted(items, key=lambda i: (i.address.sort_key, i.deposed)):
        home = _module(item.address, made)
        resources = home.setdefault("resources", [])
        assert isinstance(resources, list)
        resources.append(_resource(item, types))
    return root


def _module(address: Address, made: dict[str, Json]) -> Json:
    """The entry of the module that holds `address`, made with its parents at first need."""
    name = module_of(address)
    if name not in made:
        made[name] = {"address": name}
        *above, (call, _) = address.module
        parent = _module(Address("", call, None, tuple(above)), made)
        children = parent.setdefault("child_modules", [])
        assert isinstance(children, list)
        children.append(made[name])
    return made[name]


def _resource(item: Item, types: Types) -> Json:
    kind = item.address.type
    used = sorted(map(str, item.dependencies))
    return {
        **entry(item.address),
        "schema_version": 0,
        "values": values(item.values, kind, types),
        "sensitive_values": flags(item.sensitive, item.values, kind, types),
        **({"depends_on": used} if used else {}),
        **({"tainted": True} if item.tainted else {}),
        **({"deposed_key": item.deposed} if item.deposed else {}),
    }
