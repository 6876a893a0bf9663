"""The values of a configuration's variables: the strongest that is given, else the default, else
what the user answers; converted, marked and validated. No message shows a sensitive value.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from reconciler.config import constants
from reconciler.config.blocks import Configuration, Variable
from reconciler.config.suggest import did_you_mean
from reconciler.config.validations import validate
from reconciler.config.values_files import ENVIRONMENT, Given, Origin, Plain, Sources, Spelt, given
from reconciler.lang.constants import constant
from reconciler.lang.core import text
from reconciler.lang.meter import Meter
from reconciler.lang.parse import parse_expression
from reconciler.lang.shape import BOOL, NUMBER, STRING
from reconciler.lang.types import ConversionError, convert
from reconciler.lang.value import EPHEMERAL, SENSITIVE, Value, is_null, mark
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error, warning
from reconciler.model.span import Span

Ask = Callable[[Variable], str]


def values(
    configuration: Configuration, sources: Sources, ask: Ask | None, problems: Collector
) -> Mapping[str, Value]:
    """The value of every variable that has a valid one. `ask` is the prompt, None where nobody
    can be asked; it hides what is typed for sensitive variables.
    """
    chosen = _chosen(configuration, sources, problems)
    found, meter = {}, Meter()
    for variable in configuration.variables.values():
        try:
            found[variable.name] = _marked(variable, _value(variable, chosen, ask))
        except ReconcilerError as trouble:
            problems.extend(_in_context(d, variable) for d in trouble.diagnostics)
    for variable in configuration.variables.values():
        if variable.name in found:
            told = validate(variable, found, meter)
            problems.extend(_in_context(d, variable) for d in told)
    return found


def _in_context(found: Diagnostic, variable: Variable) -> Diagnostic:
    where = found.context or f'variable "{variable.name}"'
    return replace(found, context=where, secret=found.secret or variable.sensitive)


def _chosen(
    configuration: Configuration, sources: Sources, problems: Collector
) -> Mapping[str, Given]:
    """The strongest value by name; names that no variable bears are reported."""
    chosen: dict[str, Given] = {}
    declared = configuration.variables
    for one in given(configuration.root, declared, sources, problems):
        if one.name in declared:
            chosen[one.name] = one
        else:
            problems.add(_undeclared(one, declared))
    return chosen


def _undeclared(one: Given, declared: Mapping[str, Variable]) -> Diagnostic:
    cure = did_you_mean(one.name, declared, f'Declare it: variable "{one.name}" {{}}')
    severity = error if one.origin is Origin.OPTION else warning
    return severity(
        "undeclared-variable-value",
        "Value for an undeclared variable",
        f'There is no variable "{one.name}" in the configuration, and {one.place} gives it a'
        f" value. {cure}",
        one.span,
    )


def _value(variable: Variable, chosen: Mapping[str, Given], ask: Ask | None) -> Value:
    """Raises ReconcilerError."""
    one = chosen.get(variable.name)
    if one is None and variable.default is None:
        if ask is None:
            raise ReconcilerError(_no_value(variable))
        one = Given(variable.name, Spelt(ask(variable)), "the answer", Origin.PROMPT)
    if one is None:
        return constants.default(variable)
    raw = _raw(variable, one)
    if is_null(raw) and not variable.nullable:
        if variable.default is not None:
            return constants.default(variable)
        raise ReconcilerError(_null(variable, one))
    return _converted(variable, raw, one)


def _raw(variable: Variable, one: Given) -> Value:
    if isinstance(one.value, Plain):
        return one.value.value
    if isinstance(one.value, Spelt):
        return _read(variable, one.value.text, one)
    return constant(one.value, "A value in a file of values")


def _read(variable: Variable, spelt: str, one: Given) -> Value:
    """Text from outside: literal for strings and the like, an expression for anything else."""
    wanted = variable.constraint
    if wanted is None or wanted.type in (STRING, NUMBER, BOOL):
        return text(spelt)
    own = Collector()
    expr = parse_expression(spelt, one.place, own)
    try:
        own.stop_on_errors()
        assert expr is not None
        return constant(expr, "A value from outside")
    except ReconcilerError as trouble:
        raise ReconcilerError(_unreadable(variable, one, trouble.diagnostics[0])) from None


def _converted(variable: Variable, raw: Value, one: Given) -> Value:
    if variable.constraint is None:
        return raw
    try:
        return convert(raw, variable.constraint)
    except ConversionError as trouble:
        why = "" if variable.sensitive else f": {trouble}"
        raise ReconcilerError(
            error(
                "invalid-variable-value",
                "Invalid value for a variable",
                f"The value of var.{variable.name} from {one.place} does not fit the type of the"
                f" variable{why}. Give another value.",
                one.span or variable.span,
            )
        ) from None


def _marked(variable: Variable, value: Value) -> Value:
    if variable.sensitive:
        value = mark(value, SENSITIVE)
    return mark(value, EPHEMERAL) if variable.ephemeral else value


def handed(variable: Variable, value: Value | None, span: Span) -> Value:
    """The value of a module's variable: what its call gives at `span`, else the default. Raises
    ReconcilerError.
    """
    if value is None or (is_null(value) and not variable.nullable and variable.default):
        return _marked(variable, constants.default(variable))
    one = Given(variable.name, Plain(value), "the call of the module", Origin.OPTION, span)
    if is_null(value) and not variable.nullable:
        raise ReconcilerError(_null(variable, one))
    return _marked(variable, _converted(variable, value, one))


def _no_value(variable: Variable) -> Diagnostic:
    name = variable.name
    return error(
        "no-value-for-variable",
        "No value for a variable",
        f'The variable "{name}" has no default, and no value was given. Give one with'
        f' -var "{name}=…", with -var-file, in reconciler.vars.hcl, or in the environment variable'
        f" {ENVIRONMENT}{name}.",
        variable.span,
    )


def _null(variable: Variable, one: Given) -> Diagnostic:
    return error(
        "null-for-variable",
        "Null for a variable",
        f"The value of var.{variable.name} from {one.place} is null, which nullable = false"
        " forbids, and there is no default to take instead. Give another value.",
        one.span or variable.span,
    )


def _unreadable(variable: Variable, one: Given, trouble: Diagnostic) -> Diagnostic:
    why = "" if variable.sensitive else f" {trouble.detail}"
    return error(
        "invalid-variable-value",
        "Invalid value for a variable",
        f"The value of var.{variable.name} from {one.place} is read as an expression, because of"
        f" the type of the variable, and it is none.{why} Write text in quotes, lists as"
        ' ["a", "b"], maps as {a = 1}.',
        variable.span,
    )
