"""JSON as bytes on a screen: ASCII only, so that nothing in a string can steer a terminal."""

import json


def line(value: object) -> str:
    """One object on one line, without blanks, ending with a line break."""
    return _safe(json.dumps(value, separators=(",", ":")))


def pretty(value: object) -> str:
    """Two spaces a level, ending with a line break."""
    return _safe(json.dumps(value, indent=2))


def _safe(written: str) -> str:
    return written.replace("\x7f", "\\u007f") + "\n"
