"""One object as the configuration wants it, evaluated."""

from collections.abc import Mapping
from dataclasses import field, replace

from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.model.values import Secret, Values


@dataclass(frozen=True, slots=True)
class Desired:
    """`values` are canonical with documented defaults filled in; UNKNOWN where the value comes
    from something not yet made. Secrets stand there as Sealed, in the open in `secrets`.

    `given` names the arguments that the user wrote (null counts as not written); `ignored` those
    of lifecycle.ignore_changes. `span` is None where no file says it. `dependencies` are blocks, not instances. `lasting` are defaults
    that an object which exists has instead, because they follow from arguments that counted only
    when it was made. `handles` are unknown arguments that will be the handle of another object.
    """

    address: Address
    values: Values
    given: frozenset[str]
    span: Span | None
    spans: Mapping[str, Span]
    sensitive: frozenset[str] = frozenset()
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    dependencies: tuple[Address, ...] = ()
    backend: str = ""
    protected: bool = False
    create_before_destroy: bool = False
    lasting: Values = field(default_factory=dict)
    handles: Mapping[str, Address] = field(default_factory=dict)

    def about(self, found: Diagnostic) -> Diagnostic:
        """The finding, with the block and the instance that it is about."""
        context = f'resource "{self.address.type}" "{self.address.name}"'
        return replace(found, address=str(self.address), context=context)
