"""Lengths of time as Terraform spells them: `10s`, `1m30s`, `500ms`, `1.5h`, `0`."""

import re

from reconciler.cli.usage import wrong

_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")


def seconds(text: str, flag: str, command: str) -> float:
    """Raises ReconcilerError naming `flag`."""
    if text == "0":
        return 0.0
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        detail = f'-{flag} takes a length of time such as "10s" or "1m30s", not "{text}".'
        raise wrong("invalid-flag-value", "Invalid value for a flag", detail, command)
    return sum(float(number) * _UNITS[unit] for number, unit in parts)
