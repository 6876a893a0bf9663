"""Files of values in JSON: an object whose members are values of variables, text as it stands."""

from collections.abc import Mapping

from reconciler.lang.jsonfile import mistakes
from reconciler.lang.jsonfile.document import Array, Object, Scalar, String
from reconciler.lang.jsonfile.document import Value as Written
from reconciler.lang.jsonfile.read import read
from reconciler.lang.value import Value, from_plain
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

_COMMENT = "//"


def read_json(content: str, name: str, problems: Collector) -> Mapping[str, tuple[Value, Span]]:
    """The values by name, each with where it stands."""
    document = read(content, name, problems)
    if document is None:
        return {}
    if not isinstance(document, Object):
        problems.add(mistakes.no_values(document.span))
        return {}
    own = Collector()
    found = {
        key: (from_plain(_plain(value, own)), value.span)
        for key, value in _unique(document, own).items()
        if key != _COMMENT
    }
    problems.extend(own)
    return found


def _plain(value: Written, problems: Collector) -> object:
    match value:
        case String() | Scalar():
            return value.value
        case Array(items=items):
            return [_plain(item, problems) for item in items]
        case Object():
            members = _unique(value, problems)
            return {name: _plain(item, problems) for name, item in members.items()}


def _unique(node: Object, problems: Collector) -> Mapping[str, Written]:
    """The members by name, the first of each."""
    problems.extend(mistakes.repeated(node))
    found: dict[str, Written] = {}
    for name, value in node.members:
        found.setdefault(name.value, value)
    return found
