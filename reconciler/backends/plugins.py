"""Backends of third parties, by entry points of the group `reconciler.backends`.

An entry point names a function with the signature of `open_backend` less its first parameter.
Imported only where a kind is not ours: looking through installed packages takes time.
"""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points

from reconciler.backends.base import Backend

GROUP = "reconciler.backends"


def plugins() -> Mapping[str, Callable[[], Callable[..., Backend]]]:
    """What loads the opener of each kind."""
    return {point.name: point.load for point in entry_points(group=GROUP)}
