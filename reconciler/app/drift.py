"""What others changed since the last run, and who. Writes nothing and takes no lease."""

from collections.abc import Callable, Iterator, Sequence

from reconciler.app.planning import Emit, refuse_unknown, settled
from reconciler.app.project import Project
from reconciler.app.session import Session, session
from reconciler.backends.base import BackendError
from reconciler.engine import targets
from reconciler.engine.blame import blamed
from reconciler.engine.diff import current, drift
from reconciler.engine.observe import observe, patiently
from reconciler.engine.survey import Observed, Query, queries
from reconciler.model.audit import Blamed, Deed
from reconciler.model.diagnostic import Collector, Diagnostic, error, warning
from reconciler.model.plan import Drift
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, State
from reconciler.schema.resource_type import IN_STATE

_Log = Callable[[Query], Sequence[Deed]]


@dataclass(frozen=True, slots=True)
class Found:
    """Sorted by address. `warnings` say whose log could not be read."""

    drift: tuple[Blamed, ...]
    warnings: tuple[Diagnostic, ...]


def run(project: Project, patterns: Sequence[str], emit: Emit) -> Found:
    """What of the objects that `patterns` mean (none: all) is not as state remembers it. Raises
    ReconcilerError.
    """
    with session(project) as at:
        state, observed = seen(at, emit)
        problems = Collector()
        problems.extend(_unknown(patterns, state))
        problems.stop_on_errors()
        log = _reader(at, problems)
        found = tuple(_told(at, state, observed, _chosen(patterns), log))
        return Found(found, problems.warnings)


def seen(at: Session, emit: Emit) -> tuple[State, Observed]:
    """State, open intents settled in memory, and how its objects are now."""
    state = at.store.read()
    refuse_unknown(state, at)
    at.memory.recall(state.instances, IN_STATE)
    observed = observe(queries((), state), at.backends, at.types, emit)
    return settled(state, observed, at).state, observed


def _unknown(patterns: Sequence[str], state: State) -> Iterator[Diagnostic]:
    for pattern in patterns:
        if not any(map(targets.matcher((pattern,)), (row.address for row in state.instances))):
            yield error(
                "unknown-address",
                "No such object in the state",
                f"{pattern} means nothing that the state remembers. See `reconciler state list` for "
                "the addresses there are.",
            )


def _chosen(patterns: Sequence[str]) -> targets.Chosen:
    return targets.matcher(patterns) if patterns else lambda _: True


def _told(
    at: Session, state: State, observed: Observed, chosen: targets.Chosen, log: _Log
) -> Iterator[Blamed]:
    for row in sorted(state.instances, key=lambda i: i.address.sort_key):
        if not row.deposed and chosen(row.address):
            query = Query(row.backend, row.address.type)
            found = drifted(at, row, observed)
            if found is not None:
                yield blamed(at.types[row.address.type], row, found, log(query))


def drifted(at: Session, row: Instance, observed: Observed) -> Drift | None:
    """What is not as `row` remembers it."""
    here = observed.get(Query(row.backend, row.address.type), {})
    return drift(at.types[row.address.type], row, current(row, here.get(row.handle)))


def _reader(at: Session, problems: Collector) -> _Log:
    """Reads each log once, and only where something has drifted."""
    known: dict[Query, Sequence[Deed]] = {}

    def log(query: Query) -> Sequence[Deed]:
        if query not in known:
            known[query] = _changes(at, query, problems)
        return known[query]

    return log


def _changes(at: Session, query: Query, problems: Collector) -> Sequence[Deed]:
    """Who it was is a help and no more: without it the difference is told all the same."""
    audit = at.backends[query.backend].capabilities.audit
    if audit is None:
        return ()
    try:
        return patiently(lambda: audit.changes(at.types[query.type]))
    except BackendError as failure:
        problems.add(
            warning(
                "audit-log-unreadable",
                "Audit log cannot be read",
                f"Who changed a {query.type} is not known: {failure.message} What changed is "
                "complete all the same.",
            )
        )
        return ()
