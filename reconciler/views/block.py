"""One object's arguments before and after, as the rows of a resource block."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reconciler.config.data import title
from reconciler.model.anything import Anything
from reconciler.model.plan import Difference
from reconciler.model.platform import PLATFORMS
from reconciler.model.record import dataclass
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret, Values
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import Constant
from reconciler.schema.resource_type import ResourceType
from reconciler.views import nested
from reconciler.views.hcl import KNOWN_LATER, SENSITIVE, elements, one_line, quoted
from reconciler.views.text import count

_AT = " " * 8
_FORCES = " # forces replacement"


class Row(NamedTuple):
    """`value` is the text after `name = `; further lines stand under the name."""

    sign: str
    name: str
    value: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """What an object was and becomes; None for "does not exist"."""

    before: Values | None
    after: Values | None
    hidden_before: frozenset[str] = frozenset()
    hidden_after: frozenset[str] = frozenset()
    differences: tuple[Difference, ...] = ()


def body(pair: Pair, rtype: ResourceType | None) -> list[str]:
    """The rows between the braces, aligned, and how many arguments are left out because they do
    not change, or because a whole object comes or goes and they are what they always are.
    """
    known: Mapping[str, Attribute] = rtype.by_name if rtype else {}
    told = {d.name: d for d in pair.differences}
    usual = _usual(pair, known)
    rows, folded = [], 0
    for name in sorted({*(pair.before or ()), *(pair.after or ()), *told} - usual):
        row = _row(name, pair, told.get(name), known.get(name))
        if row.sign != " " or (rtype and name in rtype.identity and row.value != ("null",)):
            rows.append(row)
        elif row.value != ("null",):
            folded += 1
    return [
        *_aligned(rows),
        *_folded(folded, "unchanged argument", "hidden"),
        *_folded(len(usual), "argument", "with the default value hidden"),
    ]


def framed(heading: Sequence[str], sign: str, labels: tuple[str, str], rows: Sequence[str]) -> str:
    """A block as plans show it; `labels` are the type and the name of a resource."""
    keyword, kind = title(labels[0])
    header = f"{keyword} {quoted(kind)} {quoted(labels[1])}"
    return "\n".join((*heading, f"{sign:>3} {header} {{", *rows, "    }", ""))


def _folded(number: int, what: str, why: str) -> list[str]:
    return [f"{_AT}# ({count(number, what)} {why})"] if number else []


def _usual(pair: Pair, known: Mapping[str, Attribute]) -> frozenset[str]:
    """The arguments with their defaults in an object that comes or goes as a whole."""
    if pair.before is not None and pair.after is not None:
        return frozenset()
    values = pair.after or pair.before or {}
    hidden = pair.hidden_before | pair.hidden_after
    return frozenset(
        name
        for name, value in values.items()
        if name in known and name not in hidden and _is_usual(value, known[name], values)
    )


def _is_usual(value: Canonical, attribute: Attribute, values: Values) -> bool:
    """Whether an omitted argument means `value` wherever the argument exists."""
    if value is None or attribute.default is None:
        return False
    if isinstance(attribute.default, Constant):
        return attribute.default.value == value
    return all(
        attribute.fill(values, platform) == value
        for platform in PLATFORMS
        if attribute.exists_on(platform)
    )


def standing(values: Values, hidden: frozenset[str], rtype: ResourceType | None) -> list[str]:
    """The rows of an object that does not change, without a column for signs."""
    known: Mapping[str, Attribute] = rtype.by_name if rtype else {}
    rows = [
        Row(" ", name, _standing(value, known.get(name), is_hidden=name in hidden))
        for name, value in sorted(values.items())
        if value is not None
    ]
    return [line[4:] for line in _aligned(rows)]


def _standing(
    value: Canonical, attribute: Attribute | None, *, is_hidden: bool
) -> tuple[str, ...]:
    if is_hidden and not isinstance(value, Anything):
        return (SENSITIVE,)
    return _whole(value, " ", attribute)


def _aligned(rows: Sequence[Row]) -> list[str]:
    width = max((len(row.name) for row in rows), default=0)
    return [line for row in rows for line in _written(row, width)]


def _written(row: Row, width: int) -> list[str]:
    first, *rest = row.value
    lines = [f"      {row.sign} {row.name.ljust(width)} = {first}"]
    lines += [f"{_AT}{line}" for line in rest]
    return [*lines[:-1], lines[-1] + row.note]


def _row(name: str, pair: Pair, told: Difference | None, attribute: Attribute | None) -> Row:
    before = None if pair.before is None else pair.before.get(name)
    after = None if pair.after is None else pair.after.get(name)
    sign = _sign(before, after, pair, changed=told is not None)
    note = _FORCES if told and told.forces_replacement else ""
    if isinstance(before, Anything) or isinstance(after, Anything):
        return Row(sign, name, _of_any(sign, before, after), note)
    hidden = name in pair.hidden_before or name in pair.hidden_after
    if hidden or (told and told.sensitive):
        return Row(sign, name, _hidden(sign, before, after), note)
    if sign == "~" and isinstance(before, Sealed | Secret) and isinstance(after, Sealed | Secret):
        return Row(sign, name, _secret(before, after), note or _UNSEEN)
    return Row(sign, name, _value(sign, before, after, attribute), note)


def _of_any(sign: str, before: Canonical, after: Canonical) -> tuple[str, ...]:
    """Such a value knows itself how much of it is sensitive."""
    return nested.becoming(before, after) if sign == "~" else _value(sign, before, after, None)


_UNSEEN = " # password changes"


def _sign(before: Canonical, after: Canonical, pair: Pair, *, changed: bool) -> str:
    if before == after and not changed:
        return " "
    if pair.before is None or (before is None and after is not None):
        return "+"
    return "-" if pair.after is None or after is None else "~"


def _hidden(sign: str, before: Canonical, after: Canonical) -> tuple[str, ...]:
    if before is None and after is None:
        return ("null",)
    return (f"{SENSITIVE} -> null" if sign == "-" else SENSITIVE,)


def _secret(before: Sealed | Secret, after: Sealed | Secret) -> tuple[str, ...]:
    """The password of both is unseen, so a change of it alone is said in the row's note."""
    old, new = one_line(before, None), one_line(after, None)
    return (old if old == new else f"{old} -> {new}",)


