"""The page `docs/cli.md`, from the commands themselves: `python -m reconciler.cli.manual`."""

import sys
from pathlib import Path

from reconciler.cli.parse import load, page
from reconciler.cli.verbs import VERBS
from reconciler.views.help import manual


def text() -> str:
    return manual(page(name, load(name)) for name in VERBS)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/cli.md")
    target.write_text(text(), encoding="utf-8")
