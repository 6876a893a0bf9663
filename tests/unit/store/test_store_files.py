import os
import sys
from pathlib import Path

import pytest

from reconciler.model.diagnostic import ReconcilerError
from reconciler.store import files, place
from reconciler.store.reserve import Reserve, needed

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes and pipes")


def code(refusal) -> str:
    return refusal.value.diagnostics[0].code


def test_a_written_file_holds_the_new_bytes_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "plan"
    files.atomic_write(path, b"old")
    files.atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_write_left_is_removed_by_a_later_one(tmp_path):
    path = tmp_path / "plan"
    left = files.write_aside(path, b"half")
    os.utime(left, (0, 0))
    files.atomic_write(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


def test_what_another_process_writes_or_made_by_another_name_is_left_alone(tmp_path):
    path = tmp_path / "plan"
    fresh, foreign = files.write_aside(path, b"half"), files.write_aside(tmp_path / "b", b"")
    other = tmp_path / ".plan.new"
    other.write_bytes(b"mine")
    for each in (foreign, other):
        os.utime(each, (0, 0))
    files.atomic_write(path, b"new")
    assert {fresh, foreign, other, path} == set(tmp_path.iterdir())


@posix
@pytest.mark.parametrize("umask", [0, 0o777])
def test_a_written_file_is_ours_alone_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        files.atomic_write(tmp_path / "plan", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "plan").stat().st_mode & 0o777 == 0o600


@posix
def test_a_link_is_replaced_and_its_target_left_alone(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("precious")
    link.symlink_to(target)
    files.atomic_write(link, b"x")
    assert (target.read_text(), link.read_text(), link.is_symlink()) == ("precious", "x", False)


@pytest.mark.parametrize("call", ["fsync", "open", "close"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(tmp_path, monkeypatch, call):
    path = tmp_path / "plan"
    files.atomic_write(path, b"old")

    def fail(*_arguments, **_named):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files.os, "fdopen" if call == "close" else call, fail)
    with pytest.raises(ReconcilerError) as refusal:
        files.atomic_write(path, b"new")
    monkeypatch.undo()
    assert code(refusal) == "cannot-write"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_rename_that_fails_is_told(tmp_path):
    (tmp_path / "plan" / "full").mkdir(parents=True)
    with pytest.raises(ReconcilerError) as refusal:
        files.atomic_write(tmp_path / "plan", b"x")
    assert code(refusal) == "cannot-write"
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_creating_never_replaces(tmp_path):
    assert files.create(tmp_path / "key", b"first")
    assert not files.create(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_creating_works_without_hard_links(tmp_path, monkeypatch):
    def fail(*_arguments):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(files.Path, "hardlink_to", fail)
    assert files.create(tmp_path / "key", b"first")
    assert not files.create(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"


@posix
def test_only_ordinary_files_are_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    for path in (*(tmp_path / name for name in ("pipe", "folder", "link")), Path(os.devnull)):
        with pytest.raises(ReconcilerError) as refusal:
            files.ordinary(path)
        assert code(refusal) == "state-not-a-file"


@posix
def test_a_file_of_another_user_is_refused(tmp_path, monkeypatch):
    (tmp_path / "state").touch(0o600)
    monkeypatch.setattr(files.os, "geteuid", lambda: 12345)
    status = files.ordinary(tmp_path / "state")
    other = os.stat_result((*status[:4], 54321, *status[5:]))
    with pytest.raises(ReconcilerError) as refusal:
        files.refuse_others(tmp_path / "state", other)
    assert code(refusal) == "state-writable-by-others"


def test_room_is_really_occupied_and_freed(tmp_path):
    reserve = Reserve(tmp_path / "room", tmp_path / "state")
    reserve.hold_for({"one": 10})
    assert (tmp_path / "room").stat().st_size == needed(1, 10)
    assert reserve.give_up()
    assert not reserve.give_up()
    assert not list(tmp_path.iterdir())


def test_more_calls_need_more_room_and_settled_ones_none(tmp_path):
    reserve = Reserve(tmp_path / "room", tmp_path / "state")
    calls = {str(number): 2000 for number in range(1000)}
    reserve.hold_for(calls)
    assert (tmp_path / "room").stat().st_size == needed(1000, 2_000_000)
    reserve.forget(calls)
    reserve.give_up()
    reserve.hold_for({})
    assert (tmp_path / "room").stat().st_size == needed(0, 0)


def test_where_there_is_no_room_nothing_stays(tmp_path, monkeypatch):
    def full(_path, _size):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "set_aside_room", full)
    with pytest.raises(ReconcilerError) as refusal:
        Reserve(tmp_path / "room", tmp_path / "state").hold_for({})
    assert code(refusal) == "state-full"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "state.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///a?mode=ro",
        "postgresql://u:hunter2@host/db",
        "sqlite:///a\0b",
    ],
)
def test_an_address_that_names_no_file_is_refused_without_repeating_it(tmp_path, url):
    with pytest.raises(ReconcilerError) as refusal:
        place.database_path(url, tmp_path)
    assert code(refusal) == "state-url"
    assert "hunter2" not in refusal.value.diagnostics[0].detail


def test_an_address_is_relative_to_the_project_or_absolute(tmp_path):
    assert place.database_path("sqlite:///a/b.db", tmp_path) == tmp_path / "a" / "b.db"
    absolute = tmp_path.absolute() / "x.db"
    assert place.database_path(f"sqlite:///{absolute}", tmp_path / "other") == absolute
