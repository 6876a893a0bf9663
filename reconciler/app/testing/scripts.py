"""Which files of tests there are, read and decoded. Runs nothing."""

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path

from reconciler.config import files
from reconciler.config.around import with_context
from reconciler.config.decode_test import Script, script
from reconciler.config.shapes import TESTS
from reconciler.config.suggest import did_you_mean
from reconciler.lang import text_file
from reconciler.lang.jsonfile.parse import parse as jsonfile
from reconciler.lang.parse import parse
from reconciler.model.diagnostic import Collector, Diagnostic, error

FOLDER = "tests"
_SUFFIX = ".test"


def scripts(root: Path, folder: str, only: Sequence[str]) -> tuple[Script, ...]:
    """The files of tests in `root` and in its `folder`, by path; those called `only`, where any
    are. Raises ReconcilerError with everything that is wrong in them.
    """
    problems = Collector()
    paths = tuple(_chosen(sorted(_paths(root, folder, problems)), only, problems))
    found = [_read(root, path, problems) for path in paths]
    problems.stop_on_errors()
    return tuple(one for one in found if one is not None)


def _paths(root: Path, folder: str, problems: Collector) -> Iterator[str]:
    shown = posixpath.normpath(folder.replace("\\", "/"))
    places = {".": root, **({shown: root / folder} if (root / folder).is_dir() else {})}
    for prefix, place in places.items():
        for name in files.names(place, problems):
            if (files.stem(name) or "").endswith(_SUFFIX):
                yield name if prefix == "." else f"{prefix}/{name}"


def _chosen(found: Sequence[str], only: Sequence[str], problems: Collector) -> Iterator[str]:
    wanted = {posixpath.normpath(name.replace("\\", "/")) for name in only}
    problems.extend(_unknown(name, found) for name in sorted(wanted - set(found)))
    return (path for path in found if not wanted or path in wanted)


def _read(root: Path, path: str, problems: Collector) -> Script | None:
    shown = text_file.shown(path)
    text = text_file.read(root / path, shown, problems, inside=root)
    if text is None:
        return None
    own = Collector()
    is_json = path.endswith(".json")
    body = jsonfile(text, shown, TESTS, own) if is_json else parse(text, shown, own)
    problems.extend(with_context(own, text))
    return script(shown, body, problems)


def _unknown(name: str, found: Sequence[str]) -> Diagnostic:
    cure = did_you_mean(name, found, f"The files are: {', '.join(found)}." if found else "")
    return error(
        "no-such-test-file",
        "No such file of tests",
        f"-filter names {name}, which is no file of tests here. Their names end in .test.hcl, and"
        f" they stand in this folder or in the folder of tests. {cure}".rstrip(),
    )
