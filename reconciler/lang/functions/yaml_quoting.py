"""How a string may stand in YAML: which characters need an escape, and which strings a block
cannot hold. Knows characters, nothing of the page.
"""

from typing import Final

BREAKS: Final = frozenset("\r\n\x85\u2028\u2029")
_LONGEST_KEY: Final = 128
_ASTRAL: Final = "\U00010000"
_UNPRINTABLE: Final = frozenset("\ufeff\ufffe\uffff")
_SHORT: Final = {
    "\x00": "\\0",
    "\x07": "\\a",
    "\x08": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\x0b": "\\v",
    "\x0c": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
    "\x85": "\\N",
    "\xa0": "\\_",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


def _is_printable(character: str) -> bool:
    """As libyaml has it: nothing beyond the basic plane is."""
    if character < "\x7f":
        return character >= " " or character == "\n"
    return "\xa0" <= character < _ASTRAL and character not in _UNPRINTABLE


def escape(character: str) -> str:
    """`character` as it stands between quotes."""
    plain = _is_printable(character) and character not in BREAKS and character not in '"\\'
    if plain:
        return character
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if character >= _ASTRAL:
        return f"\\U{code:08X}"
    return f"\\u{code:04X}" if character > "\xff" else f"\\x{code:02X}"


def is_simple_key(key: str) -> bool:
    """Whether `key` may stand before a colon."""
    return len(key.encode()) <= _LONGEST_KEY and BREAKS.isdisjoint(key)


def fits_in_block(text: str) -> bool:
    """Whether a block keeps every character: no space ends a line, and all can be printed."""
    if text.endswith(" ") or any(" " + sign in text for sign in BREAKS):
        return False
    return all(map(_is_printable, text))


def hints(text: str) -> str:
    """What stands after the bar of a block."""
    indentation = "2" if text[0] == " " or text[0] in BREAKS else ""
    if text[-1] not in BREAKS:
        return f"{indentation}-"
    keeps = len(text) == 1 or text[-2] in BREAKS
    return f"{indentation}+" if keeps else indentation
