"""One process, run and measured whole: from before it exists until it has ended.

Knows what the platform can tell: Windows has no account of a child's CPU time that needs no
library, so there only the clock is read.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.work import Sample

_SHOWN = 2000


class Failed(Exception):  # noqa: N818 - it is no error of the program's but of what it measures
    """A process that did not do its work, with the end of what it said."""


def measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], said: Path
) -> Sample:
    """Leaves in `said` what was printed. Raises Failed where the exit code is not 0."""
    with said.open("wb") as sink:
        began = perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
        cpu = _wait(process)
        wall = perf_counter() - began
    if process.returncode != 0:
        raise failure(command, said, f"ended with {process.returncode}")
    return Sample(cpu, wall)


def heard(said: Path) -> str:
    return said.read_text(encoding="utf-8", errors="replace")


def failure(command: Sequence[str], said: Path, trouble: str) -> Failed:
    return Failed(f"{' '.join(command)} {trouble}:\n{heard(said)[-_SHOWN:]}")


def _wait(process: subprocess.Popen[bytes]) -> float | None:
    """CPU seconds of this very child (and of those it waited for), where that is known."""
    if sys.platform == "win32":
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime
