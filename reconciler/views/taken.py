"""What came of taking an estate over, as text and as JSON."""

from collections.abc import Iterator

from reconciler.engine.estate import LeftOut, Page, Taken
from reconciler.model.plan import Change
from reconciler.views.text import clean, count, indent, wrap

_PROVEN = """\
Nothing would change in Exchange. To take the objects over, run:
    reconciler apply
"""
_DOUBTFUL = "These objects would change. See what with reconciler plan, and correct the files:"
_WIDTH = 76


def text(taken: Taken) -> str:
    """Paragraphs, each ended by a line break, with empty lines between them."""
    return "\n".join(_paragraphs(taken))


def _paragraphs(taken: Taken) -> Iterator[str]:
    pages = taken.draft.pages
    if pages:
        width = max(len(page.name) for page in pages)
        yield "".join(("Written:\n", *(_page(page, width) for page in pages)))
    else:
        yield "There is nothing to take over.\n"
    if taken.draft.left_out:
        yield "".join(("Left out:\n", *map(_left_out, taken.draft.left_out)))
    if taken.hidden:
        whose = f"{count(taken.hidden, 'object')} of Exchange's own"
        yield f"{whose} left alone: -system takes them over, too.\n"
    if pages:
        yield _proof(taken)


def _page(page: Page, width: int) -> str:
    if not page.resources:
        return f"  {page.name}\n"
    objects, resources = count(page.objects, "object"), count(page.resources, "resource")
    return f"  {page.name:{width}}  {objects} in {resources}\n"


def _left_out(one: LeftOut) -> str:
    why = indent(wrap(one.why, _WIDTH), "    ")
    return f'  {one.type} "{clean(one.identity)}"\n{why}\n'


def _proof(taken: Taken) -> str:
    more = f" {count(taken.others, 'other change')} planned besides." if taken.others else ""
    first = f"The plan with these files: {taken.imported} to import.{more}\n"
    if not taken.changes:
        return f"{first}{_PROVEN}"
    return "".join((first, f"{_DOUBTFUL}\n", *map(_change, taken.changes)))


def _change(one: Change) -> str:
    names = ", ".join(difference.name for difference in one.differences)
    return f"  {clean(str(one.address))} ({names or one.action.value})\n"


def document(taken: Taken) -> dict[str, object]:
    """`changes` is empty where the proof holds."""
    return {
        "format": 1,
        "files": [
            {"name": page.name, "objects": page.objects, "resources": page.resources}
            for page in taken.draft.pages
        ],
        "left_out": [
            {"type": one.type, "name": one.identity, "why": one.why}
            for one in taken.draft.left_out
        ],
        "hidden": taken.hidden,
        "imported": taken.imported,
        "changes": [str(one.address) for one in taken.changes],
        "other_changes": taken.others,
    }
