"""Values of outputs with every digit: state keeps as text what no float holds."""

from reconciler.model.state import Json, Output
from reconciler.views.json_text import Digits


def value(output: Output) -> object:
    """The value, with numbers as numbers."""
    return _exact(output.value, output.type)


def _exact(value: Json, shape: Json) -> object:
    match value, shape:
        case str(), "number":
            return Digits(value)
        case list(), ["tuple", list(parts)]:
            return [_exact(item, part) for item, part in zip(value, parts, strict=True)]
        case dict(), ["object", dict(parts), *_]:
            return {name: _exact(item, parts[name]) for name, item in value.items()}
        case list(), [_, inner]:
            return [_exact(item, inner) for item in value]
        case dict(), [_, inner]:
            return {name: _exact(item, inner) for name, item in value.items()}
        case _:
            return value
