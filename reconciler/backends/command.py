"""One cmdlet call, as data."""

from collections.abc import Mapping
from typing import TypeAlias

from reconciler.model.record import dataclass
from reconciler.model.values import Secret


@dataclass(frozen=True, slots=True)
class Edit:
    """`@{Add=…;Remove=…}`: changes a list instead of overwriting it."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


Parameter: TypeAlias = str | int | bool | tuple[str, ...] | Secret | Edit | None
Record: TypeAlias = Mapping[str, object]
"""A property bag under Exchange's own names: str, int, bool, None, list of str."""


@dataclass(frozen=True, slots=True)
class Command:
    """`New-SendConnector -Name x …`: verb "New", noun "SendConnector", parameters by name.

    True is `$true` (or a switch given), None is `$null`.
    """

    verb: str
    noun: str
    parameters: Mapping[str, Parameter]

    @property
    def cmdlet(self) -> str:
        return f"{self.verb}-{self.noun}"
