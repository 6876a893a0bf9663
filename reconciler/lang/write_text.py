"""Text in quotes, as HCL spells it. The reverse of what `parser.escapes` undoes."""

import re

_SPECIAL = re.compile(r'["\\]|[$%]\{|[^\x20-\x7e]')
_SHORT = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    '"': '\\"',
    "\\": "\\\\",
    "${": "$${",
    "%{": "%%{",
}
_WIDE = 0xFFFF


def quote(text: str) -> str:
    """`text` in quotes, everything that is special in them escaped."""
    return f'"{escaped(text)}"'


def escaped(text: str, *, before_sequence: bool = False) -> str:
    """`text` as it stands between quotes. `before_sequence`: `${` or `%{` follows, which a last
    $ or % would take for its own.
    """
    result = _SPECIAL.sub(_escape, text)
    if before_sequence and result.endswith(("$", "%")):
        result = f"{result[:-1]}\\u{ord(result[-1]):04x}"
    return result


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\U{number:08x}" if number > _WIDE else f"\\u{number:04x}"
