"""Writes the generated pages of this folder: `python docs/generate.py` from the project's root."""  # noqa: INP001 (a script, not a package)

from pathlib import Path

from reconciler.catalog.index import found, types
from reconciler.views.docs import page

if __name__ == "__main__":
    for name, rtype in {**types(), **found()}.items():
        target = Path(__file__).parent / "types" / f"{name}.md"
        target.write_text(page(rtype), encoding="utf-8", newline="\n")
