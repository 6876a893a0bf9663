"""A cmdlet typed at a shell, as PowerShell would read it. Calls nothing.

The system's shell has split the words already; lists with commas, `$true`, switches, abbreviated
parameter names, `@{Add=…;Remove=…}` and `[Convert]::FromBase64String(…)` are left to read here. A value that begins with a dash is
written `-Comment:-x`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from reconciler.backends.command import Command, Edit, Parameter
from reconciler.backends.simulated.audit import LOG_COLUMNS, SEARCH
from reconciler.backends.simulated.nouns import NOUNS
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.values import Secret
from reconciler.schema.suggest import did_you_mean

_AUDIT: Final = ("Search", "AdminAuditLog")

_CONSTANTS: Final[Mapping[str, bool | None]] = {"$true": True, "$false": False, "$null": None}
_PARAMETER = re.compile(r"-([A-Za-z][A-Za-z]*)(?::(.*))?", re.DOTALL)
_TABLE = re.compile(r"@\{(.*)\}", re.DOTALL)
_BYTES = re.compile(
    r"""\(?\[(?i:(?:System\.)?Convert\]::FromBase64String)\(["']?([A-Za-z0-9+/=]+)["']?\)\)?"""
)
_ENTRY = re.compile(r"\s*(\w+)\s*=((?:[^;\"']|\"[^\"]*\"|'[^']*')*)(?:;|$)")
_Pair: TypeAlias = "tuple[_Known | None, Parameter]"


def _fail(code: str, detail: str) -> ReconcilerError:
    return ReconcilerError(error(code, "Invalid cmdlet", detail))


@cache
def _cmdlets() -> Mapping[str, tuple[str, str]]:
    """All there are, by their names in lower case."""
    ours = ((verb, noun.name) for noun in NOUNS.values() for verb in noun.by_verb)
    return {f"{verb}-{noun}".lower(): (verb, noun) for verb, noun in (*ours, _AUDIT)}


def _cmdlet(typed: str) -> tuple[str, str]:
    found = _cmdlets().get(typed.lower())
    if found is None:
        known = ["-".join(cmdlet) for cmdlet in _cmdlets().values()]
        hint = did_you_mean(typed, known) or f" The cmdlets are {', '.join(sorted(known))}."
        raise _fail("cmdlet-unknown", f"There is no cmdlet {typed}.{hint}")
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """A parameter; `several` where it takes a list."""

    name: str
    switch: bool = False
    several: bool = False


def _parameters(verb: str, noun: str) -> Mapping[str, _Known]:
    """By names and aliases in lower case."""
    if (verb, noun) == _AUDIT:
        return {name.lower(): _Known(name, several=True) for name in SEARCH}
    taken = NOUNS[noun].by_verb[verb].items()
    return {alias: _Known(one.name, one.switch, one.several) for alias, one in taken}


def _parameter(known: Mapping[str, _Known], typed: str, cmdlet: str) -> _Known:
    """The parameter of that name, or the only one that begins so."""
    exact = known.get(typed.lower())
    if exact is not None:
        return exact
    begun = {one.name: one for alias, one in known.items() if alias.startswith(typed.lower())}
    if len(begun) == 1:
        return next(iter(begun.values()))
    if begun:
        raise _fail(
            "parameter-ambiguous", f"-{typed} may be -{' or -'.join(sorted(begun))}; write more."
        )
    hint = did_you_mean(typed, {one.name for one in known.values()})
    raise _fail("parameter-unknown", f"{cmdlet} has no parameter -{typed}.{hint}")


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text


def _items(text: str) -> tuple[str, ...]:
    """The parts between the commas that stand outside quotes."""
    items, quote = [""], ""
    for character in text:
        if character == "," and not quote:
            items.append("")
            continue
        items[-1] += character
        if character in "\"'":
            quote = "" if quote == character else quote or character
    return tuple(_unquoted(item.strip()) for item in items)


def _table(text: str) -> Parameter:
    entries = {key.lower(): value.strip() for key, value in _ENTRY.findall(text)}
    if entries and entries.keys() <= {"add", "remove"}:
        add, remove = (_items(entries[k]) if k in entries else () for k in ("add", "remove"))
        return Edit(add, remove)
    if entries.keys() == {"username", "password"}:
        return Secret(_unquoted(entries["username"]), _unquoted(entries["password"]))
    raise _fail(
        "value-unreadable",
        "A table in braces is either @{Add=…;Remove=…}, which edits a list, or "
        "@{UserName=…;Password=…}, which is a credential.",
    )


def _value(parameter: _Known, text: str) -> Parameter:
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    packed = _BYTES.fullmatch(text)
    if packed is not None:
        return Secret("", packed[1])
    table = _TABLE.fullmatch(text)
    if table is not None:
        return _table(table[1])
    return _items(text) if parameter.several else text


def _joined(words: Iterable[str]) -> list[str]:
    """A list with spaces about its commas is one word to PowerShell."""
    whole = [""]
    for word in words:
        before = _PARAMETER.fullmatch(whole[-1])
        apart = _PARAMETER.fullmatch(word) or (before and before[2] is None)
        if not apart and (whole[-1].endswith(",") or word.startswith(",")):
            whole[-1] += word
        else:
            whole.append(word)
    return whole[1:]


def _pairs(words: Sequence[str], known: Mapping[str, _Known], cmdlet: str) -> Iterator[_Pair]:
    """Each parameter with its value; a word of its own comes with no parameter."""
    left = iter(words)
    for word in left:
        found = _PARAMETER.fullmatch(word)
        if found is None:
            yield None, word
            continue
        parameter, attached = _parameter(known, found[1], cmdlet), found[2]
        if attached is None and parameter.switch:
            yield parameter, True
            continue
        text = next(left, None) if attached is None else attached
        if text is None or (attached is None and _PARAMETER.fullmatch(text)):
            raise _fail(
                "value-missing",
                f"-{parameter.name} of {cmdlet} needs a value. One that begins with a dash is "
                f"written -{parameter.name}:{text or '-…'}.",
            )
        yield parameter, _value(parameter, text)


def parse_cmdlet(argv: Sequence[str]) -> Command:
    """The call that the words mean. Raises ReconcilerError."""
    verb, noun = _cmdlet(argv[0] if argv else "")
    known, cmdlet = _parameters(verb, noun), f"{verb}-{noun}"
    position = NOUNS[noun].positional.get(verb, "Identity") if noun in NOUNS else ""
    parameters: dict[str, Parameter] = {}
    for parameter, value in _pairs(_joined(argv[1:]), known, cmdlet):
        name = position if parameter is None else parameter.name
        if not name or (parameter is None and name in parameters):
            raise _fail("word-unexpected", f'{cmdlet} has no use for the word "{value}".')
        if name in parameters:
            raise _fail("parameter-twice", f"-{name} of {cmdlet} is given twice.")
        parameters[name] = value
    return Command(verb, noun, parameters)


def columns(call: Command) -> tuple[str, ...]:
    """The properties that a table of the answer shows, as a management shell would."""
    return NOUNS[call.noun].columns if call.noun in NOUNS else LOG_COLUMNS
