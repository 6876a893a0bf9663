"""What is made of samples: medians, figures, verdicts and their table."""

import pytest

from benchmarks.figures import rows
from benchmarks.report import table
from benchmarks.work import Case, Figure, Measure, Sample, Work

WORK = Work("reconciler", {}, ("plan",), "")
CPU = (Measure.CPU,)


def case(figure, limit, works=2, measures=CPU):
    return Case("name", "title", (WORK,) * works, figure, limit, measures)


def samples(*seconds):
    return [Sample(cpu, cpu * 2) for cpu in seconds]


def test_seconds_are_the_median_of_the_rounds():
    (row,) = rows(case(Figure.SECONDS, 1.0, works=1), [samples(0.5, 9.0, 0.7)])
    assert (row.reached, row.met) == (0.7, True)


def test_a_ratio_is_ours_over_theirs():
    (row,) = rows(case(Figure.RATIO, 0.4), [samples(1.0), samples(2.0)])
    assert (row.reached, row.met) == (0.5, False)


def test_a_tenfold_time_for_tenfold_work_is_the_exponent_one():
    (row,) = rows(case(Figure.EXPONENT, 1.1), [samples(0.3), samples(3.0)])
    assert row.reached == pytest.approx(1.0)


def test_what_a_work_takes_longer_leaves_its_start_up_out():
    found = rows(case(Figure.LONGER, 1.0), [samples(1.2), samples(0.2)])
    assert (found[0].reached, found[0].met) == (pytest.approx(1.0), True)
    assert "1.20 s to 0.200 s" in table(found, markdown=False)


def test_a_limit_that_is_just_reached_is_met():
    (row,) = rows(case(Figure.SECONDS, 0.5, works=1), [samples(0.5)])
    assert row.met


def test_a_yardstick_has_a_figure_but_no_verdict():
    (row,) = rows(case(Figure.SECONDS, None, works=1), [samples(0.3)])
    assert (row.reached, row.met) == (0.3, None)
    assert table([row], markdown=False).splitlines()[-1].split()[-2:] == ["-", "-"]


def test_without_the_other_tool_there_is_our_time_but_no_verdict():
    (row,) = rows(case(Figure.RATIO, 0.4), [samples(1.0), []])
    assert (row.medians, row.reached, row.met) == ((1.0, None), None, None)


def test_a_platform_that_tells_no_cpu_time_has_wall_time_only():
    measures = (Measure.CPU, Measure.WALL)
    told, clock = rows(case(Figure.SECONDS, 1.0, 1, measures), [[Sample(None, 0.8)]])
    assert (told.reached, clock.reached) == (None, 0.8)


def test_the_markdown_table_names_target_and_verdict():
    text = table(rows(case(Figure.RATIO, 0.4), [samples(1.0), samples(2.0)]), markdown=True)
    cells = [cell.strip() for cell in text.splitlines()[2].strip("|").split("|")]
    assert cells == ["title", "CPU", "1.00 s", "2.00 s", "0.500", "<= 0.4 x Terraform", "NO"]


def test_the_plain_table_shows_both_times_of_a_growth():
    text = table(rows(case(Figure.EXPONENT, 1.1), [samples(0.3), samples(3.0)]), markdown=False)
    assert "0.300 s to 3.00 s" in text
    assert text.splitlines()[-1].endswith("yes")
