"""The border: what a user wrote for one object becomes canonical values.

Knows spellings, defaults and where arguments exist; refuses to know which values go together.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Protocol

from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.complaints import Complaint, missing, not_here, twice
from reconciler.schema.declare import Constant
from reconciler.schema.kind import KindError, Raw
from reconciler.schema.kinds.choice import flag
from reconciler.schema.literal import quote
from reconciler.schema.resource_type import ResourceType, Shorthand


class Report(Protocol):
    """Takes one mistake; `element` counts the bad element of a list from 0."""

    def __call__(
        self, code: str, summary: str, name: str, detail: str, element: int | None = None, /
    ) -> None: ...


_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class _Border:
    """What is the same for all objects of one type on one platform."""

    writable: Mapping[str, Attribute]
    constants: Mapping[str, Canonical]
    dependent: tuple[Attribute, ...]
    required: tuple[str, ...]
    at_creation: tuple[str, ...]
    shorthands: Mapping[str, Shorthand]


@lru_cache(maxsize=64)
def _border(rtype: ResourceType, platform: Platform) -> _Border:
    here = [a for a in rtype.attributes if a.exists_on(platform)]
    optional = [a for a in here if a.presence is Presence.OPTIONAL]
    return _Border(
        writable={a.name: a for a in here if a.presence is not Presence.COMPUTED},
        constants={
            a.name: a.fill({}, platform)
            for a in optional
            if a.default is None or isinstance(a.default, Constant)
        },
        dependent=tuple(
            a for a in optional if a.default is not None and not isinstance(a.default, Constant)
        ),
        required=tuple(a.name for a in here if a.presence is Presence.REQUIRED),
        at_creation=tuple(a.name for a in here if a.on_change is OnChange.IGNORE),
        shorthands={s.name: s for s in rtype.shorthands},
    )


def canonicalise(
    rtype: ResourceType,
    raw: Mapping[str, Raw],
    platform: Platform,
    report: Report,
    *,
    sensitive: frozenset[str] = frozenset(),
) -> dict[str, Canonical]:
    """Canonical values of every argument that exists on `platform`, defaults filled in.

    In `raw` None counts as not written, and so does "" unless the argument is required; UNKNOWN,
    at any depth, makes the whole argument UNKNOWN, and so does a mistake, which is reported.
    Arguments that the server fills in (KEPT) are there only if written. What `sensitive` names
    is not quoted in any report.
    """
    border = _border(rtype, platform)
    values = dict(border.constants)
    for name, written in _expanded(border, raw, report):
        attribute = border.writable.get(name)
        if attribute is None:
            report(*not_here(rtype, name, platform))
        else:
            secret = attribute.kind.is_secret or name in sensitive
            values[name] = _parsed(attribute, written, report, secret=secret)
    for name in border.required:
        if name not in values:
            values[name] = UNKNOWN
            report(*missing(name))
    return _completed(border, values, platform)


def filled(rtype: ResourceType, written: Values, platform: Platform) -> dict[str, Canonical]:
    """`written`, canonical already, with the documented defaults of all other arguments."""
    border = _border(rtype, platform)
    return _completed(border, {**border.constants, **written}, platform)


def _completed(
    border: _Border, values: dict[str, Canonical], platform: Platform
) -> dict[str, Canonical]:
    for attribute in border.dependent:
        if attribute.name not in values:
            values[attribute.name] = attribute.fill(values, platform)
    return values


def lasting(
    rtype: ResourceType,
    values: Values,
    given: frozenset[str],
    prior: Values,
    platform: Platform,
) -> dict[str, Canonical]:
    """The defaults of an object that exists, where they follow from arguments that counted only
    when it was made (as `prior` tells) and are not what `values` say now.
    """
    border = _border(rtype, platform)
    made = {
        name: prior[name]
        for name in border.at_creation
        if prior.get(name) not in {None, values.get(name)}
    }
    if not made:
        return {}
    was = {**values, **made}
    return {a.name: a.fill(was, platform) for a in border.dependent if a.name not in given}


def given(rtype: ResourceType, raw: Mapping[str, Raw]) -> frozenset[str]:
    """The attributes that the user wrote, a shorthand counting as what it stands for."""
    shorthands = {s.name: s.attribute for s in rtype.shorthands}
    return frozenset(
        shorthands.get(name, name)
        for name, written in raw.items()
        if written is not None and written != "" and not (name in shorthands and _is_off(written))
    )


def _expanded(
    border: _Border, raw: Mapping[str, Raw], report: Report
) -> Iterator[tuple[str, Raw]]:
    """The written arguments, shorthands replaced by what they stand for."""
    chosen: dict[str, tuple[str, Raw]] = {}
    for name, written in raw.items():
        if written is None:
            continue
        shorthand = border.shorthands.get(name)
        value = written if shorthand is None else _meant(shorthand, written, report)
        target = name if shorthand is None else shorthand.attribute
        if value is None or (value == "" and target not in border.required):
            continue
        first, before = chosen.setdefault(target, (name, value))
        if first == name:
            yield target, value
        elif before is UNKNOWN or value is UNKNOWN:
            # It may come out as null, or switched off, and then there is nothing said twice.
            yield target, UNKNOWN
        else:
            report(*twice(first, name, target))


def _meant(shorthand: Shorthand, written: Raw, report: Report) -> Raw:
    """What `shorthand = written` stands for; None where it is switched off."""
    if written is UNKNOWN or written == "":
        return written or None
    try:
        return shorthand.value if flag.parse(written) else None
    except KindError as problem:
        report(problem.code, "Not true or false", shorthand.name, problem.message)
        return UNKNOWN


def _is_off(written: Raw) -> bool:
    try:
        return flag.parse(written) is False
    except KindError:
        return False


def _is_unknown(written: Raw) -> bool:
    if isinstance(written, (list, tuple, set, frozenset)):
        return any(map(_is_unknown, written))
    if isinstance(written, dict):
        return any(map(_is_unknown, written.values()))
    return written is UNKNOWN


def _parsed(attribute: Attribute, written: Raw, report: Report, *, secret: bool) -> Canonical:
    """What is known of a list that is not known as a whole is looked at all the same."""
    known, places = written, None
    if _is_unknown(written):
        if not (attribute.kind.is_set and isinstance(written, list)):
            return UNKNOWN
        places = [n for n, item in enumerate(written) if not _is_unknown(item)]
        known = [written[n] for n in places]
    try:
        value = attribute.kind.parse(known)
    except KindError as first:
        for problem in (first, *first.others):
            element = problem.element
            if element is not None and places is not None:
                element = places[element]
            report(*_complaint(attribute, problem, secret=secret), element)
        return UNKNOWN
    return value if places is None else UNKNOWN


def _complaint(attribute: Attribute, problem: KindError, *, secret: bool) -> Complaint:
    opening = "The value"
    if problem.got and not secret:
        short = problem.got[:_LONGEST_QUOTE]
        opening = quote(short if short == problem.got else f"{short}…")
    return (
        problem.code,
        f"Invalid {attribute.kind.label}",
        attribute.name,
        f"{opening} cannot be used for {attribute.name}. {problem.message}",
    )
