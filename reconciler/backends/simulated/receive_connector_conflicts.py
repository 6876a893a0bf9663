"""When two receive connectors of one server cannot be, and which accepted domains there are.

Compares the changed one with every other of its server, two at a time.
"""

import ipaddress
import json
from collections.abc import Iterator

from reconciler.backends.simulated import accepted_domain
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.identity import bearers
from reconciler.backends.simulated.noun import Properties
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows
from reconciler.backends.simulated.world import World

_WEIGHED = ("Bindings", "RemoteIPRanges", "TransportRole")
Span = tuple[int, int, int]
"""Version, first and last address."""


def judge(rows: Rows, before: Properties | None, after: Properties | None, world: World) -> None:
    if after is None:
        return
    _need_server(after["Server"], world)
    if before is not None and all(before.get(n) == after.get(n) for n in _WEIGHED):
        return
    for other in _neighbours(rows, after):
        _compare(after, other)


def _need_server(server: Property, world: World) -> None:
    """What an Edge Transport server has is its own business, subscribed or not."""
    edges = [one.name for one in world.organisation.edges]
    if world.platform.role != "edge" and server in edges:
        raise refusal(
            "value-refused",
            f'Receive connectors of the Edge Transport server "{server}" are made on it alone.',
        )


def resolve(rows: Rows, given: Properties, world: World) -> Properties:
    """The accepted domain by its name, whatever it was called."""
    domain = given.get("DefaultDomain")
    if not domain:
        return given
    found = bearers(rows, accepted_domain.NOUN, str(domain), world)
    if not found:
        raise refusal("default-domain-unknown", f'There is no accepted domain "{domain}".')
    return {**given, "DefaultDomain": found[0].name}


def _neighbours(rows: Rows, connector: Properties) -> Iterator[Properties]:
    for stored in rows.below("ReceiveConnector", f"{connector['Server']}\\"):
        if stored.guid != connector["Guid"]:
            yield json.loads(stored.properties)


def _texts(value: Property) -> list[str]:
    return value if isinstance(value, list) else []


def _compare(one: Properties, other: Properties) -> None:
    if one.get("TransportRole") != other.get("TransportRole"):
        if any(_meet(a, b) for a in _texts(one["Bindings"]) for b in _texts(other["Bindings"])):
            raise refusal("role-conflict", _conflict(other, " Receive connectors assigned to "
            "different Transport roles on a single server must listen on unique local IP address "
            "& port bindings."))  # fmt: skip
    elif set(_texts(one["Bindings"])) & set(_texts(other["Bindings"])):
        for first in map(_span, _texts(one["RemoteIPRanges"])):
            for second in map(_span, _texts(other["RemoteIPRanges"])):
                if _is_in_the_way(first, second):
                    raise refusal("range-conflict", _conflict(other, ""))


def _conflict(other: Properties, more: str) -> str:
    return (
        "The values that you specified for the Bindings and RemoteIPRanges parameters conflict "
        f'with the settings on Receive connector "{other["Identity"]}".{more}'
    )


def _meet(one: str, other: str) -> bool:
    (address, _, port), (second, _, another) = one.rpartition(":"), other.rpartition(":")
    same_version = address.startswith("[") == second.startswith("[")
    return (
        port == another
        and same_version
        and (address == second or not {"0.0.0.0", "[::]"}.isdisjoint((address, second)))  # noqa: S104 (nothing is bound)
    )


def _span(text: str) -> Span:
    first, _, last = text.partition("-")
    low, high = (ipaddress.ip_address(end) for end in (first, last or first))
    return low.version, int(low), int(high)


def _is_in_the_way(one: Span, other: Span) -> bool:
    """The same, or half in each other; one wholly inside the other may be."""
    if one == other:
        return True
    if one[0] != other[0] or one[2] < other[1] or other[2] < one[1]:
        return False
    inside = one[1] >= other[1] and one[2] <= other[2]
    return not inside and not (other[1] >= one[1] and other[2] <= one[2])
