"""The command line of the benchmarks. Measures nothing itself; prints the table."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from benchmarks.cases import every_case
from benchmarks.figures import Row, rows
from benchmarks.process import Failed
from benchmarks.profiles import profile
from benchmarks.report import table
from benchmarks.rounds import Tools, take, tools_here
from benchmarks.work import Case


def main(arguments: Sequence[str]) -> int:
    """0 where every figure that was measured is reached, else 1."""
    cases = {case.name: case for case in every_case()}
    asked = _parser(list(cases)).parse_args(arguments)
    if asked.profile:
        print(profile(cases[asked.profile].works[0]), end="")
        return 0
    tools = tools_here(with_terraform=not asked.without_terraform)
    chosen = [cases[name] for name in asked.only or cases]
    done = [row for case in chosen for row in _rows(case, tools, asked)]
    print(table(done, markdown=asked.markdown), end="")
    return 1 if len(done) < len(chosen) or any(row.met is False for row in done) else 0


def _rows(case: Case, tools: Tools, asked: Namespace) -> tuple[Row, ...]:
    """None where a tool did not do the work; then the reason is told instead."""
    try:
        return rows(case, take(case, tools, asked.rounds or case.rounds, _tell))
    except Failed as failure:
        _tell(f"{case.name}: {failure}")
        return ()


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser(names: Sequence[str]) -> ArgumentParser:
    parser = ArgumentParser(prog="python -m benchmarks", description="Figures of whole processes.")
    parser.add_argument("--rounds", type=_count, help="rounds of every case (default: its own)")
    parser.add_argument("--only", action="append", choices=names, help="this case; repeatable")
    parser.add_argument("--without-terraform", action="store_true", help="do not compare")
    parser.add_argument("--markdown", action="store_true", help="print a Markdown table")
    parser.add_argument("--profile", choices=names, help="say where the time of our run goes")
    return parser


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError
    return count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
