"""Files of values in JSON: an object whose members are values of variables."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from reconciler.config import files
from reconciler.config.constants import constant
from reconciler.lang import number
from reconciler.lang.parse import parse_template
from reconciler.lang.value import Value, from_plain, plain
from reconciler.model.diagnostic import Collector, ReconcilerError, error
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
    found = {}
    for key, value in data.items():
        span = _place(content, key, name) if len(data) <= _SEARCHED else files.start(name)
        try:
            found[key] = (from_plain(_evaluated(value, span)), span)
        except ReconcilerError as trouble:
            problems.extend(replace(d, span=span) for d in trouble.diagnostics)
        except RecursionError:
            _refuse("It is nested too deeply.", span, problems)
    return found


def _evaluated(data: object, span: Span) -> object:
    """`data` with each string taken as the template that it is. Raises ReconcilerError."""
    if isinstance(data, str):
        return _template(data, span) if "${" in data or "%{" in data else data
    if isinstance(data, list):
        return [_evaluated(item, span) for item in data]
    if isinstance(data, dict):
        return {key: _evaluated(item, span) for key, item in data.items()}
    return data


def _template(text: str, span: Span) -> object:
    own = Collector()
    expr = parse_template(text, span.path, own)
    own.stop_on_errors()
    return None if expr is None else plain(constant(expr, "A value in a file of values"))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _RepeatedError(json.dumps(name))
        found[name] = value
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
