"""Files brought into the canonical style: which ones, what would change, and writing them back.

A file that the parser refuses is reported and stays as it is.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reconciler.app.overwrite import overwrite
from reconciler.config import files
from reconciler.lang import text_file
from reconciler.lang.format.style import canonical
from reconciler.lang.parse import parse
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.record import dataclass

MOST = text_file.MAX_FILE
"""Bytes of the largest file."""

_SUFFIX = ".hcl"
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file as it is and as it should be; `path` is what the user sees."""

    path: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


def run(
    targets: Sequence[str], problems: Collector, *, recursive: bool = False, write: bool = True
) -> Iterator[Formatted]:
    """Each file of the targets, which are files or folders; with `write` it is as it should be
    once it has been handed out.
    """
    for path, inside in _files(targets, problems, recursive=recursive):
        name = text_file.shown(str(path))
        text = text_file.read(path, name, problems, inside=inside)
        done = _formatted(text, name, problems, is_marked=_has_mark(path))
        if done is None:
            continue
        if write and done.changed:
            try:
                overwrite(path.resolve(), done.after.encode())
            except OSError as trouble:
                problems.add(_unwritable(done.path, text_file.reason(trouble)))
                continue
        yield done


def run_on(data: bytes, problems: Collector) -> Iterator[Formatted]:
    """The same for what came in by standard input: one text, or none where it is no HCL."""
    name = "<stdin>"
    text = text_file.decoded(data, name, problems)
    done = _formatted(text, name, problems, is_marked=data.startswith(_MARK))
    if done is not None:
        yield done


def _formatted(
    text: str | None, name: str, problems: Collector, *, is_marked: bool
) -> Formatted | None:
    """`text` before and after; None where it is no HCL."""
    if text is None:
        return None
    found = Collector()
    parse(text, name, found)
    problems.extend(found)
    if found.errors:
        return None
    return Formatted(name, f"\ufeff{text}" if is_marked else text, canonical(text))


def _has_mark(path: Path) -> bool:
    """Whether the file begins with a byte order mark, which reading takes off."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(len(_MARK)) == _MARK
    return False


def _files(
    targets: Iterable[str], problems: Collector, *, recursive: bool
) -> Iterator[tuple[Path, Path | None]]:
    """The files, each with the folder out of which no link may lead."""
    for target in targets:
        path = Path(target)
        if path.is_dir():
            yield from ((each, path) for each in _inside(path, problems, recursive=recursive))
        elif path.name.endswith(_SUFFIX):
            yield path, None
        else:
            problems.add(_unsuitable(path))


def _inside(folder: Path, problems: Collector, *, recursive: bool) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        for name in files.names(current, problems):
            if files.stem(name) is not None and name.endswith(_SUFFIX):
                yield current / name
        if recursive:
            waiting += reversed(_folders(current))


def _folders(folder: Path) -> list[Path]:
    """The folders in `folder` but hidden ones; links are not followed, which ends every walk."""
    try:
        with os.scandir(folder) as entries:
            found = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
    except OSError:  # reported already, by whoever looked for files
        return []
    return [folder / name for name in sorted(found) if not name.startswith(".")]


def _unwritable(name: str, reason: str) -> Diagnostic:
    return error(
        "cannot-write",
        "File cannot be written",
        f"{name} cannot be written: {reason}. It is as it was. Check that you may write the file "
        "and its folder.",
        text_file.start(name),
    )


def _unsuitable(path: Path) -> Diagnostic:
    name = text_file.shown(str(path))
    if not path.exists():
        return error(
            "no-such-file",
            "No such file or folder",
            f"There is nothing at {name}. Name a file or a folder that exists.",
        )
    return error(
        "cannot-format",
        "Not a file that can be formatted",
        f"{name} does not end in {_SUFFIX}. Name a file that does, or a folder with such files.",
    )
