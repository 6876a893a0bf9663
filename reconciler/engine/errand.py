"""A step with nothing left open, and what can be said of one that went wrong."""

from collections.abc import Mapping
from dataclasses import replace

from reconciler.backends.base import Backend
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.plan import Step
from reconciler.model.record import dataclass
from reconciler.model.state import Handle
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType


@dataclass(frozen=True, slots=True)
class Errand:
    """A step with nothing left open: `values` hold Secrets in the open, `expected` is what must
    be read back, `seen` the handles that were there before, where an identity does not tell.
    """

    step: Step
    rtype: ResourceType
    backend: Backend
    values: Values
    expected: Values
    seen: tuple[Handle, ...] = ()

    @property
    def called(self) -> str:
        """What messages call the object: by its address, where Exchange is to choose its name."""
        return f'"{self.step.identity}"' if self.step.identity else str(self.step.address)


def problem(errand: Errand, code: str, summary: str, detail: str) -> Diagnostic:
    return replace(error(code, summary, detail), address=str(errand.step.address))


def ambiguous(errand: Errand, fresh: Mapping[Handle, Values]) -> Diagnostic:
    handles = ", ".join(sorted(fresh))
    return problem(
        errand,
        "unproven-object",
        "An object appeared that cannot be proven to be ours",
        f"The call to create {errand.called} got no answer, and Exchange now has "
        f"{len(fresh)} new object(s) that may be it ({handles}) and are not as it would have made "
        "them. Nothing more was done about it. Look at them, remove what should not be there, "
        "and run the same command again.",
    )


def not_as_written(errand: Errand, names: tuple[str, ...]) -> Diagnostic:
    attributes = errand.rtype.by_name
    rows = "\n".join(
        f"  {name} should be {attributes[name].kind.show(errand.expected[name])}"
        for name in sorted(names)
        if errand.expected[name] is not None and name not in errand.step.sensitive
    )
    differing = ", ".join(sorted(names))
    return problem(
        errand,
        "not-as-written",
        "Exchange does not hold what was written",
        f"After the change {errand.called} was read back, and {differing} differ "
        f"from what was written, even after a second attempt. Somebody may be changing it at the "
        f"same time.\n{rows}\nState remembers what was read. Run plan to see where it stands.",
    )
