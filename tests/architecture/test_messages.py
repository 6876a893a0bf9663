"""The style of messages, as far as a machine can see it."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "reconciler"
FOR_DEVELOPERS = {"model/record.py", "app/plan_codec.py", "store/spelling.py"}


def quoted_by_python(path):
    """The lines in which a formatted text quotes a value as Python would."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.conversion == ord("r")
    ]


def test_names_stand_in_double_quotes_in_every_message():
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in ROOT.rglob("*.py")
        if (lines := quoted_by_python(path))
    }
    assert {path: lines for path, lines in found.items() if path not in FOR_DEVELOPERS} == {}
