import io
import json
import os

import pytest

from reconciler import __version__
from reconciler.cli import main as entry
from reconciler.cli.console import Console, open_console
from reconciler.cli.duration import seconds
from reconciler.cli.verbs import VERBS
from reconciler.model.diagnostic import ReconcilerError
from reconciler.views.palette import PLAIN


def run(*words, environment=None):
    """(exit code, stdout, stderr)."""
    out, err = io.StringIO(), io.StringIO()
    code = entry.main(words, environment or {}, io.StringIO(), out, err)
    return code, out.getvalue(), err.getvalue()


def test_the_version_is_printed_by_flag_and_by_command():
    assert run("-version") == run("version")
    assert run("-version")[1].startswith(f"reconciler v{__version__}\n")
    assert json.loads(run("version", "-json")[1])["reconciler_version"] == __version__


def test_the_overview_names_every_command():
    code, out, err = run("-help")
    assert (code, err) == (0, "")
    assert all(f"  {name} " in out for name in VERBS)


def test_no_command_at_all_is_an_error_that_shows_the_overview():
    code, out, _ = run()
    assert code == 1
    assert out == run("-help")[1]


def test_a_group_alone_shows_its_commands():
    code, out, _ = run("state", "-help")
    assert code == 0
    assert "state list" in out
    assert "validate" not in out
    assert run("state")[0] == 1


@pytest.mark.parametrize("words", [("plan", "-help"), ("-help", "plan"), ("plan", "--help")])
def test_a_commands_help_lists_its_flags(words):
    code, out, _ = run(*words)
    assert code == 0
    for flag in (
        "-json ",
        "-out=FILE",
        "-refresh=false ",
        "-target=ADDRESS",
        "-detailed-exitcode",
        "-m=MESSAGE",
    ):
        assert f"  {flag}" in out


def test_every_command_has_help():
    for name in VERBS:
        code, out, err = run(*name.split(" "), "-help")
        assert (code, err) == (0, ""), name
        assert out.startswith(f"Usage: reconciler [global options] {name} ")


@pytest.mark.parametrize(
    "words",
    [
        ("pla",),
        ("plan", "-foo"),
        ("plan", "-parallelism=0"),
        ("plan", "-parallelism=x"),
        ("plan", "-lock-timeout=ten"),
        ("plan", "word"),
        ("plan", "-refresh-only", "-destroy"),
        ("state", "show"),
        ("output", "-raw"),
        ("apply", "-json"),
        ("apply", "plan.out", "-target=a.b"),
        ("sim",),
        ("-chdir=/no/such/folder", "version"),
    ],
)
def test_a_wrong_command_line_exits_with_1_and_says_why(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert code == 1
    assert "Error: " in (out if "-json" in words else err)
    assert "This is a bug" not in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "-parallelism=0"), "-parallelism takes a whole number that is at least 1."),
        (("plan", "-parallelism=x"), "-parallelism takes a whole number that is at least 1."),
        (("plan", "word"), 'There is no use for "word" here.'),
        (("plan", "-bogus"), 'The plan command has no flag "-bogus".\n'),
        (("plan", "-paralelism=1"), 'Did you mean "-parallelism"?'),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_plain_words(words, said):
    assert said in run(*words)[2]


