"""Which plans may be carried out, and which without a question: from flags to an answer."""

from collections.abc import Iterable

from reconciler.cli.flags import Consent
from reconciler.cli.usage import suggestion, wrong
from reconciler.model.plan import Action, Change, Mode, Plan
from reconciler.model.record import dataclass

_WORDS = {
    Action.CREATE: "create",
    Action.UPDATE: "update",
    Action.REPLACE: "replace",
    Action.CREATE_FIRST: "replace",
    Action.DELETE: "delete",
    Action.FORGET: "forget",
}
"""What is to be approved of; a data source that is read during apply changes nothing."""
_ALSO = ("import", "move", "refresh")
_EVERYTHING, _NOTHING = frozenset({"true", "1", "t"}), frozenset({"", "false", "0", "f"})
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Approval:
    """`actions` need no question; None: no plan does. `told` is what the command line says.
    `is_given`: something may be done without a question. `destroy`: how many objects may go
    where the plan is held up.
    """

    actions: frozenset[str] | None
    told: str = ""
    destroy: int = 0

    @property
    def is_given(self) -> bool:
        return self.actions is None or bool(self.actions)

    @property
    def is_partial(self) -> bool:
        return bool(self.actions)

    def lacking(self, plan: Plan) -> tuple[tuple[str, str], ...]:
        """(action, address) of all that must be asked about."""
        if self.actions is None:
            return ()
        done = (pair for change in plan.changes for pair in _done(change))
        drifted = plan.drift if plan.mode is Mode.REFRESH_ONLY else ()
        pairs = (*done, *(("refresh", str(drift.address)) for drift in drifted))
        return tuple(sorted({pair for pair in pairs if pair[0] not in self.actions}))


def approval(consent: Consent, command: str) -> Approval:
    """Raises ReconcilerError for actions that there are not."""
    said, destroy = consent.auto_approve, consent.allow_destroy or 0
    if said.lower() in _EVERYTHING:
        return Approval(None, destroy=destroy)
    if said.lower() in _NOTHING:
        return Approval(frozenset(), destroy=destroy)
    words = [word.strip() for word in said.split(",")]
    known = sorted({*_WORDS.values(), *_ALSO})
    for word in words:
        if word not in known:
            near = suggestion(word, known) or f" Those that there are: {', '.join(known)}."
            detail = f'-auto-approve={said}: "{word}" is no action.{near}'
            raise wrong("invalid-flag-value", "Invalid value for a flag", detail, command)
    return Approval(frozenset(words), said, destroy)


def _done(change: Change) -> Iterable[tuple[str, str]]:
    """What the change does, in words; several where an object moves or is imported as well."""
    address = str(change.address)
    word = _WORDS.get(change.action)
    if word:
        yield word, address
    if change.imported:
        yield "import", address
    if change.moved_from is not None:
        yield "move", address


def unapproved(approval: Approval, plan: Plan) -> str:
    """What a partial approval does not cover, for whoever is to be asked."""
    lacking = approval.lacking(plan)
    if not approval.is_partial or not lacking:
        return ""
    lines = [f"  {action}: {address}" for action, address in lacking[:_SHOWN]]
    more = [f"  and {len(lacking) - _SHOWN} more"] if len(lacking) > _SHOWN else []
    return "\n".join(
        (f"-auto-approve={approval.told} leaves these without approval:", *lines, *more, "")
    )
