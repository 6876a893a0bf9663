"""What init needs of a folder, and what it leaves to others."""

import pytest

from reconciler.app.init import Ready, run
from reconciler.app.project import Project
from reconciler.model.diagnostic import ReconcilerError


def ready(folder, text):
    (folder / "main.hcl").write_text(text, encoding="utf-8")
    return run(Project(folder, "default", {}))


def test_a_variable_without_a_value_is_no_hindrance(tmp_path):
    assert ready(tmp_path, 'variable "a" {}\n') == Ready()
    assert [path.name for path in tmp_path.iterdir()] == ["main.hcl"]


def test_mistakes_that_follow_from_names_are_left_to_validate(tmp_path):
    assert ready(tmp_path, "locals { a = local.b }\n") == Ready(mistakes=True)


def test_what_cannot_be_read_stops_it(tmp_path):
    with pytest.raises(ReconcilerError):
        ready(tmp_path, "locals { a = }\n")
