"""The figures to reach: one case each, with what both tools have to do. Measures nothing.

A first plan is one of a file never seen. The grammar of HCL, which python-hcl2 prepares once in the
life of an installation, is ready by then: `before` has planned another file in another folder.
"""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.configurations import (
    computed_connectors,
    connector_blocks,
    connectors_for_each,
    terraform_blocks,
)
from benchmarks.work import Case, Figure, Measure, Work

OURS = "reconciler"
THEIRS = "terraform"
PYTHON = "python"

_PLAN = ("plan",)
_APPLY = ("apply", "-auto-approve")
_GET_READY = {OURS: ("-chdir=../ready", "plan"), THEIRS: ("init",)}
_SAME = "No changes."
_MORE = "to add"
_DONE = "complete!"
_EVALUATION = (str(Path(__file__).with_name("evaluation.py")),)
_IMPORT = ("-c", "import sqlalchemy")
_YARDSTICK = Work(PYTHON, {}, _IMPORT, "", before=(_IMPORT,), repeats=True)
"""What no plan can do without, whatever it plans: most of the CPU time of a small one."""
_WAITING = ("-c", "import time, typer, sqlalchemy; time.sleep(0.05 + 500 / 10 * 0.05)")
_WAITED = Work(PYTHON, {}, _WAITING, "", before=(_IMPORT,), repeats=True)
"""What no apply of 500 can do without: the libraries, one bulk read, and fifty rounds of calls."""


def _first(tool: str, files: Mapping[str, str], arguments: tuple[str, ...], answer: str) -> Work:
    """`arguments` in a folder where nothing has run yet."""
    ready = {f"ready/{name}": text for name, text in connector_blocks(1).items()}
    project = {f"project/{name}": text for name, text in files.items()}
    placed = project | ready if tool == OURS else project
    return Work(tool, placed, arguments, answer, before=(_GET_READY[tool],))


def _again(tool: str, files: Mapping[str, str]) -> Work:
    """A plan of what is applied and has been planned before."""
    first = _first(tool, files, _PLAN, _SAME)
    before = (*first.before, _APPLY, _PLAN)
    return Work(tool, first.files, _PLAN, _SAME, before=before, repeats=True)


def _telling(flag: str, answer: str) -> Work:
    arguments = (f"-{flag}",)
    return Work(OURS, {}, arguments, answer, before=(arguments,), repeats=True)


def _slow_target() -> Work:
    work = _first(OURS, connector_blocks(500), _APPLY, _DONE)
    slow = {"RECONCILER_SIM_LATENCY_MS": "50"}
    return Work(OURS, work.files, _APPLY, _DONE, before=work.before, environment=slow)


def _start_up() -> tuple[Case, ...]:
    cpu = (Measure.CPU,)
    return (
        Case("version", "`-version`", (_telling("version", "v"),), Figure.SECONDS, 0.12, cpu),
        Case("help", "`-help`", (_telling("help", "apply"),), Figure.SECONDS, 0.12, cpu),
        Case(
            "sqlalchemy",
            "yardstick: SQLAlchemy's import",
            (_YARDSTICK,),
            Figure.SECONDS,
            None,
            cpu,
        ),
        Case(
            "noop-10",
            "no-op plan, 10 connectors",
            (_again(OURS, connector_blocks(10)),),
            Figure.SECONDS,
            0.45,
            cpu,
        ),
    )


def _against_terraform() -> tuple[Case, ...]:
    ours, theirs = connector_blocks(1000), terraform_blocks(1000)
    return (
        Case(
            "noop-1000",
            "no-op plan, 1,000 blocks, second run",
            (_again(OURS, ours), _again(THEIRS, theirs)),
            Figure.RATIO,
            0.4,
        ),
        Case(
            "first-plan-1000",
            "first plan of 1,000 blocks in one file",
            (_first(OURS, ours, _PLAN, _MORE), _first(THEIRS, theirs, _PLAN, _MORE)),
            Figure.RATIO,
            2.0,
        ),
        Case(
            "apply-1000",
            "apply creating 1,000",
            (_first(OURS, ours, _APPLY, _DONE), _first(THEIRS, theirs, _APPLY, _DONE)),
            Figure.RATIO,
            0.08,
            rounds=2,
        ),
    )


def _growth() -> tuple[Case, ...]:
    small, large = connectors_for_each(1000), connectors_for_each(10000)
    planned = (_first(OURS, small, _PLAN, _MORE), _first(OURS, large, _PLAN, _MORE))
    same = (_again(OURS, small), _again(OURS, large))
    applied = (_first(OURS, small, _APPLY, _DONE), _first(OURS, large, _APPLY, _DONE))
    limit = 1.1
    return (
        Case(
            "growth-plan",
            "first plan, `for_each` 1,000 to 10,000",
            planned,
            Figure.EXPONENT,
            limit,
        ),
        Case(
            "growth-noop", "no-op plan, `for_each` 1,000 to 10,000", same, Figure.EXPONENT, limit
        ),
        Case(
            "growth-apply",
            "apply creating, `for_each` 1,000 to 10,000",
            applied,
            Figure.EXPONENT,
            limit,
            rounds=2,
        ),
    )


def _evaluated(count: int) -> Work:
    files = {f"project/{name}": text for name, text in computed_connectors(count).items()}
    answer = f"{12 * count} values"
    return Work(PYTHON, files, _EVALUATION, answer, before=(_EVALUATION,), repeats=True)


def _evaluation() -> Case:
    return Case(
        "evaluate-10000",
        "evaluating 10,000 instances of 12 arguments",
        (_evaluated(10_000), _evaluated(1)),
        Figure.LONGER,
        1.0,
        (Measure.CPU,),
    )


def every_case() -> tuple[Case, ...]:
    slow = Case(
        "latency-500",
        "apply of 500, 50 ms per call, 10 parallel",
        (_slow_target(),),
        Figure.SECONDS,
        3.0,
        (Measure.WALL,),
        rounds=3,
    )
    waiting = "yardstick: imports, and waiting for 501 calls"
    floor = Case("waiting-500", waiting, (_WAITED,), Figure.SECONDS, None, (Measure.WALL,), 3)
    return (*_start_up(), *_against_terraform(), *_growth(), _evaluation(), slow, floor)
