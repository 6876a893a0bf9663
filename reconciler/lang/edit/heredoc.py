"""Another text in a heredoc that is there: its marker and its indentation stay."""

import re

_PARTS = re.compile(r"(<<-?[^\n]*\n)([\s\S]*?)([ \t]*[^\s]+)\Z")
_STEP = re.compile(r"[ \t]*(?=\S)")


def rewritten(source: str, value: str) -> str | None:
    """`source`, which is a heredoc, with the text `value`; None where a heredoc cannot say that."""
    found = _PARTS.match(source)
    plain = all(char.isprintable() or char in "\n\t" for char in value)
    if found is None or not plain or not value.endswith("\n"):
        return None
    opening, body, closing = found.groups()
    line = "\r\n" if opening.endswith("\r\n") else "\n"
    steps = [step[0] for row in body.split("\n") if (step := _STEP.match(row))]
    indent = min(steps, key=len, default="") if opening.startswith("<<-") else ""
    escaped = value.replace("${", "$${").replace("%{", "%%{")
    rows = [f"{indent}{row}{line}" if row else line for row in escaped[:-1].split("\n")]
    return f"{opening}{''.join(rows)}{closing}"
