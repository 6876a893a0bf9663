"""Modules from git: fetched once, pinned, and never run."""

import os
import subprocess

import pytest

from reconciler.app.fetch import missing
from reconciler.config.load import load
from reconciler.model.diagnostic import Collector, ReconcilerError

WHO = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")


def git(folder, *words):
    done = subprocess.run(  # noqa: S603 (our own words)
        ["git", *WHO, "-C", str(folder), *words],  # noqa: S607 (the system's git)
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path):
    """A repository with a module in a folder and one beside it that it calls."""
    there = tmp_path / "standard"
    for name, text in {
        "partner": 'output "x" { value = "one" }\nmodule "i" { source = "../inner" }\n',
        "inner": 'output "y" { value = 1 }\n',
    }.items():
        (there / name).mkdir(parents=True)
        (there / name / "main.hcl").write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main", str(there))
    git(there, "add", ".")
    git(there, "commit", "-q", "-m", "one")
    git(there, "tag", "v1")
    return there


@pytest.fixture
def project(tmp_path, repository):
    root = tmp_path / "project"
    root.mkdir()
    write(root, f"git::file://{repository}//partner?ref=v1")
    return root


def write(root, source):
    (root / "main.hcl").write_text(f'module "m" {{ source = "{source}" }}\n', encoding="utf-8")


def fetched(root, **how):
    return missing(root, {"PATH": os.environ["PATH"]}, upgrade=False, **how)


def loaded(root):
    problems = Collector()
    return load(root, problems), [found.code for found in problems]


def test_before_init_the_module_is_missed(project):
    assert loaded(project)[1] == ["module-not-fetched"]


def test_a_module_is_fetched_at_its_tag_and_pinned(project, repository):
    (one,) = fetched(project)
    assert one.commit == git(repository, "rev-parse", "v1")
    found, problems = loaded(project)
    assert not problems
    assert len(list(found.whole())) == 3
    assert one.commit in (project / ".reconciler.lock.hcl").read_text(encoding="utf-8")
    assert not list(project.rglob(".git"))


def test_what_is_here_is_not_fetched_again(project):
    fetched(project)
    assert fetched(project) == ()


def test_a_branch_that_moves_on_is_taken_only_when_asked(project, repository):
    write(project, f"git::file://{repository}//partner?ref=main")
    (before,) = fetched(project)
    (repository / "partner" / "more.hcl").write_text("locals { a = 1 }\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "two")
    assert fetched(project) == ()
    (after,) = missing(project, {"PATH": os.environ["PATH"]}, upgrade=True)
    assert (before.commit, after.commit) == (
        git(repository, "rev-parse", "v1"), git(repository, "rev-parse", "main")
    )  # fmt: skip


def test_another_machine_gets_the_pinned_commit(project, repository):
    (one,) = fetched(project)
    git(repository, "tag", "-d", "v1")
    for path in (project / ".reconciler" / "modules").iterdir():
        path.rename(project.parent / "elsewhere")
    assert fetched(project) == (one,)


@pytest.mark.parametrize(
    "source",
    ["git::file:///nowhere/at/all", "git::file://{}?ref=v9", "git::ext::sh -c touch% /tmp/x"],
)
def test_what_cannot_be_fetched_says_why(project, repository, source):
    write(project, source.format(repository))
    with pytest.raises(ReconcilerError) as caught:
        fetched(project)
    (found,) = caught.value.diagnostics
    assert (found.code, found.span.line) == ("module-fetch-failed", 1)


def test_a_password_in_an_address_is_not_shown(project):
    write(project, "git::https://user:hunter2@127.0.0.1:9/a.git")
    with pytest.raises(ReconcilerError) as caught:
        fetched(project)
    assert "hunter2" not in str(caught.value.diagnostics)


def test_a_module_may_not_reach_out_of_its_repository(project, repository):
    text = 'module "i" { source = "../../elsewhere" }\n'
    (repository / "partner" / "more.hcl").write_text(text.replace('"i"', '"j"'), encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "two")
    write(project, f"git::file://{repository}//partner")
    fetched(project)
    assert loaded(project)[1] == ["module-outside-package"]


def test_a_lock_file_that_was_tampered_with_is_refused(project):
    fetched(project)
    (project / ".reconciler.lock.hcl").write_text('module "x" {\n  commit = "../.."\n}\n')
    assert "invalid-lock-file" in loaded(project)[1]
