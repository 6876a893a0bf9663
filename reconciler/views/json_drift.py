"""What others changed, for programs. Sensitive values and secrets are null."""

from collections.abc import Iterable

from reconciler.model.audit import Blamed, Deed
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.plan import Difference
from reconciler.schema.attribute import Attribute
from reconciler.views.exposed import plain
from reconciler.views.hcl import Types
from reconciler.views.json_text import pretty

FORMAT = "1.0"
Json = dict[str, object]


def text(found: Iterable[Blamed], warnings: Iterable[Diagnostic], types: Types) -> str:
    """One document, objects sorted by address."""
    ordered = sorted(found, key=lambda one: one.drift.address.sort_key)
    said = [{"code": one.code, "detail": one.detail} for one in warnings]
    objects = [_object(one, types) for one in ordered]
    return pretty({"format": FORMAT, "drift": objects, "warnings": said})


def _object(one: Blamed, types: Types) -> Json:
    address = one.drift.address
    known = types[address.type].by_name if address.type in types else {}
    head: Json = {"address": str(address), "type": address.type, "name": address.name}
    if one.drift.after is None:
        return {**head, "gone": True, "changes": [], "removed_by": _by(one.removal)}
    changes = [_change(d, known.get(d.name), one.deeds.get(d.name)) for d in one.drift.differences]
    return {**head, "gone": False, "changes": changes}


def _change(difference: Difference, attribute: Attribute | None, deed: Deed | None) -> Json:
    hidden = difference.sensitive or bool(attribute and attribute.kind.is_secret)
    before, after = difference.before, difference.after
    return {
        "attribute": difference.name,
        "before": None if hidden else plain(before, attribute),
        "after": None if hidden else plain(after, attribute),
        "sensitive": hidden,
        "by": _by(deed),
    }


def _by(deed: Deed | None) -> Json | None:
    if deed is None:
        return None
    return {"user": deed.user, "time": deed.time, "cmdlet": deed.cmdlet}
