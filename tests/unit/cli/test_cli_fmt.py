"""`reconciler fmt`: flags in, files, output and exit code out."""

import io
from pathlib import Path

import pytest

from reconciler.cli.main import main

UNTIDY, TIDY = "a=1\n", "a = 1\n"
DIFF = "--- old/a.hcl\n+++ new/a.hcl\n@@ -1 +1 @@\n-a=1\n+a = 1\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.hcl").write_bytes(UNTIDY.encode())


def streams(data=b""):
    made = (io.BytesIO(data), io.BytesIO(), io.BytesIO())
    return [io.TextIOWrapper(each, encoding="utf-8") for each in made]


def run(*words, data=b""):
    """(exit code, stdout, stderr) of a process whose streams are files."""
    stdin, stdout, stderr = streams(data)
    code = main(("fmt", *words), {}, stdin, stdout, stderr)
    return code, stdout.buffer.getvalue().decode(), stderr.buffer.getvalue().decode()


def file():
    return Path("a.hcl").read_text(encoding="utf-8")


def test_what_was_changed_is_listed():
    assert run() == (0, "a.hcl\n", "")
    assert file() == TIDY
    assert run() == (0, "", "")


def test_check_exits_with_3_and_writes_nothing():
    assert run("-check") == (3, "a.hcl\n", "")
    assert run("-check", "-list=false") == (3, "", "")
    assert file() == UNTIDY


def test_check_exits_with_0_where_nothing_differs():
    run()
    assert run("-check") == (0, "", "")


def test_diff_shows_what_differs():
    assert run("-diff", "-list=false", "-write=false") == (0, DIFF, "")
    assert run("-check", "-diff") == (3, "a.hcl\n" + DIFF, "")
    assert file() == UNTIDY


def test_with_neither_a_list_nor_writing_the_result_is_printed():
    assert run("-list=false", "-write=false", "a.hcl") == (0, TIDY, "")
    assert file() == UNTIDY


def test_standard_input_comes_out_byte_for_byte():
    assert run("-", data="é=1\r\n# 漢字\r\n".encode()) == (0, "é = 1\r\n# 漢字\r\n", "")
    assert run("-", data=TIDY.encode()) == (0, TIDY, "")


def test_standard_input_can_be_checked():
    assert run("-check", "-", data=b"a=1\n") == (3, "", "")
    assert run("-check", "-", data=b"a = 1\n") == (0, "", "")
    assert run("-check", "-diff", "-", data=b"a=1")[1].startswith("--- old/<stdin>\n")


def test_a_mistake_is_told_with_its_place_and_exits_with_1():
    code, out, err = run("-check", "-", data=b"a = 1\nb = \n")
    assert (code, out) == (1, "")
    assert "on <stdin> line 2" in err


def test_standard_input_stands_alone():
    code, _, err = run("-", "a.hcl")
    assert code == 1
    assert "Contradicting arguments" in err


def test_a_terminal_is_not_steered_by_what_is_printed():
    stdin, stdout, stderr = streams(b'a="\x1b[2J"\n')
    stdout.isatty = lambda: True
    main(("fmt", "-"), {"NO_COLOR": "1"}, stdin, stdout, stderr)
    assert stdout.buffer.getvalue().decode() == 'a = "\\u001b[2J"\n'
