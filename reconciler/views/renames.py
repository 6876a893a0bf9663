"""Moved blocks to paste, for what looks renamed."""

from collections.abc import Iterable, Iterator

from reconciler.model.address import Address, Key
from reconciler.model.rename import Likeness, Rename
from reconciler.views.exposed import Json
from reconciler.views.hcl import quoted
from reconciler.views.text import clean, indent

_BECAUSE = {
    Likeness.IDENTITY: "the same name in Exchange",
    Likeness.BODY: "the same but for the name",
}


def section(renames: Iterable[Rename]) -> Iterator[str]:
    """What a plan says of them, if there are any."""
    found = tuple(renames)
    if found:
        heading = (
            "What is destroyed here and created there looks like a rename. If it is one, paste\n"
            "this, and the objects stay:\n"
        )
        yield "\n".join((heading, *map(_shown, found)))


def documents(renames: Iterable[Rename]) -> list[Json]:
    return [
        {
            "from": str(one.origin),
            "to": str(one.to),
            "because": one.because.value,
            "objects": one.objects,
            "block": block(one),
        }
        for one in renames
    ]


def block(one: Rename) -> str:
    """The block as it may stand in a file of the project."""
    return f"moved {{\n  from = {_written(one.origin)}\n  to   = {_written(one.to)}\n}}\n"


def _shown(one: Rename) -> str:
    whole = f", {one.objects} objects" if one.objects > 1 else ""
    why = f"  # {clean(str(one.origin))} looks like {clean(str(one.to))}: "
    return f"{why}{_BECAUSE[one.because]}{whole}\n{indent(block(one), '  ')}"


def _written(address: Address) -> str:
    """As HCL writes it: text in keys is not what JSON makes of it."""
    modules = "".join(f"module.{name}{_key(key)}." for name, key in address.module)
    return f"{modules}{address.type}.{address.name}{_key(address.key)}"


def _key(key: Key) -> str:
    if key is None:
        return ""
    return f"[{quoted(key)}]" if isinstance(key, str) else f"[{key}]"
