"""What may be loaded when: start-up time is a promise."""

import subprocess
import sys

import pytest

HEAVY = {"hcl2", "lark", "networkx", "sqlalchemy", "rich", "pydantic", "typer", "cryptography"}


def loaded(code, *arguments):
    """The heavy libraries in memory after `code` has run in a fresh interpreter."""
    program = (
        f"import sys\n{code}\nprint(*(m.split('.')[0] for m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return HEAVY & set(done.stderr.split())


def test_importing_the_entry_loads_no_heavy_library():
    assert loaded("import reconciler.cli.main") == set()


RUN = """
from reconciler.cli.main import run
try:
    run()
except SystemExit:
    pass
"""


@pytest.mark.parametrize("words", [("-version",), ("-help",), ("state", "-help"), ("pla",)])
def test_version_and_help_load_no_heavy_library(words):
    assert (
        loaded(
            "import sys, io; sys.stderr = io.StringIO()" + RUN + "sys.stderr = sys.__stderr__",
            *words,
        )
        == set()
    )


@pytest.mark.parametrize("words", [("plan", "-help"), ("apply", "-foo"), ("version",)])
def test_help_and_errors_of_a_command_load_typer_alone(words):
    assert loaded(
        "import sys, io; sys.stderr = io.StringIO()" + RUN + "sys.stderr = sys.__stderr__", *words
    ) == {"typer"}


def test_the_reader_of_json_is_loaded_only_where_there_is_json():
    code = "import reconciler.config.load, reconciler.config.values_files\nimport sys\n"
    code += "assert not [m for m in sys.modules if 'jsonfile' in m or m.endswith('values_json')]"
    assert loaded(code) == set()


SPARING = """
from reconciler.cli import start
start.quickly()
import sqlalchemy
left = sorted({"asyncio", "importlib.metadata", "email", "ssl"} & set(sys.modules))
"""


def answer(code):
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", f"import sys\n{code}"], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_sqlalchemy_is_loaded_without_what_it_does_not_use_here():
    assert answer(f"{SPARING}\nprint(left)") == "[]"


def test_what_sqlalchemy_was_spared_is_there_when_it_asks():
    use = """
from sqlalchemy.util import compat, concurrency, langhelpers
import asyncio, importlib.metadata
async def nothing(): ...
pending = nothing()
print(
    concurrency.asyncio.TimeoutError is asyncio.TimeoutError,
    concurrency.iscoroutine(pending), concurrency.iscoroutine(3),
    compat.importlib_metadata.entry_points is importlib.metadata.entry_points,
    langhelpers.importlib.metadata is importlib.metadata,
    type(asyncio).__name__, asyncio.run(nothing()), pending.close(),
)
"""
    assert answer(SPARING + use) == "True True False True True module None None"


def test_a_class_is_the_class_itself_at_once():
    code = """
from reconciler.cli.start import _stand_in
sys.modules["asyncio"] = _stand_in("asyncio")
import asyncio
class Own(asyncio.Queue): ...
print(asyncio.iscoroutine(obj=3), Own.__mro__[1].__name__)
"""
    assert answer(code) == "False Queue"


def test_a_module_in_use_already_stays_what_it_is():
    code = "import asyncio\nbefore = asyncio" + SPARING
    assert answer(f"{code}\nimport asyncio\nprint(asyncio is before, asyncio.sleep.__name__)") == (
        "True sleep"
    )
