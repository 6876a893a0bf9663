"""Works in turn, each in folders of its own. Knows which programs the tools are."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cases import OURS, PYTHON, THEIRS
from benchmarks.process import failure, heard, measure
from benchmarks.work import Case, Sample, Work

Tools = Mapping[str, tuple[str, ...]]
"""Command lines to start a tool with, by its name."""

SAID = "said.txt"
"""The file in a round's folder that holds what the last run printed."""

_FOREIGN = ("RECONCILER_", "TF_", "PYTHON")
_KEPT = "PYTHONPATH"


def tools_here(*, with_terraform: bool) -> Tools:
    """Ourselves with this very Python, and Terraform where it is wanted and on the PATH."""
    theirs = shutil.which(THEIRS) if with_terraform else None
    ours = {OURS: (sys.executable, "-m", "reconciler"), PYTHON: (sys.executable,)}
    return ours | {THEIRS: (theirs,)} if theirs else ours


def take(
    case: Case, tools: Tools, rounds: int, tell: Callable[[str], None]
) -> tuple[tuple[Sample, ...], ...]:
    """The samples of every work, in the order of the works; none where its tool is missing.

    The works take turns, so that a machine which slows down does so for all of them.
    """
    times: list[list[Sample]] = [[] for _ in case.works]
    with ExitStack() as kept:
        folders = [
            kept.enter_context(prepared(work, tools)) if _stays(work, tools) else None
            for work in case.works
        ]
        for number in range(rounds):
            tell(f"{case.name}: round {number + 1} of {rounds}")
            for work, folder, samples in zip(case.works, folders, times, strict=True):
                if work.tool in tools:
                    samples.append(_sample(work, tools, folder))
    return tuple(tuple(samples) for samples in times)


def _stays(work: Work, tools: Tools) -> bool:
    return work.repeats and work.tool in tools


def _sample(work: Work, tools: Tools, folder: Path | None) -> Sample:
    if folder is not None:
        return measured(work, tools, folder)
    with prepared(work, tools) as fresh:
        return measured(work, tools, fresh)


@contextmanager
def prepared(work: Work, tools: Tools) -> Iterator[Path]:
    """A new folder with the work's files, where all that comes before it has run."""
    with TemporaryDirectory(prefix="benchmark-") as name:
        root = Path(name)
        (root / "project").mkdir()
        (root / "terraform.rc").touch()
        for path, text in work.files.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="\n")
        for arguments in work.before:
            _run(work, tools, root, arguments)
        yield root


def measured(work: Work, tools: Tools, root: Path) -> Sample:
    """Raises Failed where the work was not done."""
    sample = _run(work, tools, root, work.arguments)
    if work.answer not in heard(root / SAID):
        raise failure(work.arguments, root / SAID, f'did not say "{work.answer}"')
    return sample


def _run(work: Work, tools: Tools, root: Path, arguments: tuple[str, ...]) -> Sample:
    command = (*tools[work.tool], *arguments)
    return measure(command, root / "project", _environment(work, root), root / SAID)


def _environment(work: Work, root: Path) -> dict[str, str]:
    """Our own environment, without what would change a tool's ways; no run calls home.

    A Python that may not keep what it has compiled would compile us anew in every run.
    """
    plain = {
        name: value
        for name, value in os.environ.items()
        if name == _KEPT or not name.startswith(_FOREIGN)
    }
    ours = {"RECONCILER_CACHE_DIR": str(root / "cache"), "NO_COLOR": "1"}
    theirs = {
        "CHECKPOINT_DISABLE": "1",
        "TF_CLI_CONFIG_FILE": str(root / "terraform.rc"),
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
    }
    return {**plain, **ours, **theirs, **work.environment}
