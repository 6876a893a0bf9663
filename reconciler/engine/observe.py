"""Performs the bulk reads of a survey, as many at once as the backends allow. A read that fails
stops the plan.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from reconciler.backends.base import Backend, BackendError, Outcome
from reconciler.engine.survey import Observed, Query
from reconciler.engine.together import answers
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.event import Event, Reading
from reconciler.model.state import Handle
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType

ATTEMPTS = 5
FIRST_WAIT = 0.2
_Answer = TypeVar("_Answer")


def observe(
    queries: Sequence[Query],
    backends: Mapping[str, Backend],
    types: Mapping[str, ResourceType],
    emit: Callable[[Event], None],
) -> Observed:
    """The answer to each query. Raises ReconcilerError `read-failed`."""
    for query in queries:
        if not types[query.type].home:
            emit(Reading(query.type, query.backend))
    asked = [partial(_read, q, backends[q.backend], types[q.type]) for q in queries]
    allowed = min((backends[q.backend].capabilities.parallel for q in queries), default=1)
    return dict(zip(queries, answers(asked, allowed), strict=True))


def _read(query: Query, backend: Backend, rtype: ResourceType) -> Mapping[Handle, Values]:
    try:
        return patiently(lambda: backend.list(rtype))
    except BackendError as failure:
        raise _read_failed(query, failure) from failure


def patiently(read: Callable[[], _Answer]) -> _Answer:
    """What `read` answers, in the end. Reading changes nothing, so that even an unknown outcome may
    be repeated. Raises BackendError.
    """
    wait = FIRST_WAIT
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return read()
        except BackendError as failure:
            if failure.outcome is Outcome.PERMANENT or attempt == ATTEMPTS:
                raise
        time.sleep(wait)
        wait *= 2
    raise AssertionError


def _read_failed(query: Query, failure: BackendError) -> ReconcilerError:
    return ReconcilerError(
        error(
            "read-failed",
            "Exchange could not be read",
            f"Reading every {query.type} failed: {failure.message} Nothing was changed, because "
            "an object that cannot be read must not be taken for absent. Mend the cause and "
            "run the same command again.",
        )
    )
