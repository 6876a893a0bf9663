"""Changes to the record alone, for people and for programs: which rows come, change and go."""

from collections.abc import Iterable, Iterator, Mapping

from reconciler.model.state import Output
from reconciler.store.base import Settled
from reconciler.views import json_text
from reconciler.views.text import clean

_ACTIONS = {"+": "create", "~": "update", "-": "delete"}


def text(
    outcomes: Iterable[Settled], outputs: Mapping[str, Output | None], *, dry_run: bool
) -> str:
    found = tuple(_rows(outcomes, outputs))
    if not found:
        return "The state says already what the document says. Nothing was changed.\n"
    lines = [f"  {sign} {clean(name)}\n" for sign, name in found]
    end = f"{len(found)} row(s) would change." if dry_run else f"{len(found)} row(s) changed."
    return "".join((*lines, "\n", end, "\n"))


def as_json(
    outcomes: Iterable[Settled], outputs: Mapping[str, Output | None], *, dry_run: bool
) -> str:
    rows = [{"action": _ACTIONS[sign], "name": name} for sign, name in _rows(outcomes, outputs)]
    return json_text.pretty({"dry_run": dry_run, "rows": rows})


def _rows(
    outcomes: Iterable[Settled], outputs: Mapping[str, Output | None]
) -> Iterator[tuple[str, str]]:
    for one in outcomes:
        sign = "+" if one.before is None else "-" if one.after is None else "~"
        yield sign, f"{one.address} (left-over {one.deposed})" if one.deposed else one.address
    for name, output in outputs.items():
        yield "~" if output else "-", f"output.{name}"
