"""Objects that are there as the blocks that a person would write for them.

Only what differs from defaults, in the order of the type; what needs attention stands in comments.
"""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from reconciler.engine.holdings import Holding
from reconciler.lang.format.style import canonical
from reconciler.lang.write import quote
from reconciler.model.record import dataclass
from reconciler.model.values import Canonical
from reconciler.schema.attribute import Attribute
from reconciler.schema.canonical import filled
from reconciler.schema.least import computed, least
from reconciler.schema.rule import Finding, Rule
from reconciler.schema.rules import check
from reconciler.views.hcl import elements
from reconciler.views.text import clean

WIDTH = 90
_COMPUTED = "Exchange computed what follows. Write a line down to hold the value:"
_HIDDEN = "Exchange shows no password. Write the credential down to set it anew:"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A block without its label: `rows` are arguments and their expressions in order, `loose` those
    that stand there as comments; `notes` say what needs attention, `broken` why Exchange's own
    rules would refuse the block.
    """

    holding: Holding
    rows: tuple[tuple[str, str], ...]
    loose: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def sketch(one: Holding, references: Mapping[str, str]) -> Sketch:
    """`references` are expressions by the GUID that each gives."""
    rtype, known = one.rtype, one.rtype.by_name
    written = least(rtype, one.values, one.platform)
    meant = filled(rtype, written, one.platform)
    found = tuple(check(rtype, {**meant, **written}, frozenset(written), one.platform))
    kept = computed(rtype, one.values, one.platform)
    return Sketch(
        one,
        tuple((name, _text(known[name], value, references)) for name, value in written.items()),
        tuple((name, known[name].kind.show(value)) for name, value in kept.items()),
        tuple(finding.detail for _, finding in found),
        tuple(finding.detail for rule, finding in found if rule.level.is_error),
        tuple(_secrets(one, found)),
    )


def _text(attribute: Attribute, value: Canonical, references: Mapping[str, str]) -> str:
    if attribute.within and str(value) in references:
        return references[str(value)]
    brief = _items(attribute, value)
    return attribute.kind.show(value) if brief is None else f"[{', '.join(brief)}]"


def _items(attribute: Attribute, value: Canonical) -> tuple[str, ...] | None:
    """The elements of a set in their shortest spelling; None where it is no set."""
    brief = attribute.kind.brief
    if brief is None or not isinstance(value, tuple):
        return elements(value, attribute)
    return tuple(quote(brief(str(item))) for item in value)


def _secrets(one: Holding, found: Sequence[tuple[Rule, Finding]]) -> Iterator[str]:
    """Arguments that nobody can read back and that a broken rule asks for."""
    asked = {name for rule, _ in found if rule.level.is_error for name in rule.attributes}
    for attribute in one.rtype.attributes:
        if attribute.write_only and attribute.name in asked:
            yield attribute.name


def block(label: str, one: Sketch, before: Sequence[tuple[str, str]] = ()) -> str:
    """`before` are the meta-arguments."""
    head = f"resource {quote(one.holding.rtype.name)} {quote(label)} {{\n"
    parts = (
        "".join(_argument(*row) for row in before),
        "".join(_argument(*_broken(*row, one.holding)) for row in one.rows),
        "".join(comments(one)),
    )
    inside = "\n".join(part for part in parts if part)
    return canonical(f"{head}{inside}}}\n")


def comments(one: Sketch) -> Iterator[str]:
    for note in one.notes:
        yield from (f"  # {line}\n" for line in wrap(f"Attention: {clean(note)}", WIDTH))
    if one.hidden:
        yield f"  # {_HIDDEN}\n"
        yield from (f"  # {name} = {{ username = …, password = … }}\n" for name in one.hidden)
    if one.loose:
        yield f"  # {_COMPUTED}\n"
        yield from (f"  # {name} = {clean(text)}\n" for name, text in one.loose)


def _argument(name: str, text: str) -> str:
    return f"  {name} = {text}\n"


def _broken(name: str, text: str, one: Holding) -> tuple[str, str]:
    """A long set in lines of its own."""
    value = one.values.get(name)
    if len(text) + len(name) <= WIDTH or not text.startswith("[") or "${" in text:
        return name, text
    items = _items(one.rtype.by_name[name], value)
    return name, text if items is None else listed(items)


def listed(items: Sequence[str]) -> str:
    """A list, in one line where that is short."""
    flat = f"[{', '.join(items)}]"
    if len(flat) <= WIDTH:
        return flat
    return "".join(("[\n", *(f"    {item},\n" for item in items), "  ]"))


def blocks(found: Sequence[tuple[str, Holding]], backends: Mapping[str, str]) -> str:
    """Each object under its label; `backends` are the expressions that name a backend, by alias."""
    texts = [block(label, sketch(one, {}), placed(one, backends)) for label, one in found]
    return "\n".join(texts)


def placed(one: Holding, backends: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The argument that says where the object is; none where that goes without saying."""
    named = backends.get(one.backend)
    return (("backend", named),) if named else ()
