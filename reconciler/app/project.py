"""Where a command works and with what: the folder, the workspace, and what the user gave."""

from collections.abc import Callable, Mapping
from pathlib import Path

from reconciler.model.log import Log
from reconciler.model.record import dataclass

OWN = ".reconciler"
"""The folder inside a project for what we write ourselves."""

Ask = Callable[[str, bool], str]
"""Puts a question to the user; the flag says that the answer must not be shown."""


@dataclass(frozen=True, slots=True)
class Project:
    """`given` are the -var and -var-file options, in order: ("var", "name=text") or ("file",
    path). `ask` is None where nobody may be asked, and `log` where nothing is logged. `wait` returns
    when files that are being read ahead have been read; None where none are.
    """

    root: Path
    workspace: str
    environment: Mapping[str, str]
    given: tuple[tuple[str, str], ...] = ()
    ask: Ask | None = None
    log: Log | None = None
    wait: Callable[[], None] | None = None

    @property
    def own(self) -> Path:
        return self.root / OWN
