"""What the source of a module means: a folder beside the caller, or one in a git repository."""

import hashlib
import re
from pathlib import Path

from reconciler.config.lock import Pins
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span

FETCHED = ".reconciler/modules"
_LOCAL = ("./", "../", ".\\", "..\\")
_SCHEME = re.compile(r"\w[\w+.-]*://|[^/:@]+@[^/:]+:")


@dataclass(frozen=True, slots=True)
class Git:
    """`url` as git takes it, `sub` the folder in it, `ref` a branch, tag or commit ("": its
    default branch).
    """

    url: str
    sub: str
    ref: str

    @property
    def name(self) -> str:
        """What the lock file calls the repository at that ref."""
        return self.url + (f"?ref={self.ref}" if self.ref else "")

    def folder(self, commit: str) -> str:
        """Where that commit is kept, relative to the project."""
        digest = hashlib.sha256(self.url.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{FETCHED}/{digest[:12]}-{commit[:12]}"


def git(source: str) -> Git | None:
    """None where `source` is no repository."""
    if not source.startswith("git::"):
        return None
    rest, _, query = source.removeprefix("git::").partition("?")
    refs = [part.removeprefix("ref=") for part in query.split("&") if part.startswith("ref=")]
    scheme = _SCHEME.match(rest)
    at = rest.find("//", scheme.end() if scheme else 0)
    url, sub = (rest, "") if at < 0 else (rest[:at], rest[at + 2 :])
    return Git(url, sub.strip("/"), refs[-1] if refs else "")


@dataclass(frozen=True, slots=True)
class Ground:
    """The folder that calls a module: where it is, how messages call it, and the outermost
    folder that it may reach into (None: any).
    """

    folder: Path
    shown: str
    package: Path | None = None

    def beside(self, path: str) -> "Ground":
        parts = [] if self.shown == "." else self.shown.split("/")
        for part in path.replace("\\", "/").split("/"):
            if part == ".." and parts and parts[-1] != "..":
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        return Ground((self.folder / path).resolve(), "/".join(parts) or ".", self.package)


def found(
    source: str, span: Span, caller: Ground, project: Path, pins: Pins
) -> Ground | Diagnostic:
    """The folder that `source` means for `caller`, or what is wrong with it."""
    repository = git(source)
    if repository is not None:
        return _fetched(repository, span, project, pins)
    if not source.startswith(_LOCAL) and source not in (".", ".."):
        return _unknown(source, span)
    place = caller.beside(source)
    if caller.package is not None and not place.folder.is_relative_to(caller.package):
        return _outside(span)
    return place if place.folder.is_dir() else _missing(place.shown, span)


def _fetched(wanted: Git, span: Span, project: Path, pins: Pins) -> Ground | Diagnostic:
    commit = pins.get(wanted.name)
    if commit is None:
        return _not_fetched("No commit is pinned for it yet.", span)
    shown = wanted.folder(commit)
    package = project / shown
    if not package.is_dir():
        return _not_fetched(f"The commit {commit[:12]} is pinned, and not here yet.", span)
    place = Ground(package, shown, package.resolve()).beside(wanted.sub)
    return place if place.folder.is_dir() else _missing(place.shown, span)


def _not_fetched(why: str, span: Span) -> Diagnostic:
    return error(
        "module-not-fetched",
        "Module is not fetched yet",
        f"The module comes from a git repository. {why} Run `reconciler init`, which fetches it and"
        " notes the commit in .reconciler.lock.hcl.",
        span,
    )


def _missing(shown: str, span: Span) -> Diagnostic:
    return error(
        "no-such-module",
        "No such module",
        f"There is no folder {shown}. A source that begins with ./ or ../ is a folder, seen from"
        " the one that calls it.",
        span,
    )


def _outside(span: Span) -> Diagnostic:
    return error(
        "module-outside-package",
        "Module lies outside of its repository",
        "A module of a git repository may call the folders of this repository alone. Name the"
        " other one with a source of its own: git::…",
        span,
    )


def _unknown(source: str, span: Span) -> Diagnostic:
    return error(
        "unknown-module-source",
        "Unknown sort of module source",
        f'"{source}" is neither a folder (./modules/standard) nor a git repository'
        " (git::https://example.com/standard.git//folder?ref=v1). There is no registry.",
        span,
    )
