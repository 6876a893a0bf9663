"""YAML as Terraform reads it: one document of plain data. The only importer of PyYAML.

The library turns text into events; what they mean is decided here, by the rules of Terraform's own
reader (go-cty-yaml 1.1), which are those of YAML 1.1 but for numbers. Nothing is ever constructed.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

import yaml
from yaml import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
    YAMLError,
)

from reconciler.lang.convert import convert_value
from reconciler.lang.core import Value, make_object
from reconciler.lang.functions.declare import FunctionError, function, string
from reconciler.lang.functions.yaml_scalar import TAG, meaning
from reconciler.lang.limits import DEEPEST
from reconciler.lang.shape import STRING

_LONGEST: Final = 1_000_000
_MERGE: Final = "<<"
# libyaml, which every wheel brings along, is what Terraform's reader was translated from. Python's
# own reader, where there is no wheel, is slower, and refuses tabs between words.
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_Events: TypeAlias = Iterator[Event]
_Anchors: TypeAlias = dict[str, Value]


@function(string("src"))
def yamldecode(given: str) -> Value:
    """The value that a YAML document writes."""
    if len(given) > _LONGEST:
        raise FunctionError(f"the YAML text is longer than {_LONGEST:,} characters")
    try:
        return _document(yaml.parse(given, Loader=_LOADER))
    except RecursionError:
        raise FunctionError("the YAML text is nested too deeply") from None
    except YAMLError as problem:
        raise FunctionError(f"it is not valid YAML{_place(problem)}") from None


def _place(problem: YAMLError) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f": line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _document(events: _Events) -> Value:
    _expect(next(events), StreamStartEvent, "the YAML text has no beginning")
    start = _expect(next(events), DocumentStartEvent, "the YAML text holds no value")
    if start.version not in {None, (1, 1)}:
        raise FunctionError("the YAML text is of a version other than 1.1")
    found = _node(next(events), events, {}, 0)
    _expect(next(events), DocumentEndEvent, "the YAML text has something after its value")
    _expect(next(events), StreamEndEvent, "only one YAML document may be given")
    return found


def _expect(event: Event, kind: type[Event], complaint: str) -> Event:
    if not isinstance(event, kind):
        raise FunctionError(complaint)
    return event


def _node(event: Event, events: _Events, anchors: _Anchors, depth: int) -> Value:
    """The value that begins with `event`. An anchor counts from the end of its value on."""
    if depth > DEEPEST:
        raise FunctionError("the YAML text is nested too deeply")
    if isinstance(event, AliasEvent):
        return _known(anchors, event.anchor)
    anchors.pop(event.anchor, None)
    if isinstance(event, ScalarEvent):
        found = meaning(event.value, event.tag, event.style)
    elif isinstance(event, SequenceStartEvent):
        found = _sequence(event, events, anchors, depth)
    else:
        found = _mapping(event, events, anchors, depth)
    anchors[event.anchor] = found
    return found


def _known(anchors: _Anchors, name: str) -> Value:
    if name not in anchors:
        raise FunctionError(f'the alias "*{name}" has no anchor that is complete before it')
    return anchors[name]


def _sequence(event: Event, events: _Events, anchors: _Anchors, depth: int) -> Value:
    _untagged(event, "seq")
    items: list[Value] = []
    for item in events:
        if isinstance(item, SequenceEndEvent):
            break
        items.append(_node(item, events, anchors, depth + 1))
    return tuple(items)


def _mapping(event: Event, events: _Events, anchors: _Anchors, depth: int) -> Value:
    _untagged(event, "map")
    items: dict[str, Value] = {}
    for key in events:
        if isinstance(key, MappingEndEvent):
            break
        name = _key(key)
        value = _node(next(events), events, anchors, depth + 1)
        if name != _MERGE or key.tag is not None:
            items[name] = value
        elif isinstance(value, dict):
            items.update(value)
        else:
            raise FunctionError('what "<<" merges must be a mapping')
    return make_object(items)


def _untagged(event: Event, kind: str) -> None:
    if event.tag not in {None, TAG + kind}:
        raise FunctionError(f'the tag "{event.tag}" means nothing here')


def _key(event: Event) -> str:
    if not isinstance(event, ScalarEvent):
        raise FunctionError("the keys of a mapping must be strings")
    found = meaning(event.value, event.tag, event.style)
    if found is None:
        raise FunctionError("a key of a mapping is null")
    name = convert_value(found, STRING)
    assert isinstance(name, str)
    return name
