"""Folders on a server, as Windows names them. Knows no disk and looks at none."""

import re

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, worded
from reconciler.schema.kinds.text import as_text

_PART = r'[^\\/:*?"<>|\x00-\x1f]*[^\\/:*?"<>|\x00-\x1f .]'
_LOCAL = rf"[A-Za-z]:(?:\\{_PART})*"
_SHARED = rf"\\\\{_PART}\\{_PART}(?:\\{_PART})*"
_EXPECTED_LOCAL = (
    r'A folder of the server itself is expected here, with its drive, such as "D:\\Logs\\Hub"; '
    "a backslash is written twice in quotes, and names of environment variables are not resolved."
)
_EXPECTED_ANY = _EXPECTED_LOCAL.replace(
    "is expected here, with its drive,", "or a shared one is expected here,"
)


def _canonical(raw: Raw, grammar: str, expected: str) -> Canonical:
    """With backslashes alone, and none at the end but behind a drive."""
    given = as_text(raw).strip()
    path = given.replace("/", "\\").rstrip("\\")
    if not re.fullmatch(grammar, path):
        raise KindError(expected, code="invalid-path", got=given)
    return path + "\\" if path.endswith(":") else path


local_path: Kind = worded(
    "local folder",
    lambda raw: _canonical(raw, _LOCAL, _EXPECTED_LOCAL),
    alike=(
        ("D:\\Logs\\Hub", "D:\\Logs\\Hub\\", "D:/Logs/Hub", " D:\\Logs\\Hub "),
        ("C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles",),
        ("D:\\", "D:", "D:/"),
    ),
    bad=(
        "",
        "Logs",
        "\\Logs",
        "D:Logs",
        "\\\\fs\\logs",
        "D:\\a\\..\\b",
        "D:\\a*",
        "D:\\\\a",
        "%ExchangeInstallPath%Logs",
        [],
    ),
    fold=casefolded,
)

local_or_shared_path: Kind = worded(
    "local or shared folder",
    lambda raw: _canonical(raw, rf"{_LOCAL}|{_SHARED}", _EXPECTED_ANY),
    alike=(("D:\\Drop", "D:\\Drop\\"), ("\\\\fs1\\drop", "//fs1/drop", "\\\\fs1\\drop\\")),
    bad=("", "Drop", "\\\\fs1", "D:\\a?", "\\\\fs1\\a\\..\\b", []),
    fold=casefolded,
)
