"""One argument of a resource type."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from reconciler.model.platform import EVERY_VERSION, ROLES, Platform
from reconciler.model.record import dataclass
from reconciler.model.values import Canonical, Values
from reconciler.schema.kind import Kind, Raw


class Presence(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    COMPUTED = "computed"
    """Only read; never written by the user."""
    KEPT = "kept"
    """Optional, and the server computes the default: omitted means "leave what is there"."""


class OnChange(StrEnum):
    UPDATE = "update"
    REPLACE = "replace"
    """Given at creation only, and a changed value needs a new object."""
    IGNORE = "ignore"
    """Given at creation only and not readable: a changed value has no effect on the object."""


Late = Callable[[Values], bool]
"""Whether New- refuses the argument for an object with these values."""

Composed = Callable[[Mapping[str, object]], Raw]
"""What a property bag says, put together."""

Foretold = Callable[[Values], Canonical]
"""What Exchange will answer, from the arguments of a new object with their secrets; UNKNOWN where
they do not tell.
"""

Default = Callable[[Values, Platform], Canonical]
"""The value of an omitted argument; it may depend on the others and on the platform."""


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """`parameter` is the cmdlets' name for it ("" where it is only read under `reads`);
    `reads` the property it is read from ("" where it cannot be read back);
    `default` is None for "no default" (null). `versions`/`roles` say where it exists,
    as far as its type does.
    `refers_to` names the resource type or fact that its value identifies. `follows` names the
    argument whose value a computed attribute has as soon as that is written. `late`: New- does
    not take it, so that a Set- must follow. `within`: the object cannot outlive the one that the
    value identifies, and is made anew with it. `composed` makes what is read out of several
    properties, where no one of them holds it. `foretold` says what a computed attribute of a new
    object will be. `passes`: one object of the type has it at a time, and loses it to the next one
    that is given it, so that nobody keeps it for certain.
    """

    name: str
    kind: Kind
    doc: str
    presence: Presence = Presence.OPTIONAL
    default: Default | None = None
    default_doc: str = ""
    on_change: OnChange = OnChange.UPDATE
    write_only: bool = False
    pinned: bool = False
    parameter: str = ""
    reads: str = ""
    refers_to: str = ""
    versions: tuple[str, ...] = EVERY_VERSION
    roles: tuple[str, ...] = ROLES
    group: str = ""
    follows: str = ""
    source: str = ""
    late: Late | None = None
    within: bool = False
    composed: Composed | None = None
    foretold: Foretold | None = None
    passes: bool = False

    def exists_on(self, platform: Platform) -> bool:
        return platform.version in self.versions and platform.role in self.roles

    def fill(self, values: Values, platform: Platform) -> Canonical:
        """The documented default, given the other values."""
        return None if self.default is None else self.default(values, platform)
