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
_WRITE = "Commands that write code"
_RECORD = "Commands that change the record"

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
    "state rekey": Verb("state_rekey", _RECORD, "Seal sensitive values with another key"),
    "drift": Verb("drift", _LOOK, "Show what others changed, and who", "[options] [ADDRESS...]"),
    "drift accept": Verb(
        "drift_accept",
        _WRITE,
        "Take what others changed into the configuration",
        "[options] ADDRESS[.ARGUMENT]",
    ),
    "history": Verb("history", _LOOK, "List the runs that changed the state"),
    "history show": Verb("history_show", _LOOK, "Show what a run did", "[options] RUN"),
    "history verify": Verb("history_verify", _LOOK, "Check that the history is what was written"),
    "blame": Verb("blame", _LOOK, "Show who last changed each argument", "[options] ADDRESS"),
    "graph": Verb("graph", _LOOK, "Draw who uses whom, for Graphviz"),
    "console": Verb("console", _LOOK, "Evaluate expressions, as the configuration would"),
    "unmanaged": Verb(
        "unmanaged", _LOOK, "List what Exchange has and nobody manages", "[options] [PATTERN...]"
    ),
    "version": Verb("version", _LOOK, "Show the version"),
    "import": Verb(
        "import_", _RECORD, "Take over an object that exists already", "[options] ADDRESS ID"
    ),
    "estate import": Verb(
        "estate_import",
        _RECORD,
        "Write configuration for all that Exchange has, and import it",
        "[options] [PATTERN...]",
    ),
    "state mv": Verb(
        "state_mv", _RECORD, "Give objects another address", "[options] SOURCE TARGET"
    ),
    "state rm": Verb("state_rm", _RECORD, "Forget objects", "[options] ADDRESS..."),
    "state unprotect": Verb(
        "state_unprotect", _RECORD, "Lift what prevent_destroy protects", "[options] ADDRESS..."
    ),
    "state pull": Verb("state_pull", _RECORD, "Print the state as one JSON document"),
    "state push": Verb("state_push", _RECORD, "Put such a document back", "[options] FILE|-"),
    "state migrate": Verb("state_migrate", _RECORD, "Copy the state into another database"),
    "taint": Verb("taint", _RECORD, "Let the next plan replace an object", "[options] ADDRESS"),
    "untaint": Verb("untaint", _RECORD, "Take such a mark back", "[options] ADDRESS"),
    "force-unlock": Verb(
        "force_unlock", _RECORD, "Free the state from a run that is gone", "[options] FENCE"
    ),
    "workspace list": Verb("workspace_list", _RECORD, "List the workspaces"),
    "workspace show": Verb("workspace_show", _RECORD, "Show the name of the current workspace"),
    "workspace new": Verb(
        "workspace_new", _RECORD, "Make a workspace and select it", "[options] NAME"
    ),
    "workspace select": Verb(
        "workspace_select", _RECORD, "Work in another workspace", "[options] NAME"
    ),
    "workspace delete": Verb("workspace_delete", _RECORD, "Delete a workspace", "[options] NAME"),
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

READING = frozenset({"validate", "plan", "apply", "destroy", "drift"})
"""Commands that begin with the whole configuration, and that people wait for."""


def groups() -> dict[str, list[tuple[str, str]]]:
    """(name, summary) of every command by the title of its group."""
    answer: dict[str, list[tuple[str, str]]] = {}
    for name, verb in VERBS.items():
        answer.setdefault(verb.group, []).append((name, verb.summary))
    return answer


def is_prefix(word: str) -> bool:
    """Whether `word` alone is no command but begins some, as `state` does."""
    return any(name.startswith(f"{word} ") for name in VERBS)
