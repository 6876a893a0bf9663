"""Short ways to declare arguments, so that a resource type reads as a table."""

from dataclasses import replace

from reconciler.model.platform import Platform
from reconciler.model.values import Canonical, Values
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.kind import Kind


class Constant:
    """A default that depends on nothing."""

    def __init__(self, value: Canonical) -> None:
        self.value = value

    def __call__(self, _values: Values, _platform: Platform) -> Canonical:
        return self.value


def argument(
    name: str, parameter: str, kind: Kind, doc: str, default: Canonical = None
) -> Attribute:
    """An optional argument that is read back under the name it is written by."""
    value = kind.empty if default is None and kind.is_set else default
    return Attribute(
        name=name,
        kind=kind,
        doc=doc,
        default=Constant(value),
        parameter=parameter,
        reads=parameter,
    )


def required(attribute: Attribute) -> Attribute:
    return replace(attribute, presence=Presence.REQUIRED, default=None)


def kept(attribute: Attribute, default_doc: str, at_first: Canonical = None) -> Attribute:
    """The server computes the default: omitted leaves what is there. `at_first` is what it is
    known to give a new object; it is planned with, and never sent.
    """
    default = None if at_first is None else Constant(at_first)
    return replace(attribute, presence=Presence.KEPT, default=default, default_doc=default_doc)


def computed(
    name: str, reads: str, kind: Kind, doc: str, *, follows_name: bool = False
) -> Attribute:
    """Only read. `follows_name`: another value once the object is renamed."""
    moves = OnChange.UPDATE if follows_name else OnChange.REPLACE
    return Attribute(
        name, kind, doc, presence=Presence.COMPUTED, reads=reads, on_change=moves, group="Computed"
    )


def group(title: str, *attributes: Attribute) -> tuple[Attribute, ...]:
    """`attributes` under one heading of the reference page."""
    return tuple(replace(attribute, group=title) for attribute in attributes)
