"""Random estates: valid objects of every type in the catalog, in many spellings.

Values are the samples of the kinds; an argument is kept only where no rule minds. What samples
cannot give, because it must be unique or fit others, stands in UNIQUE.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from reconciler.catalog.index import types
from reconciler.model.platform import ONLINE, Platform
from reconciler.model.values import Values
from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.resource_type import Can, ResourceType
from reconciler.schema.rules import check

Group = tuple[object, ...]
"""Spellings of one value."""


def _edge_file(number: int) -> str:
    """What the n-th Edge server writes, in Base64."""
    return b64encode(f"<EdgeServerName>EDGE{number}</EdgeServerName>".encode()).decode("ascii")


UNIQUE: Mapping[tuple[str, str], Callable[[int], Group]] = {
    ("accepted_domain", "domain_name"): lambda n: (f"d{n}.example", f"D{n}.Example"),
    ("delivery_agent_connector", "address_spaces"): lambda n: (
        [f"MOBILE:m{n}.example;1"],
        [f"mobile:m{n}.example"],
    ),
    ("foreign_connector", "address_spaces"): lambda n: ([f"FAX:f{n};5"], [f"fax:f{n};5"]),
    ("edge_subscription", "file_data"): lambda n: (_edge_file(n), f" {_edge_file(n)}\n"),
    ("edge_subscription", "site"): lambda n: (
        f"Site{n}",
        f"x.example/Configuration/Sites/site{n}",
    ),
    ("receive_connector", "bindings"): lambda n: (
        [f"0.0.0.0:{10_000 + n}"],
        [f" 0.0.0.0:{10_000 + n}"],
    ),
    ("receive_connector", "remote_ip_ranges"): lambda _n: (
        ["10.0.0.0/8"],
        ["10.0.0.0-10.255.255.255"],
    ),
    ("receive_connector", "server"): lambda n: (
        (f"MBX{1 + n % 2 * 8}", f"mbx{1 + n % 2 * 8}", f"mbx{1 + n % 2 * 8}.contoso.com")
    ),
    ("send_connector", "address_spaces"): lambda n: (
        [f"s{n}.example", f"*.s{n}.example;5"],
        [f"smtp:*.S{n}.example;5", f"SMTP:s{n}.example;1"],
    ),
}
"""By type and argument: spellings of a value for the n-th object."""
NEVER = frozenset(
    {
        ("accepted_domain", "make_default"),
        ("receive_connector", "fqdn"),
    }
)
"""Arguments that only make sense with another object."""
PLATFORM = Platform()
CLOUD = Platform(ONLINE)


def makeable(platform: Platform = PLATFORM) -> tuple[ResourceType, ...]:
    """Every type whose objects can be made there without anything else."""
    return tuple(
        rtype
        for rtype in types().values()
        if rtype.noun
        and rtype.exists_on(platform)
        and Can.CREATE in rtype.can_on(platform)
        and not any(a.within for a in rtype.attributes)
    )


@dataclass(frozen=True)
class Thing:
    """One object: its arguments in all their spellings."""

    rtype: ResourceType
    label: str
    arguments: Mapping[str, Group]

    def block(self, random: Random | None = None) -> dict[str, object]:
        """A resource block as JSON has it; without `random` each first spelling."""
        return {
            name: _json(group[0] if random is None else random.choice(group))
            for name, group in self.arguments.items()
        }


def _json(raw: object) -> object:
    """A sample in JSON, where a string is a template."""
    match raw:
        case str():
            return raw.replace("${", "$${").replace("%{", "%%{")
        case Fraction():
            return float(raw)
        case list() | tuple():
            return [_json(item) for item in raw]
        case dict():
            return {key: _json(value) for key, value in raw.items()}
        case _:
            return raw


def estate(random: Random, size: int, platform: Platform = PLATFORM) -> tuple[Thing, ...]:
    """`size` objects of any mix of types."""
    kinds = makeable(platform)
    return tuple(thing(random, random.choice(kinds), n, platform) for n in range(size))


def thing(random: Random, rtype: ResourceType, number: int, platform: Platform) -> Thing:
    found = Thing(rtype, f"n{number}", {})
    wished = [a for a in rtype.attributes if _is_needed(rtype, a)]
    for attribute in wished:
        tries = (_with(found, attribute, random, number) for _ in range(40))
        found = min(tries, key=lambda one: len(mistakes(one, platform)))
    assert not mistakes(found, platform), (rtype.name, mistakes(found, platform))
    extra = [a for a in rtype.attributes if _is_free(rtype, a, platform)]
    for attribute in random.sample(extra, k=min(len(extra), random.randrange(8))):
        richer = _with(found, attribute, random, number)
        if not mistakes(richer, platform):
            found = richer
    return found


def changed(found: Thing, random: Random, number: int, platform: Platform) -> Thing:
    """The object with another value for one argument, or with a line less."""
    extra = [a for a in found.rtype.attributes if _is_free(found.rtype, a, platform)]
    attribute = random.choice(extra)
    other = _with(found, attribute, random, number)
    if attribute.name in found.arguments and random.random() < 0.5:
        left = {n: group for n, group in found.arguments.items() if n != attribute.name}
        other = replace(found, arguments=left)
    return found if mistakes(other, platform) else other


def spelt_out(found: Thing, random: Random, platform: Platform) -> Thing:
    """The same object with some of its defaults written out."""
    for attribute in found.rtype.attributes:
        optional = attribute.presence is Presence.OPTIONAL and attribute.exists_on(platform)
        left_out = attribute.name not in found.arguments and not attribute.kind.is_secret
        if optional and left_out and random.random() < 0.4:
            raw = {name: group[0] for name, group in found.arguments.items()}
            values = canonicalise(found.rtype, raw, platform, lambda *_: None)
            default = attribute.kind.expose(values[attribute.name])
            richer = replace(found, arguments={**found.arguments, attribute.name: (default,)})
            found = found if mistakes(richer, platform) else richer
    return found


def _is_needed(rtype: ResourceType, attribute: Attribute) -> bool:
    return (rtype.name, attribute.name) in UNIQUE or attribute.presence is Presence.REQUIRED


def _is_free(rtype: ResourceType, attribute: Attribute, platform: Platform) -> bool:
    return (
        attribute.presence in (Presence.OPTIONAL, Presence.KEPT)
        and bool(attribute.parameter)
        and attribute.exists_on(platform)
        and not attribute.kind.is_secret
        and not attribute.refers_to
        and not _is_needed(rtype, attribute)
        and (rtype.name, attribute.name) not in NEVER
    )


def _with(found: Thing, attribute: Attribute, random: Random, number: int) -> Thing:
    group = _group(found.rtype, attribute, random, number)
    return replace(found, arguments={**found.arguments, attribute.name: group})


def _group(rtype: ResourceType, attribute: Attribute, random: Random, number: int) -> Group:
    unique = UNIQUE.get((rtype.name, attribute.name))
    if unique is not None:
        return unique(number)
    if attribute.name == "name":
        return (f"{rtype.noun} {number}",)
    return _writable(random.choice(attribute.kind.alike))


def _writable(group: Sequence[object]) -> Group:
    """Null means that nothing is written."""
    return tuple(raw for raw in group if raw is not None)


def mistakes(found: Thing, platform: Platform) -> list[str]:
    """The codes of all that is wrong with one object by itself."""
    told: list[str] = []
    raw = {name: group[0] for name, group in found.arguments.items()}
    values = canonicalise(found.rtype, raw, platform, lambda code, *_: told.append(code))
    written = given(found.rtype, raw)
    broken = check(found.rtype, values, written, platform) if not told else ()
    told += ["creation-collides"] if _is_where_setup_is(found.rtype, values) else []
    return told + [rule.code for rule, _ in broken if rule.level.is_error]


def _is_where_setup_is(rtype: ResourceType, values: Values) -> bool:
    """The connectors that setup made on the first server leave no room for these usages."""
    is_bound = values.get("usage") in ("Client", "Internal")
    return rtype.name == "receive_connector" and is_bound and values["server"] == "MBX1"


def blocks(things: Sequence[Thing], random: Random | None = None) -> dict[str, object]:
    """The whole configuration, as JSON has it."""
    found: dict[str, dict[str, object]] = {}
    for one in things:
        found.setdefault(one.rtype.name, {})[one.label] = one.block(random)
    return {"resource": found}


def names(things: Sequence[Thing]) -> Iterator[str]:
    return (f"{one.rtype.name}.{one.label}" for one in things)