@pytest.mark.parametrize("name", ["../up", "a/b", "-x", "two words", "x" * 91])
def test_a_workspace_has_a_name_that_fits_into_those_of_files(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run("state", "list", environment={"RECONCILER_WORKSPACE": name})
    assert (code, "Invalid name of a workspace" in err) == (1, True)


def test_an_unknown_flag_is_json_where_json_is_asked_for():
    code, out, err = run("version", "-json", "-foo")
    assert (code, err) == (1, "")
    assert json.loads(out)["diagnostic"]["code"] == "unknown-flag"


def test_arguments_from_the_environment_come_before_those_typed():
    environment = {"RECONCILER_CLI_ARGS": "-json", "RECONCILER_CLI_ARGS_version": "-json=true"}
    assert run("version", environment=environment)[1].startswith("{")
    assert run("version", "-json=false", environment=environment)[1].startswith("reconciler v")


def test_arguments_from_the_environment_may_be_for_one_command():
    environment = {"RECONCILER_CLI_ARGS_state_list": "-foo"}
    assert run("version", environment=environment)[0] == 0
    assert "-foo" in run("state", "list", environment=environment)[2]


def test_an_unclosed_quotation_in_the_environment_is_named():
    code, _, err = run("version", environment={"RECONCILER_CLI_ARGS": '"x'})
    assert code == 1
    assert "RECONCILER_CLI_ARGS" in err


def test_chdir_is_where_the_command_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deep").mkdir()
    assert run("-chdir=deep", "version")[0] == 0
    assert os.path.samefile(os.getcwd(), tmp_path / "deep")  # noqa: PTH109, PTH121 - the process


def test_a_bug_is_called_one_and_its_words_are_kept_back(monkeypatch):
    def broken(*_):
        message = "hunter2"
        raise ValueError(message)

    monkeypatch.setattr(entry, "_dispatch", broken)
    code, out, err = run("version")
    assert (code, out) == (1, "")
    assert "Unexpected ValueError" in err
    assert err.endswith("This is a bug in reconciler.\n")
    assert "hunter2" not in err
    assert "hunter2" not in run("version", environment={"RECONCILER_LOG": "debug"})[2]


def test_an_interruption_exits_with_1(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "_dispatch", interrupted)
    assert run("version") == (1, "", "\nInterrupted.\n")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "color"),
    [({}, os.name != "nt"), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(environment, color):
    assert open_console(Terminal(), environment).look.color is color
    assert not open_console(io.StringIO(), environment).look.color


@pytest.mark.parametrize(
    ("encoding", "printed"), [("ascii", b"+ | u\\xfc"), ("cp1252", b"+ | u\xfc"), ("utf-8", None)]
)
def test_a_console_without_utf8_still_prints(encoding, printed):
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    Console(stream, PLAIN).write("╷ │ uü")
    assert stream.buffer.getvalue() == (printed or "╷ │ uü".encode())


def test_a_lone_surrogate_prints_as_an_escape():
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    Console(stream, PLAIN).write("a\ud800")
    assert stream.buffer.getvalue() == b"a\\ud800"


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_a_stream_closed_before_we_began_is_no_crash(monkeypatch, name):
    monkeypatch.setattr(entry.sys, name, None)
    monkeypatch.setattr(entry.sys, "argv", ["reconciler", "version"])
    with pytest.raises(SystemExit) as ended:
        entry.run()
    assert ended.value.code == 0


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_quoted(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").write_text("not to be shown", encoding="utf-8")
    project = tmp_path / "project"
    project.mkdir()
    (project / "a.hcl").symlink_to(tmp_path / "elsewhere")
    monkeypatch.chdir(project)
    code, out, err = run("validate")
    assert (code, "a.hcl" in err, "not to be shown" in out + err) == (1, True, False)


def piped(end):
    read, write = os.pipe()
    os.close(read if end == "write" else write)
    return os.fdopen(write, "w", encoding="utf-8")


def test_a_reader_that_went_away_is_no_error():
    with piped("write") as stream:
        console = Console(stream, PLAIN)
        console.write("a\n")
        console.write("b\n")
    assert console.failed is None


class Full(io.StringIO):
    """A stream on a full disk, with a file of its own to be silenced."""

    def __init__(self, file):
        super().__init__()
        self.fileno = file.fileno

    def write(self, _):
        raise OSError(28, "No space left on device")


def test_output_that_is_lost_turns_success_into_an_error(tmp_path):
    err = io.StringIO()
    with (tmp_path / "out").open("w") as file:
        code = entry.main(["version"], {}, io.StringIO(), Full(file), err)
    assert code == 1
    assert "No space left on device" in err.getvalue()


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0", 0),
        ("0s", 0),
        ("10s", 10),
        ("1m30s", 90),
        ("500ms", 0.5),
        ("1.5h", 5400),
        (".5s", 0.5),
    ],
)
def test_lengths_of_time_are_spelt_as_in_terraform(text, length):
    assert seconds(text, "lock-timeout", "plan") == pytest.approx(length)


@pytest.mark.parametrize("text", ["", "10", "s", "10 s", "-5s", "1m30", "ten"])
def test_other_lengths_of_time_are_refused(text):
    with pytest.raises(ReconcilerError) as caught:
        seconds(text, "lock-timeout", "plan")
    assert "-lock-timeout takes a length of time" in caught.value.diagnostics[0].detail
