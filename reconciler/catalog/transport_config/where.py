"""Where arguments of the transport configuration exist."""

from dataclasses import replace

from reconciler.model.platform import ONLINE, VERSIONS
from reconciler.schema.attribute import Attribute

_SINCE_2013 = tuple(version for version in VERSIONS if version != "2010")


def on_servers(*attributes: Attribute) -> tuple[Attribute, ...]:
    """Not in Exchange Online."""
    return tuple(replace(one, versions=VERSIONS) for one in attributes)


def since_2013(*attributes: Attribute) -> tuple[Attribute, ...]:
    """Not in Exchange Online, nor in Exchange 2010."""
    return tuple(replace(one, versions=_SINCE_2013) for one in attributes)


def online(*attributes: Attribute) -> tuple[Attribute, ...]:
    """In Exchange Online alone."""
    return tuple(replace(one, versions=(ONLINE,)) for one in attributes)
