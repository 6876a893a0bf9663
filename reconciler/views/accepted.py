"""What was taken into the configuration: the lines that changed, and none beside them, for those
may hold what must not be shown.
"""

from reconciler.model.accepted import Accepted, Rewritten
from reconciler.views.json_text import pretty
from reconciler.views.line_diff import unified
from reconciler.views.text import clean, clean_lines

FORMAT = "1.0"


def text(done: Accepted, *, dry: bool) -> str:
    """The lines, and what they are about."""
    return "".join([*map(_diff, done.files), _summary(done, dry=dry)])


def _diff(one: Rewritten) -> str:
    found = unified(one.path, one.before, one.after, context=0)
    return "\n".join(clean_lines(found))


def _summary(done: Accepted, *, dry: bool) -> str:
    address, names = clean(str(done.address)), ", ".join(done.names)
    if done.names:
        return f"\n{'Would be taken' if dry else 'Taken'} into {address}: {names}.\n"
    if done.recorded:
        said = ", ".join(done.recorded)
        return f"{address}: the configuration says of {said} what Exchange has already.\n"
    return f"{address}: nothing has drifted, so there is nothing to accept.\n"


def json_text(done: Accepted, *, dry: bool) -> str:
    """One document for programs."""
    files = [{"path": one.path, "diff": _diff(one)} for one in done.files]
    return pretty(
        {
            "format": FORMAT,
            "address": str(done.address),
            "accepted": list(done.names),
            "recorded": [] if dry else list(done.recorded),
            "dry_run": dry,
            "files": files,
            "warnings": [{"code": one.code, "detail": one.detail} for one in done.warnings],
        }
    )
