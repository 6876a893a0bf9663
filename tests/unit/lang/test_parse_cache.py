"""Files that have not changed are not parsed again; nothing of that can do harm."""

import os
import stat
import subprocess
import sys

import pytest

from reconciler.lang import cache, folder
from reconciler.lang.parse import parse
from reconciler.lang.parser import grammar
from reconciler.model.diagnostic import Collector

TEXT = """
variable "x" {}
locals {
  a = [1, -2.5, "t", true, null, { b = var.x[*].c, "d" : x.*.e[0] }]
  f = { for k, v in a : k => upper(v...)... if k != "" && !(v ? 1 : 2) }
  t = "a${x}%{ if y }b%{ else }c%{ endif }%{ for k, v in z }${k}%{ endfor }"
  h = <<-E
    text ${[for q in z : q]}
  E
}
"""

needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def parsed(text=TEXT):
    problems = Collector()
    body = parse(text, "main.hcl", problems)
    assert not problems.found
    return body


def entry(place):
    return next(place.glob("syntax-*"))


def test_what_comes_from_the_cache_is_what_was_parsed():
    body = parsed()
    assert cache.find(TEXT, "main.hcl") == body
    assert parsed() == body


def heavy(tmp_path, text):
    """What another process loads of python-hcl2 and Lark to read the text."""
    (tmp_path / "main.hcl").write_text(text, encoding="utf-8")
    code = (
        "import sys; from reconciler.lang.parse import parse\n"
        "from reconciler.model.diagnostic import Collector\n"
        "parse(open('main.hcl', encoding='utf-8').read(), 'main.hcl', Collector())\n"
        "print(sorted({'hcl2', 'lark'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        command, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_an_unchanged_file_loads_no_grammar(tmp_path):
    parsed()
    assert heavy(tmp_path, TEXT) == "[]"


@pytest.mark.usefixtures("forget_grammar")
def test_a_new_file_loads_no_lark_where_its_tables_are_kept(tmp_path):
    parsed()
    assert heavy(tmp_path, TEXT + "\na = 1\n") == "[]"


@pytest.mark.usefixtures("forget_grammar")
def test_what_could_follow_is_told_without_lark(tmp_path):
    parsed()
    assert heavy(tmp_path, "a = [1 2]\n") == "[]"


def test_another_text_or_path_is_another_entry():
    parsed()
    assert cache.find(TEXT + " ", "main.hcl") is None
    assert cache.find(TEXT, "other.hcl") is None


def test_a_file_with_errors_is_not_kept(place):
    parse("a = =\n", "main.hcl", Collector())
    assert not list(place.glob("syntax-*"))


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_damaged_entry_is_ignored_and_written_anew(place, at):
    body = parsed()
    whole = entry(place).read_bytes()
    damaged = bytearray(whole)
    damaged[at] ^= 1
    entry(place).write_bytes(damaged)
    assert cache.find(TEXT, "main.hcl") is None
    assert parsed() == body
    assert entry(place).read_bytes() == whole


def test_an_empty_entry_is_ignored(place):
    parsed()
    entry(place).write_bytes(b"")
    assert cache.find(TEXT, "main.hcl") is None


def test_the_cache_does_not_show_what_the_file_says(place):
    parsed('password = "hunter2-hunter2"\n')
    assert b"hunter2" not in b"".join(path.read_bytes() for path in place.iterdir())


def test_without_a_folder_there_is_no_cache(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(blocked / "below"))
    assert parsed().blocks
    assert cache.find(TEXT, "main.hcl") is None


@needs_modes
def test_everything_kept_is_for_its_owner_alone(place):
    parsed()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}


@needs_modes
def test_a_folder_that_others_may_write_is_not_used(place):
    place.mkdir()
    place.chmod(0o777)
    parsed()
    assert not list(place.iterdir())


@needs_modes
def test_a_file_that_others_may_write_is_not_read(place):
    parsed()
    entry(place).chmod(0o666)
    assert cache.find(TEXT, "main.hcl") is None


@needs_modes
def test_a_link_is_not_followed(place, tmp_path):
    parsed()
    target = tmp_path / "elsewhere"
    entry(place).rename(target)
    name = cache._name_and_key(TEXT, "main.hcl")[0]  # noqa: SLF001 - the entry's own name
    (place / name).symlink_to(target)
    assert cache.find(TEXT, "main.hcl") is None


def test_the_oldest_entries_go_when_there_are_many(place):
    for number in range(260):
        folder.write(f"syntax-{number}", b"x")
        os.utime(place / f"syntax-{number}", (number, number))
    kept = {path.name for path in place.iterdir()}
    assert 200 <= len(kept) <= 241
    assert "syntax-259" in kept
    assert "syntax-0" not in kept


@pytest.fixture
def forget_grammar():
    def forget():
        grammar._table.cache_clear()  # noqa: SLF001 - as in another process

    forget()
    yield forget
    forget()


def test_the_grammar_is_built_once(place, forget_grammar):
    parsed()
    (kept,) = place.glob("grammar-*")
    written = kept.stat().st_mtime_ns
    forget_grammar()
    parsed(TEXT + "\n")
    assert [path.stat().st_mtime_ns for path in place.glob("grammar-*")] == [written]


def test_a_damaged_grammar_is_built_anew(place, forget_grammar):
    parsed()
    (kept,) = place.glob("grammar-*")
    kept.write_bytes(kept.read_bytes()[:1000])
    forget_grammar()
    assert parsed(TEXT + "\n").blocks


def test_no_draft_is_left_behind(place):
    parsed()
    assert not list(place.glob("draft-*"))


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/reconciler"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/reconciler"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/reconciler"),
        ("linux", {}, None),
    ],
)
@needs_modes
def test_the_folder_is_where_the_platform_wants_it(monkeypatch, platform, variables, expected):
    for name in ("RECONCILER_CACHE_DIR", "HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    found = folder._place()  # noqa: SLF001 - creating it would touch the real home
    assert (found and found.as_posix()) == expected
