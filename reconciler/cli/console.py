"""One output stream of the process: colour, width, and characters that it cannot print."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, AnyStr, TextIO

from reconciler.views.palette import Look
from reconciler.views.text import clean_lines

_PLAIN = str.maketrans({"╷": "+", "│": "|", "╵": "+", "├": "+", "─": "-"})
_ANSI_ON_WINDOWS = ("WT_SESSION", "ANSICON", "ConEmuANSI", "TERM")
WIDTH, NARROWEST = 78, 24


@dataclass(slots=True)
class Console:
    """`failed` is the first trouble in writing, told once the work is done: output must never
    stop a run in its middle.
    """

    stream: TextIO
    look: Look
    failed: OSError | None = None

    @property
    def is_terminal(self) -> bool:
        return _is_terminal(self.stream)

    def write(self, text: str) -> None:
        """Prints at once; a reader that has gone away (`| head`) is no error."""
        self._send(self.stream, _printable(text, self.stream))

    def hand_over(self, text: str) -> None:
        """Prints what other programs read: in UTF-8, with its own line breaks. A terminal gets
        only what cannot steer it.
        """
        binary = getattr(self.stream, "buffer", None)
        if self.is_terminal:
            self.write("\n".join(clean_lines(text)))
        elif binary is None:
            self.write(text)
        else:
            self._send(binary, text.encode())

    def _send(self, stream: IO[AnyStr], content: AnyStr) -> None:
        try:
            stream.write(content)
            stream.flush()
        except BrokenPipeError:
            _silence(self.stream)
        except OSError as trouble:
            self.failed = self.failed or trouble
            _silence(self.stream)


def open_console(stream: TextIO, environment: Mapping[str, str]) -> Console:
    terminal = _is_terminal(stream)
    return Console(
        stream,
        Look(
            color=terminal and _shows_color(environment),
            width=max(NARROWEST, _width(stream)) if terminal else WIDTH,
        ),
    )


def _is_terminal(stream: TextIO) -> bool:
    return not stream.closed and stream.isatty()


def _shows_color(environment: Mapping[str, str]) -> bool:
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return os.name != "nt" or any(environment.get(name) for name in _ANSI_ON_WINDOWS)


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def _printable(text: str, stream: TextIO) -> str:
    """`text` in what the stream's encoding has: bars become ASCII, the rest escapes, so that
    different names stay different.
    """
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
    return text


def _silence(stream: TextIO) -> None:
    """Nothing more reaches the reader, and Python does not complain of it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
