"""How users look at what there is: the command that a message ends with."""

from reconciler.schema.resource_type import ResourceType


def listing(rtype: ResourceType, backend: str) -> str:
    """The command that lists all objects of the type in that backend; "" is the one without alias."""
    asked = f"-backend={backend} " if backend else ""
    return f"reconciler sim {asked}Get-{rtype.noun}"
