"""Generated pages are as fresh as the code."""

from pathlib import Path

from reconciler.cli.manual import text

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_of_commands_is_generated_from_them():
    # To refresh it: python -m reconciler.cli.manual
    assert PAGE.read_text(encoding="utf-8") == text()
