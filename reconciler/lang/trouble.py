"""The exception for trouble that has no place yet; it never leaves `lang`."""

from collections.abc import Callable, Iterable


def _nobody() -> Iterable[str]:
    return ()


class Fault(Exception):  # noqa: N818 - not an error until it has a place
    """`wrong` is a misspelt name and `candidates` gives those it may have been meant for."""

    def __init__(
        self,
        code: str,
        summary: str,
        detail: str,
        *,
        wrong: str = "",
        candidates: Callable[[], Iterable[str]] = _nobody,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.summary = summary
        self.detail = detail
        self.wrong = wrong
        self.candidates = candidates
