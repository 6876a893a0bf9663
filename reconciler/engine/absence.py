"""Types that do not exist where their objects are to be: not every Exchange has every sort of object.

Knows where a type exists from its declaration alone; asks nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reconciler.config.blocks import BackendBlock, ResourceBlock
from reconciler.config.expand import context_of
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.platform import Platform
from reconciler.schema.complaints import nowhere
from reconciler.schema.resource_type import ResourceType


def exists(rtype: ResourceType, platform: Platform) -> bool:
    """Whether there can be objects of a type; those that live in state alone can be anywhere."""
    return bool(rtype.home) or rtype.exists_on(platform)


def of_block(
    block: ResourceBlock,
    rtype: ResourceType,
    alias: str,
    platforms: Mapping[str, Platform],
    backends: Sequence[BackendBlock],
) -> Diagnostic | None:
    """What is wrong with a block for a backend that does not know its type; None where it does."""
    if exists(rtype, platforms[alias]):
        return None
    better = (
        f"{b.kind}.{b.alias}" if b.alias else b.kind
        for b in backends
        if not block.module and rtype.exists_on(platforms[b.alias])
    )
    code, summary, detail = nowhere(rtype, platforms[alias], called(alias))
    found = error(code, summary, f"{detail} {_cure(next(better, None))}", block.header)
    return replace(found, context=context_of(block))


def _cure(better: str | None) -> str:
    right = "name the right version and role in the backend block"
    if better is None:
        return f"Take the block out, or {right}."
    told = f"write backend = {better}" if "." in better else "take backend out of the block"
    return f"{told[0].upper()}{told[1:]}, or {right}."


def of_rows(
    rows: Iterable[tuple[Address, str]],
    types: Mapping[str, ResourceType],
    platforms: Mapping[str, Platform],
) -> None:
    """What state remembers, with its backend, must be readable there: what cannot be asked for must
    not be taken for absent. Raises ReconcilerError.
    """
    for address, alias in rows:
        rtype = types[address.type]
        if not exists(rtype, platforms[alias]):
            code, summary, detail = nowhere(rtype, platforms[alias], called(alias))
            raise ReconcilerError(
                error(
                    code,
                    summary,
                    f"{detail} State remembers {address} there. Put the version and role back into the "
                    "backend block, or remove the object from state first.",
                )
            )


def called(alias: str) -> str:
    """A backend, in words."""
    return f'the backend "{alias}"' if alias else "the backend without an alias"
