"""Modules from git repositories: fetched through the system's git, each at the commit that the lock
file pins. Nothing of a repository is ever run.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from reconciler.config import lock
from reconciler.config.blocks import Configuration
from reconciler.config.load import load
from reconciler.config.modules import DEEPEST
from reconciler.config.sources import Git, git
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.store.files import atomic_write, private_folder

_SAFE = {
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",  # ext:: would run a command
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.hooksPath",
    "GIT_CONFIG_VALUE_0": os.devnull,
}
_LOGIN = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Fetched:
    """The repository as the lock file names it, without what may be a password."""

    name: str
    commit: str


def missing(root: Path, environment: Mapping[str, str], *, upgrade: bool) -> tuple[Fetched, ...]:
    """Fetches what is not here yet, also what that calls; with `upgrade` every ref is looked up
    anew. Raises ReconcilerError.
    """
    problems = Collector()
    pins = {} if upgrade else dict(lock.read(root, problems))
    problems.stop_on_errors()
    done: dict[str, Fetched] = {}
    for _ in range(DEEPEST):
        wanted = [
            one for one in _wanted(load(root, Collector()), root, pins) if one[0].name not in done
        ]
        if not wanted:
            break
        for source, span in wanted:
            commit = _fetch(source, pins.get(source.name), root, environment, span)
            pins[source.name] = commit
            done[source.name] = Fetched(_hidden(source.name), commit)
            atomic_write(root / lock.LOCK_FILE, lock.written(pins).encode())
    return tuple(done.values())


def _wanted(
    configuration: Configuration, root: Path, pins: Mapping[str, str]
) -> Iterator[tuple[Git, Span]]:
    """Each repository once that is not pinned, or not here."""
    told: set[str] = set()
    for one in configuration.whole():
        for call in one.modules.values():
            source = git(call.source)
            if source is None or source.name in told:
                continue
            commit = pins.get(source.name)
            if commit is None or not (root / source.folder(commit)).is_dir():
                told.add(source.name)
                yield source, call.source_span


def _fetch(
    source: Git, pinned: str | None, root: Path, environment: Mapping[str, str], span: Span
) -> str:
    """The commit, whose files are in their folder by now."""
    aside = root / source.folder("new")
    private_folder(aside.parent)
    _remove(aside)
    run = _Git(environment, source, span)
    try:
        run("clone", "--quiet", "--no-checkout", "--", source.url, str(aside))
        commit = pinned or _commit(run, aside, source)
        run("-C", str(aside), "checkout", "--quiet", "--detach", commit)
        _remove(aside / ".git")
        place = root / source.folder(commit)
        if not place.is_dir():
            aside.rename(place)
    finally:
        _remove(aside)
    return commit


def _remove(folder: Path) -> None:
    """Whatever is there; git writes some files read-only, which only Windows minds."""
    if sys.platform == "win32":
        for path in folder.rglob("*"):
            path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _commit(run: "_Git", aside: Path, source: Git) -> str:
    """The commit of a branch, a tag or a commit; a branch where one of each bears the name."""
    names = (f"origin/{source.ref}", source.ref) if source.ref else ("HEAD",)
    for name in names:
        found = run(
            "-C",
            str(aside),
            "rev-parse",
            "--verify",
            "--quiet",
            f"{name}^{{commit}}",
            may_fail=True,
        )
        if found:
            return found
    raise run.failure(f"It has no branch, tag or commit {source.ref}.")


@dataclass(frozen=True, slots=True)
class _Git:
    """git, run for one source."""

    environment: Mapping[str, str]
    source: Git
    span: Span

    def __call__(self, *words: str, may_fail: bool = False) -> str:
        try:
            done = subprocess.run(  # noqa: S603 (no shell; the address stands after --)
                ["git", *words],  # noqa: S607 (the system's git, wherever it is)
                env={**self.environment, **_SAFE},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError:
            raise self.failure("There is no git on this machine. Install it.") from None
        if done.returncode and not may_fail:
            raise self.failure(done.stderr.strip())
        return done.stdout.strip() if not done.returncode else ""

    def failure(self, why: str) -> ReconcilerError:
        return ReconcilerError(_failed(self.source, why, self.span))


def _failed(source: Git, why: str, span: Span) -> Diagnostic:
    return error(
        "module-fetch-failed",
        "Module could not be fetched",
        f"git could not fetch {_hidden(source.name)}. {_hidden(why)}\nCheck the address, the ref and"
        " your access to it: git clone must work from here without asking.",
        span,
    )


def _hidden(text: str) -> str:
    """An address may hold a password."""
    return _LOGIN.sub("", text)
