"""Files of the configuration written anew. A file that was changed meanwhile, or is a link, stays."""

from collections.abc import Iterable
from pathlib import Path

from reconciler.app.overwrite import overwrite
from reconciler.lang import text_file
from reconciler.model.accepted import Rewritten
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error

_MARK = b"\xef\xbb\xbf"


def write(root: Path, files: Iterable[Rewritten]) -> None:
    """All are looked at before the first is written. Raises ReconcilerError."""
    ready = [(root / one.path, one, _bytes(root, one)) for one in files]
    for place, one, data in ready:
        try:
            overwrite(place, data)
        except OSError as trouble:
            raise ReconcilerError(_unwritable(one.path, text_file.reason(trouble))) from trouble


def _bytes(root: Path, one: Rewritten) -> bytes:
    """What the file will hold: a byte order mark stays."""
    place = root / one.path
    if place.resolve() != root.resolve() / one.path:
        raise ReconcilerError(_unwritable(one.path, "it is a link, or stands behind one"))
    problems = Collector()
    if text_file.read(place, one.path, problems, inside=root) != one.before:
        raise ReconcilerError(*(problems.errors or (_changed(one.path),)))
    marked = place.read_bytes().startswith(_MARK)
    return (_MARK if marked else b"") + one.after.encode()


def _changed(name: str) -> Diagnostic:
    return error(
        "file-changed",
        "File was changed meanwhile",
        f"{name} is not as it was read a moment ago. Nothing was written. Run the command again.",
        text_file.start(name),
    )


def _unwritable(name: str, reason: str) -> Diagnostic:
    return error(
        "cannot-write",
        "File cannot be written",
        f"{name} cannot be written: {reason}. It is as it was. Check that you may write the file "
        "and its folder.",
        text_file.start(name),
    )
