"""`reconciler sim`."""

import re
from collections.abc import Sequence

from reconciler.cli.asked import project
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong
from reconciler.views import sim

_JSON = ("-json", "--json")
_COLOR = ("-no-color", "--no-color")
_BACKEND = re.compile("--?backend=(.*)")


def command(shell: Shell, words: Sequence[str]) -> int:
    """Run a cmdlet on the simulated Exchange, as a management shell would.

    Parameters are written as PowerShell spells them: -Name value, lists with commas, $true, $false,
    $null (quote them from your own shell), switches alone. The answer is a table, or with -json
    a list of property bags. -backend=ALIAS before the cmdlet asks the backend with that alias. For
    example:

      reconciler sim Get-SendConnector
      reconciler sim Set-SendConnector -Identity Internet -Port 2525
      reconciler sim New-SendConnector -Name Lab -AddressSpaces lab.example,"*.lab.example;5"
      reconciler sim -backend=cloud Get-InboundConnector
    """
    backend, call = _addressed([word for word in words if word not in (*_JSON, *_COLOR)])
    if not call:
        raise wrong("cmdlet-missing", "No cmdlet given", "Say which cmdlet to run.", "sim")
    from reconciler.app import sim as use_case

    answer = use_case.run(project(shell), call, backend)
    if shell.json:
        shell.stdout.write(sim.json_text(answer.records))
    else:
        shell.stdout.write(sim.text(answer.records, answer.columns, answer.note))
    return 0


def _addressed(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The backend that stands before the cmdlet, "" for none, and the call itself."""
    found = _BACKEND.fullmatch(words[0]) if words else None
    return (found[1], words[1:]) if found else ("", words)
