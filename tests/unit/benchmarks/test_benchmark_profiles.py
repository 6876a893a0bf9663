"""The importer's and the profiler's accounts, summed by part."""

import json

from benchmarks.profiles import function_seconds, import_seconds

SAID = """\
import time: self [us] | cumulative | imported package
import time:       100 |        100 |     sqlalchemy.sql.base
import time:       200 |        900 |   sqlalchemy
import time:        50 |         50 |   reconciler.lang.parse
import time:         7 |          7 | _json
No changes.
""".splitlines()


def test_imports_are_summed_by_library_and_by_floor():
    seconds = import_seconds(SAID)
    assert seconds == {
        "sqlalchemy": 0.0003,
        "reconciler.lang": 0.00005,
        "standard library": 0.000007,
    }


def test_functions_are_summed_by_library_and_by_floor():
    spent = {
        ("/v/lib/python3.11/site-packages/lark/lexer.py", 1, "lex"): 1.0,
        ("/v/lib/python3.11/site-packages/lark/parsers/lalr.py", 2, "parse"): 0.5,
        ("/home/me/reconciler/reconciler/engine/planner.py", 3, "plan"): 0.25,
        (json.__file__, 4, "decode"): 0.125,
        ("~", 0, "<built-in method len>"): 0.125,
    }
    expected = {"lark": 1.5, "reconciler.engine": 0.25, "standard library": 0.25}
    assert function_seconds(spent) == expected
