"""`console` from the outside: a terminal, a pipe, JSON."""

import io
import json
import os
import subprocess
import sys

import pytest

from reconciler.cli import line_editor
from reconciler.cli.main import main


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(text, *words, stream=io.StringIO):
    """(exit code, stdout, stderr)."""
    out, err = io.StringIO(), io.StringIO()
    code = main(("console", *words), {}, stream(text), out, err)
    return code, out.getvalue(), err.getvalue()


def answers(*lines):
    _, out, _ = run("".join(f"{line}\n" for line in lines), "-json")
    return [json.loads(line) for line in out.splitlines()]


def test_a_pipe_gives_one_answer_a_line():
    assert run('1 + 1\n\nupper("a")\n') == (0, '2\n"A"\n', "")


def test_a_pipe_ends_at_the_first_mistake():
    code, out, err = run("1\n1 +\n2\n")
    assert (code, out) == (1, "1\n")
    assert "on <console-input> line 1" in err
    assert "1: 1 +" in err


def test_a_pipe_ends_at_exit():
    assert run("exit\n1\n") == (0, "", "")


def test_sensitive_values_are_not_shown():
    assert run('sensitive("x")\n')[1] == "(sensitive value)\n"


def test_type_tells_the_type():
    assert run("type([1])\n")[1] == "tuple([\n    number,\n])\n"


def test_type_is_for_whole_expressions_alone():
    assert "no function" in run("[type(1)]\n")[2]


def test_json_goes_on_after_a_mistake():
    found = answers('"1 +"', '"nope(1)"', '"1"')
    assert [each.get("stage") for each in found] == ["parse", "evaluate", None]
    assert found[2] == {"value": 1, "type": "number"}


@pytest.mark.parametrize("line", ["1 + 1", "5", "[]", "[" * 9999])
def test_a_line_that_is_no_json_string_is_an_error(line):
    assert answers(line)[0]["stage"] == "parse"


def test_json_expressions_may_have_several_lines():
    assert answers('"[1,\\n2]"', '"<<EOT\\na\\nEOT\\n"')[1]["value"] == "a\n"


def test_a_deep_expression_is_an_error_and_no_crash():
    assert answers(json.dumps("[" * 5000))[0]["stage"] == "parse"
    assert answers(json.dumps("1" + "+1" * 5000))[0]["value"] == 5001


def test_a_person_gets_prompts_and_may_go_on_in_the_next_line():
    code, out, err = run("[1,\n2]\nexit\n", stream=Terminal)
    assert (code, err) == (0, "")
    assert out == ">   [\n  1,\n  2,\n]\n> "


def test_a_person_may_go_on_after_a_mistake():
    code, out, err = run("1 +\n2\n", stream=Terminal)
    assert (code, out) == (0, "> > 2\n> \n")
    assert "Value expected" in err


def test_help_is_near():
    assert "To leave" in run("help\n", stream=Terminal)[1]


def test_history_lacks_what_is_sensitive(folder):
    (folder / ".reconciler").mkdir()
    run('1\nsensitive("hunter2")\n[1,\n2]\n', stream=Terminal)
    kept = (folder / ".reconciler" / "console_history").read_text(encoding="utf-8")
    assert kept == "1\n[1,\n2]\n"


def test_variables_come_from_the_command_line(folder):
    (folder / "main.hcl").write_text('variable "v" {}\n', encoding="utf-8")
    assert run("var.v\n", "-var", "v=x")[1] == '"x"\n'


def test_a_broken_configuration_is_told(folder):
    (folder / "main.hcl").write_text("locals { a = }\n", encoding="utf-8")
    code, out, err = run("1\n")
    assert (code, out) == (1, "")
    assert "Value expected" in err


@pytest.mark.skipif(sys.platform == "win32" or not line_editor.READLINE, reason="no readline")
def test_a_terminal_completes_and_remembers(folder):
    (folder / ".reconciler").mkdir()
    said = typed([b"plantim\t)\n", b"exit\n"])
    assert b"plantimestamp()" in said
    again = typed([b"\x1b[A\n", b"exit\n"])  # arrow up
    assert b"plantimestamp()" in again


def typed(keys):
    """What a terminal shows when each of `keys` is typed at a prompt."""
    ours, theirs = os.openpty()
    words = [sys.executable, "-m", "reconciler", "console"]
    with subprocess.Popen(words, stdin=theirs, stdout=theirs) as child:  # noqa: S603 - our own
        os.close(theirs)
        said = b""
        for key in keys:
            said += _until_prompt(ours)
            os.write(ours, key)
        assert child.wait(30) == 0
    os.close(ours)
    return said


def _until_prompt(terminal):
    said = b""
    while not said.endswith(b"> "):
        said += os.read(terminal, 1024)
    return said
