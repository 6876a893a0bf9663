"""Scenario files: a whole session as a user would type and read it, checked word for word.

A file has parts, each begun by a line of its own:
  --- file NAME      what follows is written to NAME
  --- delete NAME    the file is taken away
  $ COMMAND          `reconciler …` is run; `NAME=value` before it sets the environment;
                     what follows is the output, stdout before stderr
  exit N             (last line of an output) the exit code, 0 where it is not said
Before comparing, GUIDs become <guid>, times <time>, and seconds 0s. A line `...` in the expected output
stands for any number of lines.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

GUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
SECONDS = re.compile(r"\b\d+(?:\.\d+)?s\b")


@dataclass(frozen=True)
class Part:
    kind: str
    head: str
    body: str


def parts(text: str) -> Iterator[Part]:
    """The parts of a scenario in order; what stands before the first is prose."""
    kind, head, lines = "", "", []
    for line in text.splitlines():
        found = re.match(r"(--- file |--- delete |\$ )(.*)", line)
        if found:
            if kind:
                yield Part(kind, head, "\n".join(lines).strip("\n"))
            kind, head, lines = found[1].strip("- "), found[2], []
        else:
            lines.append(line)
    if kind:
        yield Part(kind, head, "\n".join(lines).strip("\n"))


def play(text: str, folder: Path, environment: Mapping[str, str]) -> None:
    """Runs a scenario in `folder`. Raises AssertionError with the first difference."""
    for part in parts(text):
        if part.kind == "file":
            path = folder / part.head
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(part.body + "\n", encoding="utf-8")
        elif part.kind == "delete":
            (folder / part.head).unlink()
        else:
            _run(part, folder, environment)


def _run(part: Part, folder: Path, environment: Mapping[str, str]) -> None:
    words = shlex.split(part.head)
    own = dict(environment)
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        own[name] = value
    assert words.pop(0) == "reconciler", part.head
    done = subprocess.run(  # noqa: S603 (our own tool)
        [sys.executable, "-m", "reconciler", *words],
        cwd=folder,
        env=own,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    expected, code = _expected(part.body)
    shown = normal(done.stdout + done.stderr)
    assert fits(expected, shown), (
        f"$ {part.head}\n{shown}\n(exit {done.returncode})\n--- expected\n{expected}"
    )
    assert done.returncode == code, f"$ {part.head}\nexit {done.returncode}, not {code}\n{shown}"


def _expected(body: str) -> tuple[str, int]:
    found = re.search(r"(?:^|\n)exit (\d+)\s*$", body)
    return (body[: found.start()], int(found[1])) if found else (body, 0)


def normal(text: str) -> str:
    text = SECONDS.sub("0s", TIME.sub("<time>", GUID.sub("<guid>", text)))
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def fits(expected: str, shown: str) -> bool:
    lines = (_pattern(line) for line in expected.strip("\n").splitlines())
    return (
        re.fullmatch("".join(lines), "".join(f"{line}\n" for line in shown.splitlines()))
        is not None
    )


def _pattern(line: str) -> str:
    return "(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + "\n"
