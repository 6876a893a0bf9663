"""A move as it is typed on the command line: two addresses, patterns among them."""

from collections.abc import Iterable
from dataclasses import replace

from reconciler.config.blocks import MovedBlock
from reconciler.config.decode_moved import keys_without_each, mismatches
from reconciler.config.movement import Statement
from reconciler.config.statements import statement as stated
from reconciler.config.statements import written_out
from reconciler.config.written import Written, written
from reconciler.lang.parse import parse_expression
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error


def statement(source: str, target: str) -> Statement:
    """Raises ReconcilerError where the two are no addresses, or do not go together."""
    origin, to = _address(source), _address(target)
    _stop(mismatches(origin, to))
    _stop((*keys_without_each(origin), *keys_without_each(to)))
    return stated((), MovedBlock(origin, to, None, origin.span), written_out)


def _address(text: str) -> Written:
    expr = parse_expression(text, "", Collector())
    found = None if expr is None else written(expr)
    if found is None:
        raise ReconcilerError(
            error(
                "invalid-address",
                "Not an address",
                f"{text} is not the address of a resource or of a module. Addresses look like"
                ' send_connector.a, send_connector.a["key"], module.a, module.a.send_connector.b;'
                " the shell wants those with quotes in single quotes.",
            )
        )
    return found


def _stop(found: Iterable[Diagnostic]) -> None:
    """What is wrong has no place in a file."""
    problems = tuple(replace(one, span=None) for one in found)
    if problems:
        raise ReconcilerError(*problems)
