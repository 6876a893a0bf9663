"""Expressions evaluated one by one: variables, locals and functions of the project, and resources
as state has them. State is read when an expression first needs it; nothing is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import NoneType

from reconciler.app.clock import now
from reconciler.app.project import Project
from reconciler.app.rehearsal import variables as unset
from reconciler.catalog.index import everything
from reconciler.config.expand import repetition
from reconciler.config.load import load
from reconciler.config.static import check
from reconciler.config.values_files import Sources
from reconciler.config.variables import values
from reconciler.engine.sight import Sight
from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse_expression
from reconciler.lang.references import references
from reconciler.lang.scope import Moment, Scope
from reconciler.lang.syntax import Call, Expr
from reconciler.lang.value import Value
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.model.state import State

INPUT = "<console-input>"
"""The path that places in what was typed have."""

_UNFINISHED = frozenset({"unclosed-bracket", "unterminated-heredoc", "unterminated-comment"})
_MISSING = frozenset({"no-configuration", "no-value-for-variable"})
"""What is wrong for a plan, and not here."""
_WITHOUT_STATE = frozenset({"var", "path", "reconciler"})
_REPEATED: Mapping[str, type] = {"": NoneType, "count": int, "for_each": str}


@dataclass(slots=True)
class Desk:
    """What expressions see. `recall` reads the state; None where that is done, or is no use.
    `started` is what plantimestamp() tells.
    """

    sight: Sight
    recall: Callable[[], State] | None
    started: str
    warnings: tuple[Diagnostic, ...] = ()

    def value(self, expr: Expr) -> Value:
        """Raises ReconcilerError."""
        if any(each.root not in _WITHOUT_STATE for each in references(expr)):
            self.look()
        around = self.sight.scope
        scope = Scope({}, around, around.base, around.root, Moment(self.started, now()))
        return evaluate(expr, scope)

    def look(self) -> None:
        """From now on resources are as state has them."""
        if self.recall is None:
            return
        state, self.recall = self.recall(), None
        for row in state.instances:
            block = self.sight.block(row.address.block)
            if row.deposed or block is None:
                continue
            if isinstance(row.address.key, _REPEATED[repetition(block)]):
                rtype = everything()[row.address.type]
                self.sight.learn(row.address, (rtype, row.values, row.sensitive))


def typed(expr: Expr) -> Expr | None:
    """What `type(…)` is asked about, which people at the console may call, and only around a whole
    expression; None where `expr` is something else.
    """
    match expr:
        case Call(name="type", arguments=(asked,), expand=False):
            return asked
        case _:
            return None


def parsed(text: str) -> Expr:
    """Raises ReconcilerError."""
    problems = Collector()
    expr = parse_expression(text, INPUT, problems)
    problems.stop_on_errors()
    assert expr is not None
    return expr


def is_unfinished(problem: ReconcilerError) -> bool:
    """Whether another line could make an expression of what is none yet."""
    return any(each.code in _UNFINISHED for each in problem.diagnostics)


def open_desk(project: Project, recall: Callable[[], State]) -> Desk:
    """A folder without configuration will do, and variables without values are unknown. Raises
    ReconcilerError.
    """
    problems = Collector()
    configuration = load(project.root, problems)
    problems.extend(check(configuration, everything()))
    sources = Sources(project.environment, project.workspace, project.given)
    found = values(configuration, sources, None, problems)
    problems.found = [each for each in problems if each.code not in _MISSING]
    problems.stop_on_errors()
    variables = {**unset(configuration), **found}
    sight = Sight(configuration, everything(), variables, project.workspace, Collector())
    started = now()
    sight.begin(Moment(started, started))
    is_bare = next(configuration.blocks(), None) is None
    return Desk(sight, None if is_bare else recall, started, problems.warnings)
