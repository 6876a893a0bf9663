"""Where the time of one run goes: by the importer's account and by the profiler's.

Both slow the run down, and the profiler sees the main thread only: shares, not figures.
"""

import os
import pstats
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.cases import OURS
from benchmarks.process import heard
from benchmarks.rounds import SAID, measured, prepared
from benchmarks.work import Work

_TOP = 20
_IMPORT = re.compile(r"import time: +(\d+) \| +\d+ \| +(\S+)$")
_STANDARD = "standard library"
_STANDARD_FOLDER = Path(os.__file__).parent
_LIBRARIES = "site-packages"

Function = tuple[str, int, str]
"""Its file, line and name, as the profiler gives them; what is built in has the file `~`."""


def profile(work: Work) -> str:
    """Both accounts of our `work` as text, each of a run of its own in a fresh folder."""
    return f"{_imports(work)}\n{_functions(work)}"


def _imports(work: Work) -> str:
    with prepared(work, _ourselves()) as root:
        measured(work, _ourselves("-X", "importtime"), root)
        said = heard(root / SAID)
    return _listed("Imports, own time by part", import_seconds(said.splitlines()))


def _functions(work: Work) -> str:
    with prepared(work, _ourselves()) as root:
        kept = str(root / "profile")
        measured(work, _ourselves("-m", "cProfile", "-o", kept), root)
        stats = pstats.Stats(kept)
    spent: dict[Function, float] = {where: row[2] for where, row in stats.stats.items()}  # type: ignore[attr-defined]  # typeshed leaves it out
    named = {_named(where): seconds for where, seconds in spent.items()}
    by_part = _listed("Functions, own time by part", function_seconds(spent))
    return f"{by_part}\n{_listed('Functions, own time', named)}"


def _ourselves(*options: str) -> Mapping[str, tuple[str, ...]]:
    return {OURS: (sys.executable, *options, "-m", "reconciler")}


def import_seconds(said: Iterable[str]) -> Mapping[str, float]:
    """Own seconds by part, from the lines that `-X importtime` writes among others."""
    spent: Counter[str] = Counter()
    for found in filter(None, map(_IMPORT.match, said)):
        spent[_part(found[2].split("."))] += int(found[1])
    return {part: micros / 1e6 for part, micros in spent.items()}


def function_seconds(spent: Mapping[Function, float]) -> Mapping[str, float]:
    """Own seconds by part; what is built in counts as the standard library's."""
    parts: dict[str, float] = {}
    for (file, _, _), seconds in spent.items():
        part = _part(_modules(file))
        parts[part] = parts.get(part, 0.0) + seconds
    return parts


def _modules(file: str) -> tuple[str, ...]:
    """The names that lead to a file, as an import would say them."""
    names = Path(file).with_suffix("").parts
    if _LIBRARIES in names:
        return names[names.index(_LIBRARIES) + 1 :]
    if Path(file).is_relative_to(_STANDARD_FOLDER):
        return names[len(_STANDARD_FOLDER.parts) :]
    ours = [place for place, name in enumerate(names) if name == OURS]
    return names[ours[-1] :] if ours else names[-1:]


def _part(names: Sequence[str]) -> str:
    """A package of ours, a library by its name, or the standard library."""
    first = names[0]
    if first == OURS:
        return ".".join(names[:2])
    built_in = first.startswith(("_", "<", "~"))
    return _STANDARD if built_in or first in sys.stdlib_module_names else first


def _named(where: Function) -> str:
    file, line, name = where
    return name if file == "~" else f"{'.'.join(_modules(file))}:{line} {name}"


def _listed(title: str, seconds: Mapping[str, float]) -> str:
    largest = sorted(seconds.items(), key=lambda item: -item[1])[:_TOP]
    lines = "".join(f"  {value:8.3f} s  {name}\n" for name, value in largest)
    return f"{title} ({sum(seconds.values()):.3f} s in all)\n{lines}"
