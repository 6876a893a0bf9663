"""What is wrong with a command line, and the nearest thing that would be right."""

from collections.abc import Iterable

from reconciler.model.diagnostic import ReconcilerError, error


def wrong(code: str, summary: str, detail: str, command: str = "") -> ReconcilerError:
    """The error for a command line that cannot be understood; ends with where help is."""
    see = f"reconciler {command} -help" if command else "reconciler -help"
    return ReconcilerError(error(code, summary, f"{detail}\n\nFor help, run:\n    {see}"))


def unknown_command(name: str, known: Iterable[str]) -> ReconcilerError:
    hint = suggestion(name, known)
    return wrong("unknown-command", "Unknown command", f'There is no command "{name}".{hint}')


def unknown_flag(name: str, known: Iterable[str], command: str) -> ReconcilerError:
    hint = suggestion(name, known, dash="-")
    place = f"The {command} command" if command else "What stands before the command"
    return wrong("unknown-flag", "Unknown flag", f'{place} has no flag "-{name}".{hint}', command)


def suggestion(word: str, known: Iterable[str], *, dash: str = "") -> str:
    """` Did you mean "…"?`, or "" where nothing is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1)
    return f' Did you mean "{dash}{near[0]}"?' if near else ""
