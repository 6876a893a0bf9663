"""What others changed, for people: each object as a block, beside each argument who did it."""

from collections.abc import Iterable

from reconciler.model.audit import Blamed, Deed
from reconciler.views import signed
from reconciler.views.block import Pair, body
from reconciler.views.hcl import Types
from reconciler.views.palette import Look, Style
from reconciler.views.text import clean, count

HEADING = "Objects have changed outside of reconciler since the last apply:\n"
_CURES = """
To keep a change, take it into the configuration with "reconciler drift accept ADDRESS".
To undo it, run "reconciler apply".
"""


def text(found: tuple[Blamed, ...], types: Types, look: Look) -> str:
    """Everything, and what may be done about it."""
    if not found:
        good = look.paint("No drift. Exchange is as the state remembers it.", Style.NEW)
        return f"{good}\n\nEvery object was compared with what was last applied; none differs.\n"
    shown = [signed.painted(one, look) for one in objects(found, types)]
    return "\n".join([HEADING, *shown, f"Drift: {_counted(found)}.\n"]) + _CURES


def _counted(found: tuple[Blamed, ...]) -> str:
    gone = sum(one.drift.after is None for one in found)
    return f"{count(len(found) - gone, 'object')} changed, {gone} gone"


def objects(found: Iterable[Blamed], types: Types) -> list[str]:
    """A block for each object, sorted by address."""
    return [_object(one, types) for one in sorted(found, key=lambda b: b.drift.address.sort_key)]


def _object(one: Blamed, types: Types) -> str:
    drift = one.drift
    rtype = types.get(drift.address.type)
    before, gone = drift.before, drift.after is None
    if gone and rtype:
        before = {name: before.get(name) for name in rtype.identity}
    heading = [f"  # {clean(str(drift.address))} {'is gone' if gone else 'has changed'}"]
    heading += [f"  # (removed {_by(one.removal)})"] if one.removal else []
    notes = {name: _by(deed) for name, deed in one.deeds.items()}
    hidden = drift.sensitive
    pair = Pair(before, drift.after, hidden, hidden, drift.differences, notes)
    labels = (drift.address.type, drift.address.name)
    return signed.block(heading, "-" if gone else "~", labels, body(pair, rtype))


def _by(deed: Deed) -> str:
    return f"by {clean(deed.user)} at {clean(deed.time)} with {clean(deed.cmdlet)}"
