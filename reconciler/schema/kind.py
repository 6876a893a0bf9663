"""One sort of value in all its spellings: the border where text becomes canonical."""

from collections.abc import Callable
from dataclasses import field

from reconciler.model.record import dataclass
from reconciler.model.values import Canonical

Raw = object
"""What HCL evaluates to, or a backend answers: str, int, Fraction, bool, None, list, dict."""


class KindError(ValueError):
    """The spelling is none of this kind; the message is a full sentence that says what is.

    `got` is the part that will not do, kept out of the message so that a caller can leave it
    out where it is sensitive; kinds of secrets leave it empty. Of a list, `element` counts the
    bad one from 0, and `others` are the bad ones after it.
    """

    def __init__(self, message: str, *, code: str = "invalid-value", got: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.got = got
        self.element: int | None = None
        self.others: tuple[KindError, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """`parse` takes any spelling (HCL's or Exchange's) to the canonical value, and raises
    KindError; it is never called with None or UNKNOWN. `show` writes the canonical value as
    an HCL expression (`parse` of what that evaluates to gives it back); `expose` is the plain
    value that other expressions see (str, int, bool, list of them); `encode` is the value as
    the cmdlet takes it. `hcl_type` is the type for documentation (`string`, `set(string)`).

    `alike` gives groups of raw spellings that mean the same, `bad` spellings that it refuses:
    contract tests try them all. `empty` is what an absent property means when it is read.
    `fold` gives what two values are compared by, where that is less than the whole (names that
    differ in case alone); None where `==` says it all. `words` are all the choices there are.
    `answer` is how a property bag spells it, where that is not as `encode` does.
    `unasked`: elements that Exchange puts into a set by itself; nobody who did not ask for them
    minds.
    `brief` is the shortest spelling of one element of a set, as a person writes it.
    `is_any`: the value of the language itself, whatever it is, comes in as Anything.
    """

    label: str
    hcl_type: str
    parse: Callable[[Raw], Canonical]
    show: Callable[[Canonical], str]
    expose: Callable[[Canonical], object]
    encode: Callable[[Canonical], object]
    alike: tuple[tuple[Raw, ...], ...] = field(default=(), repr=False)
    bad: tuple[Raw, ...] = field(default=(), repr=False)
    is_set: bool = False
    is_secret: bool = False
    empty: Canonical = None
    fold: Callable[[Canonical], Canonical] | None = None
    words: tuple[str, ...] = ()
    is_any: bool = False
    answer: Callable[[Canonical], object] | None = None
    unasked: frozenset[str] = frozenset()
    brief: Callable[[str], str] | None = None
