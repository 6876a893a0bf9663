"""What checks of references say, and how they look at one."""

from reconciler.lang.references import Reference
from reconciler.model.diagnostic import Diagnostic, error


def cures(near: str | None, declaration: str) -> str:
    if near:
        return f"Did you mean {near}? Otherwise declare it: {declaration}"
    return f"Declare it: {declaration}"


def step(reference: Reference, at: int) -> str | int | None:
    return reference.steps[at] if len(reference.steps) > at else None


def refused(code: str, summary: str, detail: str, reference: Reference) -> Diagnostic:
    return error(code, summary, detail, reference.span)
