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
