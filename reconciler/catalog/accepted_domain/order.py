"""In which order accepted domains change, so that there is always a default one and each domain once."""

from collections.abc import Iterator

from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.resource_type import After, Changes


def order(changes: Changes, _after: After = ()) -> Iterator[tuple[int, int]]:
    """A domain that another object has must be freed before it is taken; and the default domain
    cannot be removed, so that another one takes over first.
    """
    yield from _freed_before_taken(changes)
    yield from _new_default_first(changes)


def _new_default_first(changes: Changes) -> Iterator[tuple[int, int]]:
    was = [(before or {}).get("make_default") is True for before, _ in changes]
    will = [_may_be((after or {}).get("make_default")) for _, after in changes]
    for heir in (n for n in range(len(changes)) if will[n] and not was[n]):
        yield from ((heir, n) for n in range(len(changes)) if was[n])


def _may_be(value: Canonical) -> bool:
    return value is True or value is UNKNOWN


def _freed_before_taken(changes: Changes) -> Iterator[tuple[int, int]]:
    freed = {
        _domain(before): n for n, (before, after) in enumerate(changes) if before and after is None
    }
    for taker, (before, after) in enumerate(changes):
        if before is None and after and _domain(after) in freed:
            yield freed[_domain(after)], taker


def _domain(values: Values) -> str:
    return str(values.get("domain_name", "")).casefold()
