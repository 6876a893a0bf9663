"""The commands by name: where each lives, and what the overview says of it.

Light on purpose: the overview and the version are printed without loading any command.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Verb(NamedTuple):
    """`module` is the command's, below `reconciler.cli.commands`; `usage` what may follow the
    name. `raw`: what follows is passed on as it stands, flags and all.
    """

    module: str
    group: str
    summary: str
    usage: str = "[options]"
    raw: bool = False


_MAIN, _LOOK, _TRY = "Main commands", "Commands that look", "Commands to try things"
_RECORD = "Commands that change the record"
_WRITE = "Commands that write code"

VERBS: Mapping[str, Verb] = {
    "init": Verb("init", _MAIN, "Check that this folder is ready for the other commands"),
    "validate": Verb("validate", _MAIN, "Say whether the configuration is valid"),
    "plan": Verb("plan", _MAIN, "Show what would change"),
    "apply": Verb("apply", _MAIN, "Make Exchange match the configuration", "[options] [PLANFILE]"),
    "destroy": Verb("destroy", _MAIN, "Remove everything that the state knows of"),
    "show": Verb("show", _LOOK, "Show the state or a saved plan", "[options] [PLANFILE]"),
    "output": Verb("output", _LOOK, "Show the outputs of the last apply", "[options] [NAME]"),
    "state list": Verb(
        "state_list", _LOOK, "List what the state remembers", "[options] [ADDRESS...]"
    ),
    "state show": Verb("state_show", _LOOK, "Show one object of the state", "[options] ADDRESS"),
    "history": Verb("history", _LOOK, "List the runs that changed the state"),
    "history show": Verb("history_show", _LOOK, "Show what a run did", "[options] RUN"),
    "history verify": Verb("history_verify", _LOOK, "Check that the history is what was written"),
    "blame": Verb("blame", _LOOK, "Show who last changed each argument", "[options] ADDRESS"),
    "graph": Verb("graph", _LOOK, "Draw who uses whom, for Graphviz"),
    "console": Verb("console", _LOOK, "Evaluate expressions, as the configuration would"),
    "version": Verb("version", _LOOK, "Show the version"),
    "undo": Verb("undo", _RECORD, "Bring back what a run changed", "[options] RUN"),
    "fmt": Verb(
        "fmt", _WRITE, "Bring files into the canonical style", "[options] [DIR|FILE...|-]"
    ),
    "test": Verb("test", _WRITE, "Run the tests of this folder"),
    "sim": Verb(
        "sim",
        _TRY,
        "Run a cmdlet on the simulated Exchange",
        "[-backend=ALIAS] CMDLET [-Parameter VALUE...] [-json]",
        raw=True,
    ),
}


def groups() -> dict[str, list[tuple[str, str]]]:
    """(name, summary) of every command by the title of its group."""
    answer: dict[str, list[tuple[str, str]]] = {}
    for name, verb in VERBS.items():
        answer.setdefault(verb.group, []).append((name, verb.summary))
    return answer


def is_prefix(word: str) -> bool:
    """Whether `word` alone is no command but begins some, as `state` does."""
    return any(name.startswith(f"{word} ") for name in VERBS)
