"""What one run did to each object, all in all: from the lines of the history. Pure.

An object is the same as long as Exchange knows it by the same handle, whatever its address.
"""

from collections.abc import Container, Iterable, Iterator
from typing import TypeAlias

from reconciler.model.address import Address
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, Instance, IntentVerb
from reconciler.store.base import Past

Body: TypeAlias = tuple[str, str, Handle]
"""Backend, type and handle."""


@dataclass(frozen=True, slots=True)
class Deed:
    """`before` None: the run made it; `after` None: it is gone, or no longer ours. Two different
    objects at one address are a replacement. `called`: Exchange was told; else it was only recorded.
    `taken`: it was in Exchange before, and the run only took it over.
    """

    before: Instance | None
    after: Instance | None
    called: bool = True
    taken: bool = False

    @property
    def address(self) -> Address:
        """Where the object is, or was last."""
        row = self.after or self.before
        assert row is not None
        return row.address

    @property
    def is_replacement(self) -> bool:
        both = self.before is not None and self.after is not None
        return both and body(self.before) != body(self.after)


def body(row: Instance | None) -> Body | None:
    return None if row is None else (row.backend, row.address.type, row.handle)


def deeds(past: Iterable[Past]) -> tuple[Deed, ...]:
    """By address. What is as it was before the run is left out."""
    lines = tuple(past)
    called = {body(row) for line in lines if line.intent for row in (line.before, line.after)}
    created = {body(line.after) for line in lines if _is_creation(line.intent)}
    found = [one for one in _paired(*_ends(lines), called, created) if not _is_nothing(one)]
    return tuple(sorted(found, key=lambda one: (one.address.sort_key, _deposed(one))))


def _is_creation(intent: str) -> bool:
    """An intent is called by its run, and by its step, which begins with what it does."""
    return intent.partition("/")[2].startswith(f"{IntentVerb.CREATE.value} ")


def _deposed(one: Deed) -> str:
    row = one.after or one.before
    return row.deposed if row else ""


_Ends = dict[Body, Instance | None]


def _ends(past: Iterable[Past]) -> tuple[_Ends, _Ends]:
    """How the run found each object, and how it left it."""
    first: _Ends = {}
    last: _Ends = {}
    for line in past:
        was, will = body(line.before), body(line.after)
        if was is not None:
            first.setdefault(was, line.before)
            last[was] = None
        if will is not None:
            first.setdefault(will, None)
            last[will] = line.after
    return first, last


def _paired(
    first: _Ends, last: _Ends, called: Container[Body | None], created: Container[Body | None]
) -> Iterator[Deed]:
    made = {
        row.address: one
        for one, row in last.items()
        if row and not row.deposed and first[one] is None
    }
    replaced: set[Body] = set()
    for one, before in first.items():
        after = last[one]
        is_gone = after is None or (after.deposed and not (before and before.deposed))
        if before is not None and is_gone and not before.deposed and before.address in made:
            successor = made[before.address]
            replaced.add(successor)
            yield Deed(before, last[successor])
        elif before is not None:
            yield Deed(before, after, one in called)
    for one in made.values():
        if one not in replaced:
            yield Deed(None, last[one], one in called, one not in created)


def _is_nothing(one: Deed) -> bool:
    before, after = one.before, one.after
    if before is None or after is None:
        return False
    return _content(before) == _content(after)


def _content(row: Instance) -> tuple[object, ...]:
    """All but the count of its changes."""
    return (
        row.address,
        row.handle,
        row.values,
        row.sensitive,
        row.dependencies,
        row.status,
        row.protected,
        row.create_before_destroy,
        row.backend,
        row.deposed,
    )
