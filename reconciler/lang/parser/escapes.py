"""Escapes of quoted text, undone. Knows the rules for one run of text and nothing around it."""

import re
import unicodedata

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|\$(\$\{)|%(%\{)", re.DOTALL)
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class EscapeError(ValueError):
    """An escape that means nothing, at [`start`, `end`) of the run."""

    def __init__(self, start: int, end: int, why: str) -> None:
        super().__init__(why)
        self.start, self.end, self.why = start, end, why


def quoted(raw: str) -> str:
    """The text that `raw` stands for between quotes, in Unicode's composed form (NFC), as
    Terraform has it. Raises EscapeError.
    """
    if "\\" in raw or "{" in raw:
        raw = _ESCAPE.sub(_undo, raw)
    return composed(raw)


def unquoted(raw: str) -> str:
    """The text that `raw` stands for in a heredoc, where a backslash is only a backslash."""
    if "{" in raw:
        raw = raw.replace("$${", "${").replace("%%{", "%{")
    return composed(raw)


def composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _undo(found: re.Match[str]) -> str:
    short, long, single, dollar, percent = found.groups()
    if dollar or percent:
        return "${" if dollar else "%{"
    if single is None:
        return _character(int(short or long, 16), found)
    if single in _SINGLE:
        return _SINGLE[single]
    if single in "uU":
        digits = "four" if single == "u" else "eight"
        why = f"\\{single} must be followed by {digits} hexadecimal digits."
    else:
        why = f"\\{single} has no meaning. Write \\\\ for a backslash."
    raise EscapeError(found.start(), found.start() + 2, why)


def _character(number: int, found: re.Match[str]) -> str:
    if number > _LAST or number in _SURROGATES:
        why = (
            f"There is no character with the number {number:04X}. Give the number of another one."
        )
        raise EscapeError(found.start(), found.end(), why)
    return chr(number)
