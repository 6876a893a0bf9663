"""`reconciler test`: what stays outside of the transcripts."""

import io
import signal
from pathlib import Path

import pytest

from reconciler.app.testing import file
from reconciler.cli.main import main

MAIN = 'resource "send_connector" "a" {\n  name = "A"\n  address_spaces = ["a.example"]\n}\n'


@pytest.fixture(autouse=True)
def _here(tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(tmp_path)
    Path("main.hcl").write_text(MAIN, encoding="utf-8")
    Path("a.test.hcl").write_text('run "one" {}\nrun "two" {}\n', encoding="utf-8")
    Path("b.test.hcl").write_text('run "three" {}\n', encoding="utf-8")


def run(*words):
    """(exit code, stdout, stderr)"""
    out, err = io.StringIO(), io.StringIO()
    return main(("test", *words), {}, io.StringIO(), out, err), out.getvalue(), err.getvalue()


def test_results_are_written_for_build_servers():
    assert run("-junit-xml=out.xml")[0] == 0
    text = Path("out.xml").read_text(encoding="utf-8")
    assert text.count("<testcase ") == 3
    code, _, said = run("-junit-xml=nowhere/out.xml")
    assert code == 1
    assert "there is no folder nowhere" in said


def test_json_holds_the_state_only_if_asked():
    assert '"test_state":' not in run("-json")[1]
    assert run("-json", "-verbose")[1].count('"test_state":') == 3


def test_a_signal_ends_the_tests_and_clears_up(monkeypatch):
    plain = file.attempt

    def struck(at, block, stop):
        signal.raise_signal(signal.SIGTERM)
        return plain(at, block, stop)

    monkeypatch.setattr(file, "attempt", struck)
    code, out, err = run()
    assert code == 1
    assert "Stopping (SIGTERM)" in out
    assert out.endswith("a.test.hcl... fail\n\nFailure! 0 passed, 1 failed, 2 skipped.\n")
    assert "Error: Interrupted" in err
    assert "b.test.hcl" not in out
