"""References to the data sources of check blocks: these are there for their own check alone, which
goes on without what it cannot read.
"""

from collections.abc import Iterator, Mapping

from reconciler.config.blocks import Configuration
from reconciler.config.data import flat, title
from reconciler.config.expand import context_of
from reconciler.config.refusals import refused, step
from reconciler.config.sites import Place
from reconciler.lang.references import Reference
from reconciler.model.diagnostic import Diagnostic

Owners = Mapping[tuple[str, str], tuple[str, frozenset[str]]]
"""By type and name of a source: the check it stands in, and the contexts that may refer to it."""


def owners(configuration: Configuration) -> Owners:
    found: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
    for check in configuration.checks.values():
        inside = frozenset({f'check "{check.name}"', *map(context_of, check.data)})
        found |= {(one.type, one.name): (check.name, inside) for one in check.data}
    return found


def check_scope(reference: Reference, place: Place, known: Owners) -> Iterator[Diagnostic]:
    if not known:
        return
    reference = flat(reference)
    check, inside = known.get((reference.root, str(step(reference, 0))), ("", frozenset()))
    if check and place.context not in inside:
        _, label = title(reference.root)
        yield refused(
            "reference-into-check",
            "Reference into a check",
            f'data.{label}.{step(reference, 0)} belongs to check "{check}", which alone may refer to'
            " it: nothing else could do without what it cannot read. Take the data block out of the"
            " check.",
            reference,
        )
