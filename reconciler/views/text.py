"""Text for people: what may stand on a terminal, and where lines break.

Every string that came from outside passes `clean` (or `clean_lines`) before it is shown.
"""

from unicodedata import combining, east_asian_width


def clean(text: str) -> str:
    """`text` with everything that a terminal might obey or hide written as an HCL escape.

    That is what Unicode calls not printable: control characters (C0, DEL, C1), direction marks,
    zero-width characters, line separators, lone surrogates, blanks other than a space.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\U{code:08x}" if code >> 16 else f"\\u{code:04x}"


def clean_lines(text: str) -> list[str]:
    """The lines of `text`, each one clean; tabs become four spaces."""
    return [clean(line.rstrip("\r").replace("\t", "    ")) for line in text.split("\n")]


def columns(text: str) -> int:
    """How many columns of a terminal `text`, already clean, takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> str:
    """Paragraphs broken at `width`; lines that begin with a space (examples) stay whole."""
    return "\n".join(part for line in clean_lines(text) for part in _broken(line, width))


def _broken(line: str, width: int) -> list[str]:
    if line.startswith(" ") or len(line) <= width // 2:
        return [line]
    lines, current, room = [], "", width
    for word in line.split(" "):
        size = columns(word)
        if current and size + 1 > room:
            lines.append(current)
            current, room = word, width - size
        else:
            current, room = (f"{current} {word}" if current else word), room - size - 1
    return [*lines, current]


def indent(text: str, by: str) -> str:
    """Every line that is not empty, moved in by the text `by`."""
    return "\n".join(f"{by}{line}" if line else line for line in text.split("\n"))


def duration(seconds: float) -> str:
    """Whole seconds in words as short as `0s`, `59s`, `2m5s`, `1h0m9s`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours}h{minutes}m{rest}s" if hours else f"{minutes}m{rest}s" if minutes else f"{rest}s"
    )


def count(number: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
