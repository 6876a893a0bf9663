"""What to say where the scanner misses something: an item, a line break, a value."""

from reconciler.lang.parser import habits
from reconciler.lang.parser.scanner import Scanner
from reconciler.model.diagnostic import ReconcilerError


def item(scanner: Scanner, start: int, end: int) -> ReconcilerError:
    hint = f"{habits.COLON} " if scanner.text.startswith(":", start) else ""
    return scanner.problem(
        "invalid-item",
        "Argument or block expected",
        f"{hint}"
        'Write an argument as name = value, or a block as type "label" { … }, with its opening '
        "brace on the line of the type.",
        start,
        end,
    )


def newline(scanner: Scanner, start: int, end: int) -> ReconcilerError:
    frame = scanner.frames[-1]
    if frame.one_line:
        detail = (
            "A block on one line holds a single argument at most. Write each argument on a line "
            "of its own."
        )
        return scanner.problem(
            "invalid-one-line-block", "Too much in a one-line block", detail, start, end
        )
    cure = ""
    if scanner.tokens:  # else the item before this has been read already
        last, sign = scanner.tokens[-1], scanner.text[start:end]
        cure = habits.cure(last, sign, adjoining=last.end == start - scanner.bol + 1)
    return scanner.problem(
        "missing-newline",
        "Missing line break",
        "The argument or block before this is complete. "
        + (cure or "Begin a new line here, or put an operator or comma between the two."),
        start,
        end,
    )


def value(scanner: Scanner, start: int) -> ReconcilerError:
    return scanner.problem(
        "missing-expression",
        "Value expected",
        "The line ends where a value must follow. Write it on this line, or put the whole in "
        "parentheses to go on in the next.",
        start,
    )
