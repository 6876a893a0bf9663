"""Which files of a folder are configuration. Opens none of them."""

import os
from collections.abc import Iterator
from pathlib import Path

from reconciler.lang.text_file import reason, shown
from reconciler.model.diagnostic import Collector, error

MAX_TOTAL = 10_000_000  # a tree takes about forty times the space of its text

_SUFFIXES = (".hcl", ".hcl.json")
_NOT_CONFIGURATION = (".vars", ".test", ".org")


def stem(name: str) -> str | None:
    """`name` without `.hcl` or `.hcl.json`; None for other, hidden and back-up files."""
    if name.startswith((".", "#")) or name.endswith("~"):
        return None
    return next((name.removesuffix(s) for s in reversed(_SUFFIXES) if name.endswith(s)), None)


def is_configuration(name: str) -> bool:
    base = stem(name)
    return base is not None and not base.endswith(_NOT_CONFIGURATION)


def is_override(name: str) -> bool:
    """Whether the file overrides; folders may stand before its name."""
    base = stem(name.rpartition("/")[2])
    return base is not None and (base == "override" or base.endswith("_override"))


def names(root: Path, problems: Collector) -> tuple[str, ...]:
    """The names of everything in `root` but folders, sorted; none where it cannot be listed."""
    try:
        with os.scandir(root) as entries:
            return tuple(sorted(e.name for e in entries if not e.is_dir()))
    except FileNotFoundError:
        problems.add(
            error(
                "no-such-folder",
                "No such folder",
                f"There is no folder {shown(str(root))}. Give the folder that holds the"
                " configuration with -chdir.",
            )
        )
    except OSError as trouble:
        problems.add(
            error(
                "unreadable-folder",
                "Folder cannot be read",
                f"The folder {shown(str(root))} cannot be listed: {reason(trouble)}. Check that"
                " it is a folder and that you may read it.",
            )
        )
    return ()


def configuration_files(found: tuple[str, ...]) -> Iterator[str]:
    """The configuration among `found`, in the order it is read: overriding files last."""
    chosen = [name for name in found if is_configuration(name)]
    yield from (name for name in chosen if not is_override(name))
    yield from (name for name in chosen if is_override(name))
