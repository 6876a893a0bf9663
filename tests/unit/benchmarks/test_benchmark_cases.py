"""The cases and their configurations: both tools get the same work."""

from benchmarks import evaluation
from benchmarks.cases import OURS, PYTHON, THEIRS, every_case
from benchmarks.configurations import (
    computed_connectors,
    connector_blocks,
    connectors_for_each,
    terraform_blocks,
)
from benchmarks.work import Figure

CASES = {case.name: case for case in every_case()}


def blocks(text, noun):
    return text.count(f'\nresource "{noun}" "')


def test_every_connector_has_a_block_of_its_own():
    assert blocks(connector_blocks(12)["main.hcl"], "send_connector") == 12


def test_terraform_gets_as_many_blocks_with_the_same_arguments():
    ours, theirs = connector_blocks(12)["main.hcl"], terraform_blocks(12)["main.tf"]
    assert blocks(theirs, "terraform_data") == 12
    arguments = [line.strip() for line in ours.splitlines() if "   = " in line]
    assert arguments == [line.strip() for line in theirs.splitlines() if "   = " in line]
    assert len(arguments) >= 12 * 8


def test_for_each_needs_one_block_for_any_number():
    text = connectors_for_each(10000)["main.hcl"]
    assert blocks(text, "send_connector") == 1
    assert "range(10000)" in text


def test_every_case_has_a_name_of_its_own():
    assert len(CASES) == len(every_case())


def test_a_ratio_compares_ours_with_theirs_and_all_else_only_ours():
    for case in CASES.values():
        tools = tuple(work.tool for work in case.works)
        ours = PYTHON if case.limit is None or case.figure is Figure.LONGER else OURS
        expected = (OURS, THEIRS) if case.figure is Figure.RATIO else (ours,) * len(case.works)
        assert tools == expected


def test_a_first_plan_has_the_grammar_ready_but_has_not_seen_the_file():
    ours, _ = CASES["first-plan-1000"].works
    assert ours.before == (("-chdir=../ready", "plan"),)
    assert ours.files["ready/main.hcl"] != ours.files["project/main.hcl"]
    assert not ours.repeats


def test_what_changes_the_world_gets_a_fresh_folder_each_round():
    changing = [
        work for case in CASES.values() for work in case.works if "apply" in work.arguments
    ]
    assert changing
    assert not any(work.repeats for work in changing)


def test_the_evaluation_gives_every_argument_of_every_instance_a_value(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "main.hcl").write_text(computed_connectors(3)["main.hcl"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    evaluation.main()
    assert capsys.readouterr().out == "36 values\n"
