"""The reference page of a resource type, as Markdown. Knows no type in particular."""

from collections.abc import Iterable, Iterator

from reconciler.model.platform import Platform
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.resource_type import Can, ResourceType
from reconciler.schema.rule import FleetRule, Held, Rule, SceneRule
from reconciler.schema.source import asked_by


def page(rtype: ResourceType) -> str:
    """The whole page; the same declaration gives the same bytes."""
    return "\n".join(_lines(rtype)).rstrip("\n") + "\n"


def accounting(rtype: ResourceType) -> dict[str, str]:
    """What becomes of each parameter of the New- and Set- cmdlets, by its name."""
    found = {a.parameter: _fate(rtype, a) for a in rtype.attributes if a.parameter}
    for short in rtype.shorthands:
        found[short.parameter] = (
            f'argument `{short.name}`, short for `{short.attribute} = "{short.value}"`'
        )
    found |= {other.parameter: other.becomes for other in rtype.others}
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _fate(rtype: ResourceType, attribute: Attribute) -> str:
    refused = [r for r in _refusals(rtype) if attribute.name in r.attributes]
    if refused:
        return f"refused (`{refused[0].code}`): Microsoft reserves it; read as `{attribute.name}`"
    return f"argument `{attribute.name}`{_where(rtype, attribute)}"


def _refusals(rtype: ResourceType) -> Iterator[Rule]:
    return (rule for rule in rtype.rules if rule.code == "reserved-argument")


def _lines(rtype: ResourceType) -> Iterator[str]:
    yield f"# {rtype.name}"
    yield "\nThis page is generated from the declaration of the type; do not edit it.\n"
    yield f"{rtype.summary}\n"
    if rtype.example:
        yield f"```hcl\n{rtype.example.rstrip()}\n```\n"
    yield _import(rtype)
    for title in dict.fromkeys(a.group for a in rtype.attributes):
        yield f"## {title}\n"
        yield from _attribute_table(rtype, [a for a in rtype.attributes if a.group == title])
    yield from _coupled(rtype)
    yield from _rules(rtype)
    yield from _parameters(rtype)
    yield f"Source: {rtype.source}."


def _import(rtype: ResourceType) -> str:
    if rtype.reads:
        asked = " or ".join(f"`{name}`" for name in asked_by(rtype))
        return f"A data source, asked by {asked}.\n"
    names = " and ".join(f"`{part}`" for part in rtype.identity)
    if rtype.home:
        return f"Import with any {names}: there is nothing to find, so that any text will do.\n"
    if rtype.keyed_by:
        return f"Import by `{'|'.join(rtype.keyed_by)}`, the values in that order, in any case.\n"
    if not rtype.identity:
        return "There is exactly one, and a block means it; it needs no import.\n"
    return f"Import by {names}, or by GUID.\n"


def _rules(rtype: ResourceType) -> Iterator[str]:
    if not rtype.every_rule:
        return
    yield "## Rules\n"
    yield (
        "E: the server refuses. E?: the documentation says must. Both are errors here. "
        "W: accepted without effect. L: worth a second look. Both are warnings.\n"
    )
    yield from _rule_table(rtype)


def _parameters(rtype: ResourceType) -> Iterator[str]:
    if not rtype.noun or rtype.reads:
        return
    yield "## Every cmdlet parameter\n"
    making, changing = rtype.verbs[Can.CREATE], rtype.verbs[Can.UPDATE]
    if Can.UPDATE not in rtype.can and Can.DELETE in rtype.can:
        changing = rtype.verbs[Can.DELETE]
    cmdlets = f"`{making}-{rtype.noun}` and `{changing}-{rtype.noun}`"
    yield f"All parameters of {cmdlets}, and what they are here.\n"
    rows = ((f"`{name}`", fate) for name, fate in accounting(rtype).items())
    yield from _table(("parameter", "here"), rows)


def _attribute_table(rtype: ResourceType, attributes: Iterable[Attribute]) -> Iterator[str]:
    rows = ((f"`{a.name}`", _type(a), _default(a), _meaning(rtype, a)) for a in attributes)
    yield from _table(("argument", "type", "default", "meaning"), rows)


def _type(attribute: Attribute) -> str:
    return f"`{attribute.kind.hcl_type}`"


def _default(attribute: Attribute) -> str:
    match attribute.presence:
        case Presence.REQUIRED:
            return "required"
        case Presence.COMPUTED:
            return "read only"
        case Presence.KEPT:
            return attribute.default_doc or "may be asked by"
        case Presence.OPTIONAL if attribute.default_doc:
            return attribute.default_doc
        case Presence.OPTIONAL:
            return f"`{attribute.kind.show(attribute.fill({}, Platform()))}`"


def _meaning(rtype: ResourceType, attribute: Attribute) -> str:
    parts = [attribute.doc]
    if attribute.kind.words:
        how_many = "Any" if attribute.kind.is_set else "One"
        parts.append(f"{how_many} of {_words(attribute.kind.words)}.")
    if _replaces(attribute):
        parts.append("A change replaces the object.")
    where = _where(rtype, attribute)
    return " ".join(parts) + (f" **Only{where}.**" if where else "")


def _replaces(attribute: Attribute) -> bool:
    """Whether users can write another value, and need a new object for that."""
    written = attribute.presence is not Presence.COMPUTED
    return written and attribute.on_change is OnChange.REPLACE


def _words(words: Iterable[str]) -> str:
    return ", ".join(f'`"{word}"`' for word in words)


def _where(rtype: ResourceType, attribute: Attribute) -> str:
    """Such as "on Exchange 2010; role edge" after a space; empty where it exists wherever the
    type does.
    """
    limits = []
    versions = [one for one in rtype.versions if one in attribute.versions]
    roles = [one for one in rtype.roles if one in attribute.roles]
    if len(versions) < len(rtype.versions):
        limits.append(f"Exchange {', '.join(versions)}")
    if len(roles) < len(rtype.roles):
        limits.append(f"role {' or '.join(roles)}")
    return f" on {'; '.join(limits)}" if limits else ""


def _coupled(rtype: ResourceType) -> Iterator[str]:
    order = [a.name for a in rtype.attributes]
    if rtype.coupled:
        yield "## Arguments that travel together\n"
        yield "A change to one of a group sends the whole group in one call.\n"
        for group in rtype.coupled:
            yield "- " + ", ".join(f"`{n}`" for n in order if n in group)
        yield ""


def _rule_table(rtype: ResourceType) -> Iterator[str]:
    rules = sorted(rtype.every_rule, key=lambda r: (not r.id, len(r.id), r.id, r.code))
    rows = ((r.id, r.level.value, f"`{r.code}`", r.summary, _looks_at(r)) for r in rules)
    yield from _table(("rule", "level", "code", "what is wrong", "looks at"), rows)


def _looks_at(rule: Rule | FleetRule | SceneRule | Held) -> str:
    match rule:
        case Held():
            names = ", ".join(f"`{name}`" for name in rule.attributes)
            return f"{names}: {rule.how}" if names else rule.how
        case FleetRule():
            return "all objects of one backend"
        case SceneRule():
            return _around(rule)
        case Rule():
            return ", ".join(f"`{name}`" for name in rule.attributes)


def _around(rule: SceneRule) -> str:
    names = ", ".join(f"`{name}`" for name in rule.attributes)
    others = "".join(f", and every `{name}`" for name in rule.beside)
    return f"{names or 'all objects of one backend, now and as planned'}{others}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        cells = " | ".join(cell.replace("|", r"\|") for cell in row)
        yield f"| {cells} |"
    yield ""
