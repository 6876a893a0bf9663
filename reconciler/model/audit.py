"""Who did what to an object beside us, as far as a backend's audit log tells. Knows no log."""

from collections.abc import Mapping

from reconciler.model.plan import Drift
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """One change that was carried out. `object` is what the log calls the object; `parameters` are
    texts under the backend's own names, those of secrets masked.
    """

    time: str
    user: str
    cmdlet: str
    object: str
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Blamed:
    """What somebody else changed, with the last deed for each argument that is known of one;
    `removal` is how an object went that is gone. None and missing: no log tells.
    """

    drift: Drift
    deeds: Mapping[str, Deed]
    removal: Deed | None = None
