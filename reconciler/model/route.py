"""What a connector means for mail: which destinations it takes, at which cost."""

from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """`spaces` are (type in upper case, address, cost). A scoped route serves one site only."""

    name: str
    spaces: tuple[tuple[str, str, int], ...]
    enabled: bool = True
    scoped: bool = False


@dataclass(frozen=True, slots=True)
class RouteChange:
    """Mail for `destination` (an address space without its cost; SMTP is not spelt out) leaves by
    another connector. "" where there is none.
    """

    destination: str
    before: str
    after: str
