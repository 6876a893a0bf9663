"""Which files are configuration, and that nothing but ordinary files is opened."""

import os
import socket

import pytest

from reconciler.config import files
from reconciler.lang import text_file
from reconciler.model.diagnostic import Collector

needs_posix = pytest.mark.skipif(os.name != "posix", reason="named pipes and links")


def codes(problems):
    return [d.code for d in problems]


def refusal(path, root):
    problems = Collector()
    assert text_file.read(path, path.name, problems, inside=root) is None
    (found,) = problems
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("main.hcl", True),
        ("a.b.hcl", True),
        ("main.hcl.json", True),
        ("vars.hcl", True),
        ("x.vars.hcl", False),
        ("x.auto.vars.hcl", False),
        ("x.vars.hcl.json", False),
        ("x.test.hcl", False),
        ("x.org.hcl", False),
        (".reconciler.lock.hcl", False),
        (".x.hcl", False),
        ("y.hcl~", False),
        ("#z.hcl#", False),
        ("main.tf", False),
        ("hcl", False),
    ],
)
def test_configuration_is_told_by_the_name(name, expected):
    assert files.is_configuration(name) is expected


def test_overriding_files_come_last():
    names = ("a.hcl", "a_override.hcl", "b.hcl", "override.hcl", "z.hcl", "z.vars.hcl")
    assert list(files.configuration_files(names)) == [
        "a.hcl",
        "b.hcl",
        "z.hcl",
        "a_override.hcl",
        "override.hcl",
    ]


def test_names_are_sorted_and_leave_folders_out(tmp_path):
    for name in ("b.hcl", "a.hcl"):
        (tmp_path / name).write_text("")
    (tmp_path / "c.hcl").mkdir()
    assert files.names(tmp_path, Collector()) == ("a.hcl", "b.hcl")


def test_a_missing_folder_is_an_error(tmp_path):
    problems = Collector()
    assert files.names(tmp_path / "nope", problems) == ()
    assert codes(problems) == ["no-such-folder"]


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "x").write_text("")
    problems = Collector()
    assert files.names(tmp_path / "x", problems) == ()
    assert codes(problems) == ["unreadable-folder"]


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path):
    path = tmp_path / "main.hcl"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert text_file.read(path, "main.hcl", Collector(), inside=tmp_path) == "a = 1\r\n"


def test_bytes_that_are_not_utf8_are_located(tmp_path):
    path = tmp_path / "main.hcl"
    path.write_bytes(b'a = 1\nb = "\xc3\xa4\xff"\n')
    found = refusal(path, tmp_path)
    assert (found.code, found.span.line, found.span.column) == ("invalid-utf8", 2, 7)
    assert "0xFF" in found.detail


def test_utf16_is_recognised(tmp_path):
    path = tmp_path / "main.hcl"
    path.write_bytes("a = 1".encode("utf-16"))
    assert "UTF-16" in refusal(path, tmp_path).detail


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "MAX_FILE", 2**20)
    path = tmp_path / "main.hcl"
    path.write_bytes(b"#" * 2**20)
    assert text_file.read(path, "main.hcl", Collector(), inside=tmp_path) is not None
    path.write_bytes(b"#" * (2**20 + 1))
    assert refusal(path, tmp_path).code == "file-too-large"


@needs_posix
def test_a_named_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    path = tmp_path / "main.hcl"
    os.mkfifo(path)
    found = refusal(path, tmp_path)
    assert found.code == "not-an-ordinary-file"
    assert "named pipe" in found.detail


@needs_posix
def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the whole path would be too long for a socket's name
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("main.hcl")
        assert "socket" in refusal(tmp_path / "main.hcl", tmp_path).detail


@needs_posix
def test_a_link_to_a_device_is_refused(tmp_path):
    (tmp_path / "main.hcl").symlink_to("/dev/null")
    assert refusal(tmp_path / "main.hcl", tmp_path).code == "not-an-ordinary-file"


@needs_posix
def test_a_link_out_of_the_project_is_refused(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "secret").write_text("a = 1")
    (project / "main.hcl").symlink_to(tmp_path / "secret")
    found = refusal(project / "main.hcl", project)
    assert "leads out" in found.detail


@needs_posix
def test_a_link_within_the_project_is_followed(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "x").write_text("a = 1")
    (tmp_path / "main.hcl").symlink_to("shared/x")
    assert (
        text_file.read(tmp_path / "main.hcl", "main.hcl", Collector(), inside=tmp_path) == "a = 1"
    )


@needs_posix
@pytest.mark.parametrize("target", ["main.hcl", "nowhere"])
def test_a_link_to_nothing_is_an_error(tmp_path, target):
    (tmp_path / "main.hcl").symlink_to(target)
    assert refusal(tmp_path / "main.hcl", tmp_path).code == "unreadable-file"
