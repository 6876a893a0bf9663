"""Files brought into the canonical style: which, and how they are written."""

import stat
import sys
from pathlib import Path

import pytest

from reconciler.app import fmt
from reconciler.model.diagnostic import Collector

UNTIDY, TIDY = "a=1\n", "a = 1\n"
posix = sys.platform != "win32"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(folder, *names, text=UNTIDY):
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode())


def changed(*targets, **options):
    """(paths that differ, codes of what is wrong)."""
    problems = Collector()
    found = [each.path for each in fmt.run(targets or ["."], problems, **options) if each.changed]
    return found, [each.code for each in problems]


def test_every_kind_of_hcl_file_is_taken_and_nothing_else(folder):
    fill(folder, "a.hcl", "b.vars.hcl", "c.test.hcl", "d.org.hcl")
    fill(folder, "e.hcl.json", ".f.hcl", "g.hcl~", "h.txt", ".reconciler.lock.hcl")
    assert changed() == (["a.hcl", "b.vars.hcl", "c.test.hcl", "d.org.hcl"], [])
    assert (folder / "a.hcl").read_text() == TIDY
    assert (folder / "h.txt").read_text() == UNTIDY


def test_folders_inside_are_taken_only_where_asked(folder):
    fill(folder, "a.hcl", "sub/b.hcl", ".hidden/c.hcl")
    assert changed(write=False) == (["a.hcl"], [])
    assert changed(recursive=True, write=False) == (["a.hcl", str(Path("sub/b.hcl"))], [])


def test_what_is_in_style_already_is_not_written(folder):
    fill(folder, "a.hcl", text=TIDY)
    before = (folder / "a.hcl").stat()
    assert changed() == ([], [])
    assert (folder / "a.hcl").stat().st_mtime_ns == before.st_mtime_ns
    assert (folder / "a.hcl").stat().st_ino == before.st_ino


def test_nothing_is_written_where_that_is_not_wanted(folder):
    fill(folder, "a.hcl")
    assert changed(write=False) == (["a.hcl"], [])
    assert (folder / "a.hcl").read_text() == UNTIDY


def test_a_file_with_a_mistake_is_left_alone_and_the_others_are_not(folder):
    fill(folder, "a.hcl", "c.hcl")
    fill(folder, "b.hcl", text="a = \n  b=1\n")
    problems = Collector()
    done = [each.path for each in fmt.run(["."], problems)]
    assert done == ["a.hcl", "c.hcl"]
    assert (folder / "b.hcl").read_text() == "a = \n  b=1\n"
    assert [(each.span.path, each.span.line) for each in problems] == [("b.hcl", 1)]


@pytest.mark.skipif(not posix, reason="Windows has no such modes")
def test_the_mode_of_a_file_stays(folder):
    fill(folder, "a.hcl")
    (folder / "a.hcl").chmod(0o640)
    changed()
    assert stat.S_IMODE((folder / "a.hcl").stat().st_mode) == 0o640


@pytest.mark.skipif(not posix, reason="Windows lets few users make links")
def test_a_link_stays_a_link_and_its_target_is_formatted(folder):
    fill(folder, "sub/real.hcl")
    (folder / "a.hcl").symlink_to("sub/real.hcl")
    assert changed() == (["a.hcl"], [])
    assert (folder / "a.hcl").is_symlink()
    assert (folder / "sub" / "real.hcl").read_text() == TIDY


@pytest.mark.skipif(not posix, reason="Windows lets few users make links")
def test_a_link_out_of_the_folder_is_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "x.hcl"
    outside.write_text(UNTIDY)
    (folder / "a.hcl").symlink_to(outside)
    assert changed() == ([], ["not-an-ordinary-file"])
    assert outside.read_text() == UNTIDY


def test_a_failed_write_leaves_the_file_and_no_rubbish(folder, monkeypatch):
    fill(folder, "a.hcl")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    assert changed() == ([], ["cannot-write"])
    assert [(p.name, p.read_text()) for p in folder.iterdir()] == [("a.hcl", UNTIDY)]


def test_a_read_only_file_is_not_replaced(folder, monkeypatch):
    fill(folder, "a.hcl")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert changed() == ([], ["cannot-write"])
    assert (folder / "a.hcl").read_text() == UNTIDY


def test_a_byte_order_mark_is_a_difference(folder):
    fill(folder, "a.hcl", text="\ufeffa = 1\n")
    assert changed() == (["a.hcl"], [])
    assert (folder / "a.hcl").read_bytes() == b"a = 1\n"


@pytest.mark.parametrize(
    ("target", "code"),
    [("none", "no-such-file"), ("none.hcl", "unreadable-file"), ("a.txt", "cannot-format")],
)
def test_a_target_that_is_none_is_an_error(folder, target, code):
    fill(folder, "a.txt")
    assert changed(target) == ([], [code])


def test_input_that_is_no_utf8_is_an_error():
    problems = Collector()
    assert list(fmt.run_on(b"a = \xff\n", problems)) == []
    assert [each.code for each in problems] == ["invalid-utf8"]
