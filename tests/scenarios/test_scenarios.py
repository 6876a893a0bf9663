from pathlib import Path

import pytest
import transcript

FILES = sorted((Path(__file__).parent.parent / "cases" / "scenarios").glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_session_goes_as_written(path, tmp_path, environment):
    transcript.play(path.read_text(encoding="utf-8"), tmp_path, environment)


def test_a_wrong_expectation_is_noticed(tmp_path, environment):
    with pytest.raises(AssertionError):
        transcript.play("$ reconciler version\nsomething else", tmp_path, environment)
