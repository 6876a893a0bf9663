"""Files of values in JSON: an object whose members are values of variables."""

import json
import re
from collections.abc import Mapping

from reconciler.config import files
from reconciler.lang import number
from reconciler.lang.encode import from_plain
from reconciler.lang.value import Value
from reconciler.model.diagnostic import Collector, error
from reconciler.model.span import Span

_SEARCHED = 100  # names that are looked for in the text, each from its beginning


class _RepeatedError(ValueError):
    """A name that stands twice in one object."""


def read_json(content: str, name: str, problems: Collector) -> Mapping[str, tuple[Value, Span]]:
    """The values by name, each with where it stands."""
    try:
        data = json.loads(
            content,
            object_pairs_hook=_object,
            parse_int=number.parse,
            parse_float=number.parse,
            parse_constant=number.parse,
        )
    except json.JSONDecodeError as trouble:
        where = Span(name, trouble.lineno, trouble.colno, trouble.lineno, trouble.colno + 1)
        _refuse(f"{trouble.msg}.", where, problems)
        return {}
    except _RepeatedError as trouble:
        _refuse(f"The name {trouble} stands twice in one object.", files.start(name), problems)
        return {}
    except ValueError:
        _refuse("It holds a number that cannot be kept.", files.start(name), problems)
        return {}
    except RecursionError:
        _refuse("It is nested too deeply.", files.start(name), problems)
        return {}
    if not isinstance(data, dict):
        _refuse("It must be one object, with names and values.", files.start(name), problems)
        return {}
    near = len(data) <= _SEARCHED
    return {
        key: (from_plain(value), _place(content, key, name) if near else files.start(name))
        for key, value in data.items()
    }


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        raise _RepeatedError(next(json.dumps(k) for k, _ in pairs if k in seen or seen.add(k)))
    return found


def _refuse(why: str, span: Span, problems: Collector) -> None:
    problems.add(
        error(
            "invalid-json",
            "Invalid JSON",
            f"{span.path} is not valid JSON. {why} Correct the file.",
            span,
        )
    )


def _place(content: str, key: str, name: str) -> Span:
    """Where the member `key` stands, as near as a search for its name tells."""
    found = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", content)
    if found is None:
        return files.start(name)
    line = content.count("\n", 0, found.start()) + 1
    column = found.start() - content.rfind("\n", 0, found.start())
    return Span(name, line, column, line, column + len(key) + 2)
