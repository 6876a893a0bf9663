"""What other expressions see of a resource: its canonical values as values of the language."""

from collections.abc import Iterable, Mapping

from reconciler.engine.freezing import thawed
from reconciler.lang.shape import BOOL, DYNAMIC, NUMBER, STRING, SetType, Type
from reconciler.lang.value import Null, Value, from_plain, mark, set_of_strings, unknown
from reconciler.model.address import Key
from reconciler.model.anything import Anything
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import Attribute
from reconciler.schema.resource_type import ResourceType

_TYPES: Mapping[str, Type] = {
    "string": STRING,
    "number": NUMBER,
    "bool": BOOL,
    "set(string)": SetType(STRING),
}


def exposed(rtype: ResourceType, values: Values, sensitive: Iterable[str]) -> Value:
    """One instance as an object of all its attributes; write-only ones are null. Values of any type
    know themselves how much of them is sensitive.
    """
    shown: dict[str, Value] = {
        attribute.name: _attribute(attribute, values.get(attribute.name))
        for attribute in sorted(rtype.attributes, key=lambda a: a.name)
    }
    for name in sensitive:
        if name in shown and not isinstance(values.get(name), Anything):
            shown[name] = mark(shown[name], "sensitive")
    return shown


def _attribute(attribute: Attribute, value: Canonical) -> Value:
    type_ = _TYPES.get(attribute.kind.hcl_type, DYNAMIC)
    if isinstance(value, Anything):
        return thawed(value)
    if value is None or attribute.write_only:
        return Null(type_)
    if value is UNKNOWN:
        return unknown(type_)
    plain = attribute.kind.expose(value)
    return set_of_strings(plain) if isinstance(plain, list | tuple) else from_plain(plain)


def assembled(instances: Mapping[Key, Value], repetition: str) -> Value:
    """A whole block: the object itself, a tuple for `count`, an object by key for `for_each`."""
    match repetition:
        case "count":
            return tuple(instances[key] for key in sorted(instances, key=int_key))
        case "for_each":
            return {str(key): instances[key] for key in sorted(instances, key=str)}
        case _:
            return instances.get(None)


def int_key(key: Key) -> int:
    assert isinstance(key, int)
    return key