def _value(
    sign: str, before: Canonical, after: Canonical, attribute: Attribute | None
) -> tuple[str, ...]:
    match sign:
        case "+" | " ":
            return _whole(after, sign, attribute)
        case "-":
            return _ended(_whole(before, sign, attribute), " -> null")
        case _:
            return _changed(before, after, attribute)


def _ended(value: tuple[str, ...], end: str) -> tuple[str, ...]:
    return (*value[:-1], value[-1] + end)


def _whole(value: Canonical, sign: str, attribute: Attribute | None) -> tuple[str, ...]:
    if isinstance(value, Anything):
        return nested.standing(value, sign)
    items = elements(value, attribute)
    if not items:
        return (one_line(value, attribute),)
    return ("[", *(f"  {sign} {item}," for item in items), "]")


def _changed(before: Canonical, after: Canonical, attribute: Attribute | None) -> tuple[str, ...]:
    old, new = elements(before, attribute), elements(after, attribute)
    if old is not None and new is not None:
        return _set_difference(old, new)
    if old and after is UNKNOWN:
        return _ended(_whole(before, "-", attribute), f" -> {KNOWN_LATER}")
    return (f"{one_line(before, attribute)} -> {one_line(after, attribute)}",)


def _set_difference(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    removed = [f"  - {item}," for item in old if item not in frozenset(new)]
    added = [f"  + {item}," for item in new if item not in frozenset(old)]
    same = len(old) - len(removed)
    folded = [f"    # ({count(same, 'unchanged element')} hidden)"] if same else []
    return ("[", *removed, *added, *folded, "]")
