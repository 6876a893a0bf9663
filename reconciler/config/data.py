"""Data blocks: how `data.TYPE.NAME` is one name among those of resources: the type is `data.TYPE`."""

from reconciler.lang.references import Reference

PREFIX = "data."


def flat(reference: Reference) -> Reference:
    """`data` with the type as its first step becomes a root of its own."""
    steps = reference.steps
    if reference.root != "data" or not steps or not isinstance(steps[0], str):
        return reference
    return Reference(PREFIX + steps[0], steps[1:], reference.span)


def title(block_type: str) -> tuple[str, str]:
    """The keyword and the label of a block: ("data", "send_connector")."""
    if block_type.startswith(PREFIX):
        return "data", block_type.removeprefix(PREFIX)
    return "resource", block_type
