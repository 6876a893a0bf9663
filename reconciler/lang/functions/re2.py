"""Regular expressions in the syntax of RE2, which Terraform uses, for the `regex` library.

Translates what both have, spelling out where they differ (ASCII classes, the end of the text),
and refuses what RE2 lacks: look-around, back-references, possessive repetition.
"""

import re
from typing import Final

from reconciler.lang.functions.re2_classes import CharacterClass, PatternError, escape

_MOST_REPEATS: Final = 1000
_GROUP: Final = re.compile(r"\(\?(?:P?<([A-Za-z_]\w*)>|([imsU]*(?:-[imsU]+)?)([:)]))", re.ASCII)
_REPEAT: Final = re.compile(r"\{(\d{1,9})(?:(,)(\d{0,9}))?\}", re.ASCII)
_ANCHORS: Final = {
    "A": r"\A",
    "z": r"\Z",
    "b": r"(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))",
    "B": r"(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))",
    "C": r"[\s\S]",
}


class _Translation:
    """One pass over a pattern; flags hold until the end of their group."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.out: list[str] = []
        self.flags = [frozenset[str]()]
        self.names: set[str] = set()
        self.repeatable = False
        # How often the busiest part of each open group is repeated, and of what stands last.
        self.weights = [1]
        self.last = 1

    def run(self) -> str:
        while self.at < len(self.pattern):
            self._step(self.pattern[self.at])
        if len(self.flags) > 1:
            raise PatternError("a parenthesis is not closed")
        return "".join(self.out)

    def _atom(self, text: str, length: int) -> None:
        """One character or class, which flags apply to."""
        self._emit(f"(?i-f:{text})" if "i" in self.flags[-1] else text, length)

    def _emit(self, text: str, length: int, *, repeatable: bool = True) -> None:
        self.out.append(text)
        self.at += length
        self.repeatable = repeatable
        self.last = 1

    def _step(self, letter: str) -> None:
        match letter:
            case "\\":
                self._escape()
            case "[":
                self._atom(*CharacterClass(self.pattern, self.at).run())
            case "(":
                self._open()
            case ")":
                self._close()
            case "*" | "+" | "?" | "{":
                self._repeat()
            case "^" | "$" | "|":
                self._anchor(letter)
            case ".":
                self._emit(r"[\s\S]" if "s" in self.flags[-1] else r"[^\n]", 1)
            case _:
                self._atom(re.escape(letter), 1)

    def _anchor(self, letter: str) -> None:
        lines = "m" in self.flags[-1]
        ends = {"^": r"(?m:^)" if lines else r"\A", "$": r"(?=\n|\Z)" if lines else r"\Z"}
        self._emit(ends.get(letter, letter), 1, repeatable=letter != "|")

    def _open(self) -> None:
        if not self.pattern.startswith("(?", self.at):
            self._enter(self.flags[-1])
            self._emit("(", 1, repeatable=False)
            return
        found = _GROUP.match(self.pattern, self.at)
        if found is None:
            raise PatternError(f'"{self.pattern[self.at : self.at + 4]}" is not supported')
        name, letters, ending = found.groups()
        if name is not None:
            self._name(name)
            self._enter(self.flags[-1])
            self._emit(f"(?P<{name}>", len(found[0]), repeatable=False)
            return
        self._flagged(_changed(self.flags[-1], letters), ending, len(found[0]))

    def _name(self, name: str) -> None:
        if name in self.names:
            raise PatternError(f'two groups are named "{name}"')
        self.names.add(name)

    def _flagged(self, flags: frozenset[str], ending: str, length: int) -> None:
        if ending == ":":
            self._enter(flags)
            self._emit("(?:", length, repeatable=False)
        else:
            self.flags[-1] = flags
            self._emit("", length, repeatable=False)

    def _close(self) -> None:
        if len(self.flags) == 1:
            raise PatternError("a closing parenthesis has no opening one")
        self.flags.pop()
        self._emit(")", 1)
        self._weigh(self.weights.pop())

    def _enter(self, flags: frozenset[str]) -> None:
        self.flags.append(flags)
        self.weights.append(1)

    def _weigh(self, weight: int) -> None:
        if weight > _MOST_REPEATS:
            raise PatternError(f"a part of it is repeated more than {_MOST_REPEATS} times")
        self.last = weight
        self.weights[-1] = max(self.weights[-1], weight)

    def _repeat(self) -> None:
        found = _REPEAT.match(self.pattern, self.at)
        sign = self.pattern[self.at]
        if sign == "{":
            if found is None:
                self._emit(r"\{", 1)
                return
            _check_repeat(found)
            self._weigh(self.last * max(int(found[3] or found[1]), 1))
            sign = found[0]
        if not self.repeatable:
            raise PatternError(f'there is nothing for "{sign}" to repeat')
        lazy = self.pattern.startswith("?", self.at + len(sign))
        length = len(sign) + lazy
        if "U" in self.flags[-1]:
            lazy = not lazy
        self._emit(sign + "?" * lazy, length, repeatable=False)

    def _escape(self) -> None:
        rest = self.pattern[self.at : self.at + 2]
        letter = rest[1:]
        if letter == "Q":
            end = self.pattern.find("\\E", self.at)
            stop = len(self.pattern) if end < 0 else end
            for quoted in self.pattern[self.at + 2 : stop]:
                self._atom(re.escape(quoted), 0)
            self.at = stop + 2 * (end >= 0)
        elif letter in _ANCHORS and letter:
            self._emit(_ANCHORS[letter], 2)
        else:
            inner, length, negated = escape(self.pattern, self.at)
            self._atom(f"[{'^' if negated else ''}{inner}]", length)


def _changed(flags: frozenset[str], letters: str) -> frozenset[str]:
    on, _, off = letters.partition("-")
    return (flags | set(on)) - set(off)


def _check_repeat(found: re.Match[str]) -> None:
    least, most = int(found[1]), int(found[3] or found[1])
    if least > _MOST_REPEATS or most > _MOST_REPEATS or (found[3] and most < least):
        raise PatternError(f'"{found[0]}" is no valid repetition')


def translate(pattern: str) -> str:
    """`pattern` for `regex.compile(…, regex.VERSION1)`. Raises PatternError."""
    return _Translation(pattern).run()
