"""Everything we write is readable by its owner alone, whatever the umask, and no link leads us
elsewhere.
"""

import os
import stat
import sys
from pathlib import Path

import pytest
from fault_bench import APPLY, PLAN, connector, die_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")

TEXT = connector("a") + connector("b")


def unmasked() -> None:
    os.umask(0o000)


def masked() -> None:
    os.umask(0o277)


def unmasked_then_killed() -> None:
    unmasked()
    die_at(19)()


def modes(folder: Path) -> dict[str, str]:
    """What is not as it should be: name and mode."""
    found = {path: path.lstat().st_mode for path in (folder, *folder.rglob("*"))}
    return {
        str(path): stat.filemode(mode)
        for path, mode in found.items()
        if stat.S_IMODE(mode) != (0o700 if stat.S_ISDIR(mode) else 0o600)
    }


@pytest.mark.parametrize("mask", [unmasked, masked])
def test_all_files_and_folders_are_private(bench, mask):
    bench.write(TEXT)
    for line in (("plan", "-out=p"), APPLY, PLAN, ("sim", "Get-SendConnector")):
        assert bench.run(line, hook=mask).code in (0, 2)
    assert modes(bench.root / ".reconciler") == {}
    assert stat.S_IMODE((bench.root / "p").stat().st_mode) == 0o600


def test_the_cache_is_private(bench):
    bench.write(TEXT)
    assert bench.run(PLAN, hook=unmasked).code == 2
    assert modes(bench.root.parent / "cache") == {}


def test_what_a_killed_run_leaves_is_private(bench):
    bench.write(TEXT)
    assert bench.run(APPLY, hook=unmasked_then_killed).code == -9
    left = {path.name for path in (bench.root / ".reconciler").iterdir()}
    assert "state.db-wal" in left
    assert modes(bench.root / ".reconciler") == {}


def test_folders_made_on_the_way_are_private(bench):
    bench.write(
        'backend "simulated" {\n  path = "deep/er/exchange.db"\n}\n'
        'reconciler {\n  state {\n    url = "sqlite:///far/away/state.db"\n  }\n}\n' + TEXT
    )
    assert bench.run(APPLY, hook=unmasked).code == 0
    assert modes(bench.root / "deep") == {}
    assert modes(bench.root / "far") == {}


def test_a_saved_plan_becomes_private_where_another_stood(bench):
    bench.write(TEXT)
    (bench.root / "p").write_text("an old one", encoding="utf-8")
    (bench.root / "p").chmod(0o666)
    assert bench.run(("plan", "-out=p"), hook=unmasked).code == 0
    assert stat.S_IMODE((bench.root / "p").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "name", ["state.db", "state.db.marker", "key", "state.db.default.reserve", "state.db-wal"]
)
def test_a_planted_link_is_refused_or_replaced_and_never_followed(bench, tmp_path, name):
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    own = bench.root / ".reconciler"
    own.mkdir(mode=0o700)
    (own / name).symlink_to(precious)
    bench.write(TEXT)
    ended = bench.run(("plan", "-out=p"), APPLY)
    assert "Unexpected" not in ended.err, ended.err
    assert precious.read_bytes() == b"precious"


def test_a_link_that_leads_out_of_the_project_is_not_configuration(bench, tmp_path):
    (tmp_path / "elsewhere.hcl").write_text(TEXT, encoding="utf-8")
    (bench.root / "main.hcl").symlink_to(tmp_path / "elsewhere.hcl")
    ended = bench.run(PLAN)
    assert ended.code == 1
    assert "Unexpected" not in ended.err


@pytest.mark.parametrize("name", ["main.hcl", "reconciler.vars.hcl", "x.auto.vars.hcl"])
def test_a_pipe_among_the_files_is_refused_at_once(bench, name):
    if name != "main.hcl":
        bench.write(TEXT)
    os.mkfifo(bench.root / name)
    ended = bench.run(PLAN)
    assert ended.code == 1
    assert name in ended.err
