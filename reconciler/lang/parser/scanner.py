"""Where a scan stands: position, open brackets, and the tokens so far. Reads nothing itself."""

from dataclasses import dataclass, field
from enum import Enum, auto

from reconciler.lang.parser.tokens import Token
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.span import Span

MAX_NESTING = 250


class Kind(Enum):
    """What is open. Newlines count in BODY and OBJECT alone."""

    BODY = auto()
    PAREN = auto()
    BRACKET = auto()
    OBJECT = auto()
    FOR_OBJECT = auto()
    INTERPOLATION = auto()
    DIRECTIVE = auto()
    QUOTE = auto()
    HEREDOC = auto()
    TEMPLATE = auto()


TEMPLATES = frozenset({Kind.QUOTE, Kind.HEREDOC, Kind.TEMPLATE})


class State(Enum):
    """How far the current item of a body is; anything but a body is always in EXPRESSION."""

    START = auto()
    HEADER = auto()
    EXPRESSION = auto()
    DONE = auto()


@dataclass(slots=True)
class Frame:
    """Something open.

    `one_line` of a body is None until its first token tells; `naming` is set between `for` and
    `in`; `head` is the first token of a body's current item, `column` where the block that the
    body belongs to starts; `strip` asks the next run of text
    in a template to lose its leading space; `fresh` says that a template's line begins here, and
    `closing` where the line of a heredoc's `marker` does.
    """

    kind: Kind
    opener: Token
    state: State = State.EXPRESSION
    one_line: bool | None = None
    naming: bool = False
    head: Token | None = None
    column: int = 0
    marker: str = ""
    closing: int = 0
    strip: bool = False
    fresh: bool = True


@dataclass(slots=True)
class Scanner:
    """`bol` is the offset at which the current line begins; `operand` says that the last token
    ends an operand, so that an operator and not a value may follow.
    """

    text: str
    path: str
    position: int = 0
    line: int = 1
    bol: int = 0
    frames: list[Frame] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    operand: bool = False
    ended: bool = False

    def token(self, type_: str, value: str, start: int, end: int) -> Token:
        bol = self.bol
        return Token(type_, value, self.path, self.line, start - bol + 1, end - bol + 1)

    def emit(self, type_: str, value: str, start: int, end: int) -> Token:
        token = self.token(type_, value, start, end)
        self.tokens.append(token)
        return token

    def next_line(self, bol: int) -> None:
        self.line += 1
        self.bol = bol

    def count_lines(self, start: int, end: int) -> None:
        """The stretch from `start` to `end` has been read."""
        lines = self.text.count("\n", start, end)
        if lines:
            self.line += lines
            self.bol = self.text.rindex("\n", start, end) + 1

    def open(self, kind: Kind, opener: Token, state: State = State.EXPRESSION) -> Frame:
        """A new innermost frame. Raises where too many are open already."""
        if len(self.frames) > MAX_NESTING:
            raise ReconcilerError(
                error(
                    "nested-too-deep",
                    "Nested too deep",
                    f"Brackets, blocks and templates may be nested {MAX_NESTING} levels deep. "
                    "Move an inner part into a local value.",
                    opener.span,
                )
            )
        frame = Frame(kind, opener, state)
        self.frames.append(frame)
        return frame

    def close(self) -> Frame:
        self.operand = True
        return self.frames.pop()

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch of the current line."""
        bol = self.bol
        return Span(self.path, self.line, start - bol + 1, self.line, end - bol + 1)

    def problem(
        self, code: str, summary: str, detail: str, start: int, end: int | None = None
    ) -> ReconcilerError:
        """A syntax error at [start, end) of the current line, ready to be raised."""
        span = self.span(start, start + 1 if end is None else end)
        return ReconcilerError(error(code, summary, detail, span))


def problem_at(token: Token, code: str, summary: str, detail: str) -> ReconcilerError:
    return ReconcilerError(error(code, summary, detail, token.span))
