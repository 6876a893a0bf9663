"""How the arguments of objects that are always there are declared: what nobody writes is left."""

from collections.abc import Mapping
from dataclasses import replace

from reconciler.model.platform import Platform
from reconciler.model.values import Canonical, Values
from reconciler.schema.attribute import Attribute, Default
from reconciler.schema.declare import argument, kept
from reconciler.schema.kind import Kind, Raw
from reconciler.schema.kinds.nullable import nullable

AS_IT_IS = "left as it is"


def left(
    name: str, parameter: str, kind: Kind, doc: str, at_first: Raw = None, on_edge: Raw = None
) -> Attribute:
    """An argument that is left as it is unless it is written. `at_first` is the documented value
    of a fresh server in any spelling, `on_edge` that of an Edge Transport server where it differs.
    """
    declared = argument(name, parameter, kind, doc)
    if at_first is None:
        return kept(declared, AS_IT_IS)
    value = kind.parse(at_first)
    shown = f"{AS_IT_IS}; at first `{kind.show(value)}`"
    if on_edge is None:
        return kept(declared, shown, at_first=value)
    other = kind.parse(on_edge)
    found = kept(declared, f"{shown} (Edge: `{kind.show(other)}`)", at_first=value)
    return replace(found, default=_by_role(value, other))


def clearable(name: str, parameter: str, kind: Kind, doc: str, *words: str) -> Attribute:
    """An argument that can be none, which users say as the cmdlets do; so do `words`."""
    return left(name, parameter, nullable(kind, *words), f'{doc} `"$null"` is none.')


def by_version(attribute: Attribute, older: Mapping[str, Raw]) -> Attribute:
    """`attribute`, whose value at first is another one on the versions that `older` names."""
    kind, usual = attribute.kind, attribute.default
    others = {version: kind.parse(raw) for version, raw in older.items()}

    def choose(values: Values, platform: Platform) -> Canonical:
        if platform.version in others:
            return others[platform.version]
        return usual(values, platform) if usual else None

    told = ", ".join(f"{version}: `{kind.show(value)}`" for version, value in others.items())
    return replace(attribute, default=choose, default_doc=f"{attribute.default_doc} ({told})")


def _by_role(usual: Canonical, on_edge: Canonical) -> Default:
    def choose(_values: Values, platform: Platform) -> Canonical:
        return on_edge if platform.role == "edge" else usual

    return choose


def installed(name: str, parameter: str, kind: Kind, doc: str, below: str) -> Attribute:
    """A folder that setup chooses `below` the folder of Exchange, which only the server knows."""
    return kept(
        argument(name, parameter, nullable(kind), f'{doc} `"$null"` is none.'),
        f"{AS_IT_IS}; at first `%ExchangeInstallPath%{below}`",
    )
