"""Values of any type, taken as they are: nothing is another spelling of anything else."""

from collections.abc import Iterable
from fractions import Fraction

from reconciler.model.anything import Anything, Path
from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.literal import bracket, quote

HIDDEN = "(sensitive value)"
LATER = "(known after apply)"


def _parse(raw: Raw) -> Canonical:
    if not isinstance(raw, Anything):
        raise KindError("A value of the language is expected here, with its type.")
    return raw


def _show(value: Canonical) -> str:
    """What is sensitive, or not known yet, is said in words that are no HCL."""
    if not isinstance(value, Anything):
        return "null"
    words = dict.fromkeys(value.unknown, LATER) | dict.fromkeys(value.sensitive, HIDDEN)
    return _literal(value.data, (), words)


def _literal(data: object, at: Path, words: dict[Path, str]) -> str:
    if at in words:
        return words[at]
    match data:
        case None:
            return "null"
        case bool():
            return "true" if data else "false"
        case str():
            return quote(data)
        case list():
            return bracket(_literal(item, (*at, n), words) for n, item in enumerate(data))
        case dict():
            return _braced(
                f"{quote(name)} = {_literal(item, (*at, name), words)}"
                for name, item in data.items()
            )
        case Fraction():
            return _digits(data)
        case _:
            return str(data)


def _braced(items: Iterable[str]) -> str:
    inside = ", ".join(items)
    return f"{{ {inside} }}" if inside else "{}"


def _digits(number: Fraction) -> str:
    """Every digit, without an exponent: `number` was read from such a text."""
    below = number.denominator
    places = next(n for n in range(below.bit_length()) if 10**n % below == 0)
    digits = str(abs(number.numerator) * 10**places // below).rjust(places + 1, "0")
    point = len(digits) - places
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:point]}.{digits[point:]}"


anything: Kind = Kind(
    label="value",
    hcl_type="any",
    parse=_parse,
    show=_show,
    expose=lambda value: value.data if isinstance(value, Anything) else None,
    encode=lambda value: value,
    alike=(
        (Anything('"string"', '"text"'),),
        (Anything('"number"', "0.10000000000000000000000000000000000000000000000001"),),
        (Anything('"number"', "-12345678901234567890123456789012345678901234567890"),),
        (Anything('["tuple",["string","bool"]]', '["a",true]'),),
        (Anything('["object",{"a":"number","b":"dynamic"}]', '{"a":1,"b":null}'),),
    ),
    bad=("text", 5, True, [], {}),
    is_any=True,
)
