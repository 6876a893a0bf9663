"""Readers of values that name things: domains, hosts, servers, credentials, and lists of them.

As in `coerce`, each answers what a property bag shows and raises UnfitError with a sentence.
"""

import ipaddress
from collections.abc import Callable, Sequence

from reconciler.backends.command import Edit, Parameter
from reconciler.backends.simulated import mailnames
from reconciler.backends.simulated.coerce import Property, Reader
from reconciler.backends.simulated.refusal import UnfitError
from reconciler.backends.simulated.world import World
from reconciler.model.values import Secret


def named(grammar: Callable[[str], str]) -> Reader:
    """One text of a grammar; $null clears it."""

    def read(value: Parameter, _world: World) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise UnfitError("One text is expected.")
        return grammar(value)

    return read


def _all(parts: Sequence[str], one: Callable[[str, World], str], world: World) -> list[str]:
    return list({found.casefold(): found for found in (one(p, world) for p in parts)}.values())


def several(one: Callable[[str, World], str]) -> Reader:
    """A list without repetitions; $null empties it; `@{Add;Remove}` stays a change."""

    def read(value: Parameter, world: World) -> list[str] | Edit:
        match value:
            case None:
                return []
            case str():
                return [one(value, world)]
            case tuple() | list():
                return _all(value, one, world)
            case Edit():
                return Edit(
                    tuple(_all(value.add, one, world)), tuple(_all(value.remove, one, world))
                )
            case _:
                raise UnfitError("A list of texts is expected.")

    return read


def each(grammar: Callable[[str], str]) -> Reader:
    return several(lambda part, _world: grammar(part))


def ip_address(value: Parameter, _world: World) -> str:
    try:
        return str(ipaddress.ip_address(value if isinstance(value, str) else ""))
    except ValueError:
        raise UnfitError("An IP address is expected.") from None


def credential(value: Parameter, _world: World) -> str | None:
    """The user name alone: the simulated Exchange has no use for the password and keeps none."""
    if value is None:
        return None
    if not isinstance(value, Secret):
        raise UnfitError("A credential is expected, not a text.")
    return value.open


def _server(name: str, world: World) -> str:
    """The short name out of a short, fully qualified or distinguished one."""
    relative = name.partition(",")[0]
    short = relative.removeprefix("CN=").removeprefix("cn=").partition(".")[0]
    known = {server.lower(): server for server in world.organisation.nameable}
    found = known.get(short.lower()) if known else short
    if found is None or not mailnames.is_domain(short):
        raise UnfitError(f'There is no transport server called "{name}".')
    return found


def server(value: Parameter, world: World) -> Property:
    """One server in its short form; $null is the one that carries out the cmdlet."""
    if value is None:
        return world.organisation.server
    if not isinstance(value, str):
        raise UnfitError("The name of one transport server is expected.")
    return _server(value, world)


def servers(value: Parameter, world: World) -> Property:
    """Server names in their short form; at least one."""
    found = several(_server)(value, world)
    if not found:
        raise UnfitError("At least one transport server is expected.")
    return found


def domain_controller(value: Parameter, _world: World) -> str:
    return mailnames.domain(value if isinstance(value, str) else "")
