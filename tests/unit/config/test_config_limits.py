"""The limits that are stated are the ones that hold."""

from pathlib import Path

import pytest

from reconciler.config.decode import MOST_PROBLEMS
from reconciler.config.expand import MOST_INSTANCES
from reconciler.config.files import MAX_TOTAL
from reconciler.lang.text_file import MAX_FILE

PAGE = (Path(__file__).parents[3] / "docs" / "limits.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "row",
    [
        f"| one file of configuration or of values | {MAX_FILE // 1_000_000} MB |",
        f"| all configuration files of a folder | {MAX_TOTAL // 1_000_000} MB |",
        f"| other mistakes | {MOST_PROBLEMS} for a folder",
        f"| instances of one block (`count`, `for_each`) | {MOST_INSTANCES:,} |",
    ],
)
def test_the_page_of_limits_states_the_one_that_holds(row):
    assert row in PAGE
