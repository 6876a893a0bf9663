import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.cli.argv import Flag, normalise, split, wants
from reconciler.model.diagnostic import ReconcilerError

FLAGS = {
    "out": Flag("--out"),
    "json": Flag("--json", "--no-json"),
    "refresh": Flag("--refresh", "--no-refresh"),
    "var": Flag("--var", joins="var"),
    "var-file": Flag("--var-file", joins="var"),
    "m": Flag("--m"),
}


def normal(*words):
    return normalise(words, FLAGS, "plan").arguments


def code_of(call, *arguments):
    with pytest.raises(ReconcilerError) as caught:
        call(*arguments)
    assert caught.value.exit_code == 1
    return caught.value.diagnostics[0].code


def detail_of(call, *arguments):
    with pytest.raises(ReconcilerError) as caught:
        call(*arguments)
    return caught.value.diagnostics[0].detail


@pytest.mark.parametrize("words", [["-out=f"], ["--out=f"], ["-out", "f"], ["--out", "f"]])
def test_one_dash_or_two_and_equals_or_a_space_mean_the_same(words):
    assert normal(*words) == ("--out=f",)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("-json", "--json"),
        ("--json", "--json"),
        ("-json=true", "--json"),
        ("-json=1", "--json"),
        ("-json=TRUE", "--json"),
        ("-json=false", "--no-json"),
        ("--refresh=false", "--no-refresh"),
        ("-refresh=0", "--no-refresh"),
    ],
)
def test_switches_may_say_true_or_false(word, meant):
    assert normal(word) == (meant,)


def test_a_switch_takes_no_word_after_it():
    assert normal("-json", "false") == ("--json", "--", "false")


def test_a_switch_with_another_value_is_refused():
    assert code_of(normal, "-json=maybe") == "invalid-flag-value"


@pytest.mark.parametrize("value", ["-dash", "--out", "a=b=c", "", "-", "--", "-help", "ü \n"])
def test_a_value_may_look_like_anything(value):
    assert normal("-out", value) == (f"--out={value}",)
    assert normal(f"-out={value}") == (f"--out={value}",)


def test_variables_and_files_keep_their_common_order():
    assert normal("-var", "a=1", "--var-file=f", "-var=b=2") == (
        "--var=var:a=1",
        "--var=var-file:f",
        "--var=var:b=2",
    )


def test_other_words_follow_after_two_dashes():
    assert normal("p1", "-json", "p2") == ("--json", "--", "p1", "p2")
    assert normal("--", "-json", "--") == ("--", "-json", "--")
    assert normal("-") == ("--", "-")


@pytest.mark.parametrize("word", ["-h", "-help", "--help", "--h"])
def test_help_is_asked_for_in_four_ways(word):
    assert normalise(["-json", word], FLAGS, "plan").help


def test_after_two_dashes_help_is_a_word():
    assert not normalise(["--", "-help"], FLAGS, "plan").help


def test_a_flag_that_needs_a_value_says_so_at_the_end():
    assert code_of(normal, "-out") == "flag-without-value"


def test_an_unknown_flag_is_refused_with_the_nearest_one():
    assert code_of(normal, "-refesh=false") == "unknown-flag"
    detail = detail_of(normal, "--refesh=false")
    assert 'has no flag "-refesh". Did you mean "-refresh"?' in detail
    assert detail.endswith("reconciler plan -help")


def test_the_negative_spelling_that_click_sees_is_no_flag():
    assert code_of(normal, "-no-json") == "unknown-flag"


@given(st.lists(st.text(min_size=1, max_size=6).filter(lambda w: not w.startswith("-"))))
def test_words_without_a_dash_arrive_as_they_are(words):
    assert normal(*words) == (("--", *words) if words else ())


def test_global_options_stand_before_the_command():
    line = split(["-chdir=x", "plan", "-chdir=y", "-help"])
    assert (line.chdir, line.command, line.rest) == ("x", "plan", ("-chdir=y", "-help"))
    assert split(["--chdir", "x", "plan"]).chdir == "x"


@pytest.mark.parametrize("word", ["-version", "--version", "-v"])
def test_the_version_is_asked_for_in_three_ways(word):
    assert split([word]).version


@pytest.mark.parametrize("word", ["-help", "--help", "-h"])
def test_help_before_a_command_is_about_it(word):
    line = split([word, "plan"])
    assert (line.help, line.command) == (True, "plan")


def test_commands_of_two_words_are_one():
    line = split(["state", "list", "a"])
    assert (line.command, line.rest) == ("state list", ("a",))


@pytest.mark.parametrize("words", [["state"], ["state", "-help"], []])
def test_a_group_alone_is_not_a_command(words):
    assert split(words).command in ("state", "")


@pytest.mark.parametrize(
    ("words", "hint"),
    [(["pla"], '"plan"'), (["state", "lst"], '"state list"'), (["valdate"], '"validate"')],
)
def test_an_unknown_command_is_refused_with_the_nearest_one(words, hint):
    assert code_of(split, words) == "unknown-command"
    assert f"Did you mean {hint}?" in detail_of(split, words)


def test_an_unknown_flag_before_the_command_is_refused():
    assert 'Did you mean "-chdir"?' in detail_of(split, ["-chidr=x", "plan"])


def test_what_follows_sim_is_passed_on_as_it_stands():
    words = ("Set-SendConnector", "-Identity", "A B", "-Comment", "-", "--", "-help")
    assert split(["sim", *words]).rest == words


@pytest.mark.parametrize(
    ("words", "on"),
    [
        (["-json"], True),
        (["--json=true"], True),
        (["-json", "-json=false"], False),
        (["--", "-json"], False),
        (["-jsonx"], False),
        ([], False),
    ],
)
def test_a_switch_can_be_looked_up_before_the_line_is_understood(words, on):
    assert wants(words, "json") is on
