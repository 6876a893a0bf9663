"""Large files that nobody has read yet are read in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reconciler.config import ahead
from reconciler.config.load import load
from reconciler.lang import cache
from reconciler.lang.parser import read
from reconciler.model.diagnostic import Collector

pytestmark = pytest.mark.skipif(
    not hasattr(os, "posix_spawn"), reason="Windows reads where it stands"
)
HOME = Path(ahead.__file__).parents[2]
LARGE = "".join(
    f'resource "send_connector" "c{n}" {{\n  name           = "C{n}"\n'
    f'  address_spaces = ["c{n}.example"]\n}}\n'
    for n in range(600)
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "project"
    made.mkdir()
    return made


def test_what_was_read_ahead_is_not_read_again(folder, monkeypatch):
    (folder / "main.hcl").write_text(LARGE)
    wait = ahead.begin(folder)
    wait()
    monkeypatch.setattr(read, "body", None)  # whoever reads now fails
    problems = Collector()
    assert len(load(folder, problems).resources) == 600
    assert not problems.found


def test_waiting_twice_is_waiting_once(folder):
    (folder / "main.hcl").write_text(LARGE)
    wait = ahead.begin(folder)
    wait()
    wait()


@pytest.mark.parametrize("text", [LARGE[:1000], LARGE * 40], ids=["small", "huge"])
def test_what_is_not_worth_a_process_has_none(folder, text):
    (folder / "main.hcl").write_text(text)
    assert ahead.begin(folder) is None


def test_what_is_known_has_no_process(folder):
    (folder / "main.hcl").write_text(LARGE)
    load(folder, Collector())
    assert ahead.begin(folder) is None


def test_no_folder_has_no_process(tmp_path):
    assert ahead.begin(tmp_path / "none") is None


def test_a_mistake_is_told_by_whoever_loads(folder):
    (folder / "main.hcl").write_text(LARGE + "oops = [\n")
    ahead.begin(folder)()
    problems = Collector()
    load(folder, problems)
    assert [one.span.line for one in problems.errors] == [2401]


def test_links_out_of_the_folder_are_not_read(folder, tmp_path):
    (tmp_path / "secret.hcl").write_text(LARGE)
    (folder / "main.hcl").write_text(LARGE)
    (folder / "other.hcl").symlink_to(tmp_path / "secret.hcl")
    ahead.begin(folder)()
    assert cache.knows(LARGE, "main.hcl")
    assert not cache.knows(LARGE, "other.hcl")


def test_nothing_in_the_folder_is_taken_for_a_module(folder):
    (folder / "main.hcl").write_text(LARGE)
    for name in ("json", "reconciler", "hashlib"):
        (folder / f"{name}.py").write_text("open('taken', 'w').close()\n")
    program = "from pathlib import Path\nfrom reconciler.config import ahead\n"
    program += "ahead.begin(Path())()\n"
    subprocess.run([sys.executable, "-P", "-c", program], cwd=folder, check=True)  # noqa: S603
    assert not (folder / "taken").exists()
    assert cache.knows(LARGE, "main.hcl")


def test_what_lies_in_the_folder_is_no_module_either_where_a_path_for_modules_is_relative(folder):
    (folder / "main.hcl").write_text(LARGE)
    (folder / "json.py").write_text("open('taken', 'w').close()\n")
    program = f"import os\nfrom pathlib import Path\nos.chdir({str(folder)!r})\n"
    program += "from reconciler.config import ahead\nahead.begin(Path())()\n"
    subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-P", "-c", program],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": f".{os.pathsep}"},
        check=True,
    )
    assert not (folder / "taken").exists()
    assert cache.knows(LARGE, "main.hcl")


@pytest.mark.parametrize("program", ["", None, "/there/is/none"])
def test_where_no_process_can_be_begun_none_is(folder, monkeypatch, program):
    (folder / "main.hcl").write_text(LARGE)
    monkeypatch.setattr(sys, "executable", program)
    assert ahead.begin(folder) is None


def test_what_links_lead_to_counts_as_what_it_is(folder):
    (folder / "main.hcl").write_text(LARGE)
    (folder / "large.txt").write_text(LARGE * 40)
    (folder / "other.hcl").symlink_to("large.txt")
    assert ahead.begin(folder) is None


@pytest.mark.parametrize("place", ["", "file"])
def test_where_nothing_can_be_kept_nothing_is_read_ahead(folder, tmp_path, monkeypatch, place):
    (folder / "main.hcl").write_text(LARGE)
    (tmp_path / "file").touch()
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path / place) if place else "")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert ahead.begin(folder) is None
