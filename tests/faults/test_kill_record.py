"""SIGKILL of the commands that change the record alone, before and after everything that others
see of it: each has changed all or nothing, and the same command again leads to the end.
"""

import shutil
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fault_bench import APPLY, Bench, Line, connector, die_at
from test_shared_state import HIDDEN, OUTPUT

from reconciler.app import selection
from reconciler.store import workspaces
from reconciler.store.sql import open_store, open_view

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and forks")

URL, COPY = "sqlite:///.reconciler/state.db", "sqlite:///copy/state.db"
LAB = {"RECONCILER_WORKSPACE": "lab"}
PROTECTED = "lifecycle {\n prevent_destroy = true\n }"
FILES = HIDDEN + OUTPUT + connector("b", "B", PROTECTED) + connector("c")
VERIFY: Line = ("history", "verify")


@dataclass(frozen=True)
class Work:
    """`refused` is what the command says where a run that has died did it; `cure` then does what
    is left. Of its instants each `step`-th is tried.
    """

    line: Line
    refused: str = ""
    cure: Line = VERIFY
    step: int = 6


WORKS = {
    "mv": Work(("state", "mv", "send_connector.c", "send_connector.d"), "no object there"),
    "rm": Work(("state", "rm", "send_connector.c"), "no object at"),
    "unprotect": Work(("state", "unprotect", "send_connector.b"), "prevent_destroy"),
    "taint": Work(("taint", "send_connector.b")),
    "untaint": Work(("untaint", "send_connector.c"), "not marked as tainted"),
    "push": Work(("state", "push", "-force", "old.json")),
    "rekey": Work(("state", "rekey"), step=4),
    "migrate": Work(("state", "migrate", f"-to={COPY}"), "whole already", step=4),
    "new": Work(("workspace", "new", "new"), "Select it", ("workspace", "select", "new"), 4),
    "delete": Work(("workspace", "delete", "-force", "lab"), "no workspace", step=4),
    "import": Work(("import", "send_connector.e", "E"), "already", step=4),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Bench:
    """A project with something for each of them to do."""
    bench = Bench(tmp_path_factory.mktemp("record") / "project")
    bench.root.mkdir()
    bench.write(connector("l"))
    done = [bench.run(APPLY, **LAB)]
    bench.write(FILES + connector("gone"))
    done += [bench.run(APPLY), bench.run(("state", "pull"))]
    (bench.root / "old.json").write_text(done[-1].out, encoding="utf-8")
    done += [bench.run(("state", "rm", "send_connector.gone"), ("taint", "send_connector.c"))]
    bench.write(FILES + connector("e"))
    bench.ask("New-SendConnector", Name="E", AddressSpaces=("e.example",))
    assert [one.err for one in done if one.code] == []
    return bench


def copied(bench: Bench, name: str) -> Bench:
    return Bench(Path(shutil.copytree(bench.root, bench.root.parent / name)))


def sights(bench: Bench) -> Iterator[object]:
    """All that these commands change, each either as before or as after."""
    for url, workspace in ((URL, "default"), (URL, "lab"), (COPY, "default")):
        yield open_store(url, workspace, root=bench.root).read()
    names = workspaces.names(open_view(URL, "default", bench.root).database)
    yield from (names, selection.selected(bench.root))


@pytest.mark.parametrize("name", sorted(WORKS))
def test_a_kill_leaves_all_or_nothing_and_the_same_command_ends_it(prepared, name):
    """Those that amend rows go the same way, and each begins elsewhere on it: together they come by
    every instant.
    """
    work, before = WORKS[name], list(sights(prepared))
    done = copied(prepared, f"{name}-done")
    assert done.run(work.line, VERIFY).code == 0
    after = list(sights(done))
    for number in range(1 + list(WORKS).index(name) % work.step, 200, work.step):
        run = copied(prepared, f"{name}-{number}")
        ended = run.run(work.line, hook=die_at(number, fine=True))
        if ended.code == 0:
            break
        assert ended.code == -signal.SIGKILL, ended.err
        for found, *either in zip(sights(run), before, after, strict=True):
            assert found in either
        assert_ended_by_the_same_command(run, work)
        assert list(sights(run)) == after
        shutil.rmtree(run.root)
    assert number > 15


def assert_ended_by_the_same_command(run: Bench, work: Work) -> None:
    again = run.run(VERIFY, work.line, VERIFY)
    if again.code:
        assert work.refused
        assert work.refused in again.err
        cured = run.run(work.cure, VERIFY)
        assert cured.code == 0, cured.err
