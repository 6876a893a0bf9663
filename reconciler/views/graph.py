"""Who uses whom, in the DOT language of Graphviz."""

from collections.abc import Iterable

from reconciler.views.text import clean


def dot(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> str:
    """An arrow from each user to what it uses, all sorted."""
    drawn = [f"  {_id(node)} [label={_id(node)}];" for node in sorted(set(nodes))]
    arrows = [f"  {_id(user)} -> {_id(used)};" for user, used in sorted(set(edges))]
    head = ["digraph G {", '  rankdir = "RL";', '  node [shape = rect, fontname = "sans-serif"];']
    return "\n".join([*head, *drawn, *arrows, "}", ""])


def _id(name: str) -> str:
    escaped = clean(name.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'
