"""The text of one file. Trusts no file to be a file: nothing but ordinary ones inside the project
are opened. Knows nothing of what the text says.
"""

import os
import stat
from pathlib import Path

from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.span import Span

MAX_FILE = 10_000_000  # bytes, the same as the parser allows in characters

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a FIFO must not make us wait; Windows has neither
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def read(path: Path, name: str, problems: Collector, *, inside: Path | None) -> str | None:
    """The text of an ordinary UTF-8 file, a leading byte order mark taken off. Problems are
    reported under `name`. A link must end within the folder `inside`, where that is given.
    """
    try:
        data = _bytes(path, name, inside)
    except (OSError, RuntimeError) as trouble:  # RuntimeError: links in a circle (Python < 3.13)
        data = error(
            "unreadable-file",
            "File cannot be read",
            f"{name} cannot be read: {reason(trouble)}. Check that it exists and that you may"
            " read it.",
            start(name),
        )
    if isinstance(data, Diagnostic):
        problems.add(data)
        return None
    return decoded(data, name, problems)


def decoded(data: bytes, name: str, problems: Collector) -> str | None:
    """`data` as text, a leading byte order mark taken off; problems are reported under `name`."""
    text = _decoded(data, name) if len(data) <= MAX_FILE else _too_large(name)
    if isinstance(text, Diagnostic):
        problems.add(text)
        return None
    return text


def start(name: str) -> Span:
    """The very beginning of a file, for what concerns the whole of it."""
    return Span(name, 1, 1, 1, 1)


def shown(name: str) -> str:
    """A file's name as text, also where the file system holds bytes that are no UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def reason(trouble: Exception) -> str:
    return (getattr(trouble, "strerror", None) or str(trouble)).rstrip(".")


def _bytes(path: Path, name: str, inside: Path | None) -> bytes | Diagnostic:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        path = path.resolve(strict=True)
        if inside is not None and not path.is_relative_to(inside.resolve()):
            return _refused(name, "is a link that leads out of the project")
        mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        return _refused(name, f"is {_sort(mode)}")
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return _refused(name, "was replaced while it was being opened")
        return file.read(MAX_FILE + 1)


def _sort(mode: int) -> str:
    sorts = (
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISDIR, "a folder"),
    )
    return next((words for test, words in sorts if test(mode)), "a device")


def _refused(name: str, what: str) -> Diagnostic:
    return error(
        "not-an-ordinary-file",
        "Not an ordinary file of the project",
        f"{name} {what}. Only ordinary files inside the project are read. Replace it by a copy"
        " of the file, or take it out of the folder.",
        start(name),
    )


def _too_large(name: str) -> Diagnostic:
    return error(
        "file-too-large",
        "File is too large",
        f"{name} is larger than {MAX_FILE // 1_000_000} MB, the most that is read. Split it into"
        " several files.",
        start(name),
    )


def _decoded(data: bytes, name: str) -> str | Diagnostic:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as trouble:
        return _not_utf8(data, trouble.start, name)


def _not_utf8(data: bytes, at: int, name: str) -> Diagnostic:
    line_start = data.rfind(b"\n", 0, at) + 1
    line = data.count(b"\n", 0, at) + 1
    column = len(data[line_start:at].decode("utf-8")) + 1
    cure = "Save the file as UTF-8."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        cure = "The file looks like UTF-16. " + cure
    return error(
        "invalid-utf8",
        "File is not UTF-8",
        f"The byte 0x{data[at]:02X} at line {line}, column {column} is not valid UTF-8. {cure}",
        Span(name, line, column, line, column + 1),
    )
