"""What is shown of accepted drift."""

import json

from reconciler.model.accepted import Accepted, Rewritten
from reconciler.model.address import Address
from reconciler.model.diagnostic import warning
from reconciler.views import accepted

AT = Address("send_connector", "a\x1b", "k\u202e")
FILE = Rewritten(
    "main\x07.hcl",
    'a\n  password = "hush"\n  x = 1\nb\n',
    'a\n  password = "hush"\n  x = 2\x1b\nb\n',
)
DONE = Accepted(AT, ("x",), ("x",), (FILE,), (warning("w", "W", "Look."),))


def test_only_the_lines_that_changed_are_shown():
    shown = accepted.text(DONE, dry=False)
    assert "-  x = 1" in shown
    assert "+  x = 2" in shown
    assert "hush" not in shown + accepted.json_text(DONE, dry=False)


def test_nothing_reaches_a_terminal_raw():
    shown = accepted.text(DONE, dry=True)
    assert not [c for c in shown if not c.isprintable() and c != "\n"]
    assert accepted.json_text(DONE, dry=True).isascii()


def test_a_dry_run_says_that_nothing_was_done():
    assert "Would be taken" in accepted.text(DONE, dry=True)
    assert "\nTaken into" in accepted.text(DONE, dry=False)


def test_programs_get_one_document():
    found = json.loads(accepted.json_text(DONE, dry=True))
    assert (found["format"], found["accepted"], found["dry_run"]) == ("1.0", ["x"], True)
    assert found["recorded"] == []
    assert [w["code"] for w in found["warnings"]] == ["w"]


def test_where_nothing_was_to_be_written_the_reason_is_said():
    assert "has already" in accepted.text(Accepted(AT, (), ("x",)), dry=False)
    assert "nothing to accept" in accepted.text(Accepted(AT), dry=False)
