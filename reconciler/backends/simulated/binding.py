"""From the parameters of a call to the values that a cmdlet works with, as PowerShell binds them.

Knows the parameters of a noun and their types; refuses to know whether the values fit together.
"""

import re
from collections.abc import Mapping

from reconciler.backends.command import Command, Edit, Parameter
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.noun import Noun, Taken
from reconciler.backends.simulated.refusal import UnfitError, refusal
from reconciler.backends.simulated.world import World
from reconciler.model.values import Secret
from reconciler.schema.suggest import did_you_mean

_LONE = re.compile("[\ud800-\udfff]")


def _find(noun: Noun, call: Command, name: str, world: World) -> Taken:
    known = noun.by_verb[call.verb]
    taken = known.get(name.lower())
    if taken is None:
        hint = did_you_mean(f"-{name}", [f"-{one.name}" for one in known.values()])
        raise refusal("parameter-unknown", f"{call.cmdlet} has no parameter -{name}.{hint}")
    if world.platform.version not in taken.versions:
        raise refusal(
            "parameter-version",
            f"{call.cmdlet} has no parameter -{taken.name} in {world.platform.product}.",
        )
    if world.platform.role not in taken.roles:
        raise refusal(
            "parameter-role",
            f"{call.cmdlet} takes -{taken.name} only on servers of role {taken.roles[0]}.",
        )
    return taken


def _texts(value: Parameter) -> tuple[object, ...]:
    match value:
        case tuple():
            return value
        case Secret():
            return (value.open,)
        case Edit():
            return (*value.add, *value.remove)
        case _:
            return (value,)


def _check_unicode(value: Parameter) -> None:
    """A word from a system's shell may hold half of a surrogate pair."""
    texts = (text for text in _texts(value) if isinstance(text, str) and not text.isascii())
    if any(map(_LONE.search, texts)):
        raise UnfitError("It holds bytes that are no Unicode text.")


def _read(taken: Taken, cmdlet: str, value: Parameter, world: World) -> Property:
    try:
        _check_unicode(value)
        return taken.read(value, world)
    except UnfitError as why:
        raise refusal(
            "value-refused", f"{cmdlet} cannot use the value given for -{taken.name}. {why}"
        ) from None


def _check_exclusive(noun: Noun, given: Mapping[str, Property], cmdlet: str) -> None:
    found = [name for name in noun.exclusive if given.get(name)]
    if len(found) > 1:
        raise refusal("parameter-set", f"{cmdlet} takes only one of -{', -'.join(found)}.")


def _check_sets(noun: Noun, given: Mapping[str, Property], cmdlet: str) -> None:
    chosen = [s for s in noun.sets if not s.marks.isdisjoint(given)] or [noun.sets[0]]
    if len(chosen) > 1:
        raise refusal(
            "parameter-set",
            f"{cmdlet} cannot tell which parameter set is meant: the parameters of "
            f"{' and '.join(s.name for s in chosen)} exclude each other.",
        )
    missing = [name for name in chosen[0].needs if name not in given]
    if missing:
        raise refusal("parameter-missing", f"{cmdlet} needs -{' and -'.join(missing)}.")


def bind(noun: Noun, call: Command, world: World) -> dict[str, Property]:
    """The values by the parameters' own names. Raises BackendError where PowerShell would."""
    given: dict[str, Property] = {}
    for name, value in call.parameters.items():
        taken = _find(noun, call, name, world)
        if taken.name in given:
            raise refusal("parameter-twice", f"{call.cmdlet} got -{taken.name} twice.")
        given[taken.name] = _read(taken, call.cmdlet, value, world)
    meant = noun.verbs.get(call.verb, call.verb)
    if meant == "New":
        _check_sets(noun, given, call.cmdlet)
        _check_exclusive(noun, given, call.cmdlet)
    elif meant in ("Set", "Remove") and noun.is_named(world) and not given.get("Identity"):
        raise refusal("parameter-missing", f"{call.cmdlet} needs the parameter -Identity.")
    if given.get("Confirm"):
        raise refusal(
            "confirmation-needed",
            f"{call.cmdlet} asks for confirmation, which nobody can give here. "
            "Use -Confirm:$false.",
        )
    return given
