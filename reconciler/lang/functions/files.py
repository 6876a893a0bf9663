"""Functions that read files. Only ordinary files inside the project are read, and no large ones."""

import base64
import hashlib
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Final

from reconciler.lang.core import Value, set_of_strings, text
from reconciler.lang.functions.declare import (
    Function,
    FunctionError,
    function,
    string,
)
from reconciler.lang.functions.digests import digest
from reconciler.lang.functions.late import late
from reconciler.lang.scope import Scope
from reconciler.lang.shape import BOOL, STRING, SetType
from reconciler.model.file_read import FileRead, How

_LARGEST: Final = 64 * 1024 * 1024
_MOST_FILES: Final = 100_000


def _absolute(scope: Scope, raw: str) -> Path:
    try:
        return (scope.base or Path()) / Path(raw).expanduser()
    except RuntimeError:
        raise FunctionError(f'there is no home folder for "{raw}"', 0) from None


def _root(scope: Scope) -> Path:
    return (scope.root or scope.base or Path()).resolve()


def _contained(scope: Scope, raw: str) -> Path:
    """The real path of a file inside the project. Raises FunctionError."""
    try:
        root = _root(scope)
        found = _absolute(scope, raw).resolve()
    except (OSError, ValueError, RuntimeError):  # a NUL inside, or links that go round in circles
        raise FunctionError("it is no path that could be followed", 0) from None
    if not found.is_relative_to(root):
        raise FunctionError(f'"{raw}" is outside the project, which is not read', 0)
    return found


def _note(scope: Scope, how: How, path: Path, found: bytes | None, pattern: str = "") -> None:
    """`found` None: nothing could be learnt."""
    mark = "" if found is None else hashlib.sha256(found).hexdigest()
    inside = path.relative_to(_root(scope)).as_posix()
    scope.reads.note(FileRead(how, inside, pattern, mark))


def read(scope: Scope, raw: str) -> bytes:
    """Raises FunctionError."""
    path = _contained(scope, raw)
    found: bytes | None = None
    try:
        found = _content(path, raw)
    finally:
        _note(scope, How.CONTENT, path, found)
    return found


def _content(path: Path, raw: str) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FunctionError(f'"{raw}" is no ordinary file', 0)
        if found.st_size > _LARGEST:
            raise FunctionError(f'"{raw}" is larger than {_LARGEST:,} bytes', 0)
        return path.read_bytes()
    except (OSError, ValueError):
        raise FunctionError(f'the file "{raw}" cannot be read', 0) from None


def read_text(scope: Scope, raw: str) -> str:
    try:
        return text(read(scope, raw).decode())
    except UnicodeDecodeError:
        raise FunctionError(f'the file "{raw}" is no text in UTF-8', 0) from None


@function(string("path"), returns=STRING, scoped=True)
def file(scope: Scope, path: str) -> Value:
    """The text of a file."""
    return read_text(scope, path)


@function(string("path"), returns=STRING, scoped=True)
def filebase64(scope: Scope, path: str) -> Value:
    """The bytes of a file, in Base64."""
    return base64.b64encode(read(scope, path)).decode("ascii")


@function(string("path"), returns=BOOL, scoped=True)
def fileexists(scope: Scope, path: str) -> Value:
    """Whether there is such a file."""
    found = _contained(scope, path)
    if found.is_dir():
        raise FunctionError(f'"{path}" is a folder', 0)
    there = found.is_file()
    _note(scope, How.PRESENCE, found, b"there" if there else b"absent")
    return there


def _digested(algorithm: str, *, hexadecimal: bool) -> Function:
    def body(scope: Scope, path: str) -> Value:
        raw = digest(algorithm, read(scope, path))
        return raw.hex() if hexadecimal else base64.b64encode(raw).decode("ascii")

    form = "hexadecimal digits" if hexadecimal else "Base64"
    body.__doc__ = f"The {algorithm.upper()} digest of a file, in {form}."
    return function(string("path"), returns=STRING, scoped=True)(body)


filemd5 = _digested("md5", hexadecimal=True)
filesha1 = _digested("sha1", hexadecimal=True)
filesha256 = _digested("sha256", hexadecimal=True)
filesha512 = _digested("sha512", hexadecimal=True)
filebase64sha256 = _digested("sha256", hexadecimal=False)
filebase64sha512 = _digested("sha512", hexadecimal=False)


@function(string("path"), string("pattern"), returns=SetType(STRING), scoped=True)
def fileset(scope: Scope, path: str, pattern: str) -> Value:
    """The files below a folder whose names fit a pattern, relative to the folder."""
    folder = _contained(scope, path)
    wanted = _pattern(pattern)
    found: list[str] = []
    for name in _walk(folder, folder):
        if len(found) > _MOST_FILES:
            raise FunctionError(f"there are more than {_MOST_FILES:,} files")
        if wanted(name):
            found.append(name)
    _note(scope, How.LISTING, folder, "\0".join(found).encode(errors="surrogateescape"), pattern)
    return set_of_strings(found)


def _pattern(pattern: str) -> Callable[[str], bool]:
    """Whether a name fits. Raises FunctionError for what is no pattern, or takes too long."""
    library = late("regex")
    try:
        wanted = library.compile(_glob(pattern), library.VERSION0)
    except library.error:
        raise FunctionError("it is not a valid pattern", 1) from None

    def fits(name: str) -> bool:
        try:
            return wanted.fullmatch(name, timeout=1.0) is not None
        except TimeoutError:
            raise FunctionError("matching the pattern takes too long", 1) from None

    return fits


def _walk(folder: Path, top: Path) -> Iterator[str]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, top)
        elif entry.is_file():
            yield entry.relative_to(top).as_posix()


def _glob(pattern: str) -> str:
    """The regular expression for a pattern with `*`, `**`, `?`, `[…]` and `{a,b}`."""
    written: list[str] = []
    depth = 0
    for found in _GLOB_PARTS.finditer(pattern):
        sign = found[0]
        depth += (sign == "{") - (sign == "}")
        if sign == "," and not depth:
            written.append(",")
        elif len(sign) > 1 and sign.startswith("["):
            written.append("[" + sign[1:-1].replace("!", "^", 1).replace("\\", r"\\") + "]")
        else:
            written.append(_GLOB.get(sign) or re.escape(sign.removeprefix("\\") or sign))
    if depth:
        raise FunctionError("a brace of the pattern is not closed", 1)
    return "".join(written)


_GLOB_PARTS: Final = re.compile(r"\*\*/|\*\*|\\.|\[[^]]+\]|.", re.DOTALL)
_GLOB: Final = {
    "**/": "(?:[^/]+/)*",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
    "{": "(?:",
    "}": ")",
    ",": "|",
}


@function(string("path"), returns=STRING)
def basename(path: str) -> Value:
    """The last part of a path."""
    return path.rstrip("/").rpartition("/")[2] or ("/" if path else ".")


@function(string("path"), returns=STRING)
def dirname(path: str) -> Value:
    """A path without its last part."""
    folder = path.rpartition("/")[0]
    return PurePath(folder).as_posix() if folder else ("/" if path.startswith("/") else ".")


@function(string("path"), returns=STRING, scoped=True)
def abspath(scope: Scope, path: str) -> Value:
    """The path from the root of the file system."""
    return _absolute(scope, path).absolute().as_posix()


@function(string("path"), returns=STRING)
def pathexpand(path: str) -> Value:
    """The path with a `~` at its start replaced by the home folder."""
    try:
        return Path(path).expanduser().as_posix() if path.startswith("~") else path
    except RuntimeError:
        raise FunctionError("there is no such home folder", 0) from None
