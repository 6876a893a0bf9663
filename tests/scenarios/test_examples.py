import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/*.hcl"))
OBJECTS = {
    "01-first-connector": 1,
    "02-contoso": 12,
    "03-relay-fleet": 80,
    "04-hybrid": 6,
    "05-edge": 4,
}
ADOPTED = {"05-edge": 1}
"""Objects that are there from the start, and that an example changes."""
WARNED = {"03-relay-fleet": ["Anybody may relay"]}
"""What an example does on purpose although it deserves a warning."""


def run(folder, environment, *words):
    return subprocess.run(  # noqa: S603 (our own tool)
        [sys.executable, "-m", "reconciler", f"-chdir={folder}", *words],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("name", sorted({path.name for path in EXAMPLES}))
def test_an_example_applies_and_then_has_nothing_to_do(name, tmp_path, environment):
    folder = tmp_path / name
    shutil.copytree(ROOT / "examples" / name, folder, ignore=shutil.ignore_patterns(".reconciler"))
    applied = run(folder, environment, "apply", "-auto-approve")
    assert applied.returncode == 0, applied.stdout + applied.stderr
    taken = ADOPTED.get(name, 0)
    done = f"{OBJECTS[name]} added, {taken} changed, 0 destroyed."
    done = f"Resources: {taken} imported, {done}" if taken else f"Resources: {done}"
    assert done in applied.stdout
    said = applied.stdout + applied.stderr
    assert re.findall("^Warning: (.*)$", said, re.MULTILINE) == WARNED.get(name, [])
    assert said.count("Warning") == len(WARNED.get(name, []))
    again = run(folder, environment, "plan", "-detailed-exitcode")
    assert again.returncode == 0, again.stdout + again.stderr


# Contoso's default route forbids to be destroyed, which is what its prevent_destroy is there for.
@pytest.mark.parametrize("name", sorted({path.name for path in EXAMPLES} - {"02-contoso"}))
def test_an_example_can_be_destroyed_whole(name, tmp_path, environment):
    folder = tmp_path / name
    shutil.copytree(ROOT / "examples" / name, folder, ignore=shutil.ignore_patterns(".reconciler"))
    assert run(folder, environment, "apply", "-auto-approve").returncode == 0
    allowed = f"-allow-destroy={OBJECTS[name] + ADOPTED.get(name, 0)}"
    gone = run(folder, environment, "destroy", "-auto-approve", allowed)
    assert gone.returncode == 0, gone.stdout + gone.stderr
    assert run(folder, environment, "state", "list").stdout == ""


def test_the_tests_of_an_example_pass(tmp_path, environment):
    folder = tmp_path / "contoso"
    shutil.copytree(
        ROOT / "examples" / "02-contoso", folder, ignore=shutil.ignore_patterns(".reconciler")
    )
    done = run(folder, environment, "test")
    assert "Success! 4 passed, 0 failed." in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
    assert not (folder / ".reconciler").exists()


def test_the_password_of_the_lab_is_written_nowhere(tmp_path, environment):
    folder = tmp_path / "contoso"
    contoso = ROOT / "examples" / "02-contoso"
    shutil.copytree(contoso, folder, ignore=shutil.ignore_patterns(".reconciler"))
    own = {
        **environment,
        "RECONCILER_CACHE_DIR": str(tmp_path / "cache"),
        "RECONCILER_LOG": "trace",
    }
    said = [
        run(folder, own, *words)
        for words in (
            ("plan", "-out=one.plan"),
            ("apply", "one.plan"),
            ("show", "-json"),
            ("plan", "-json"),
        )
    ]
    assert [done.returncode for done in said] == [0, 0, 0, 0]
    written = [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "lab.auto.vars.hcl"]
    assert [p.name for p in written if b"no-secret-in-the-lab" in p.read_bytes()] == []
    assert all("no-secret-in-the-lab" not in done.stdout + done.stderr for done in said)


def test_the_readme_prints_the_two_lines_that_are_promised():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^python3 -m venv .*$", text, re.MULTILINE)
    start = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/"
    assert lines == [
        f"{start}reconciler -chdir=examples/02-contoso apply -auto-approve",
        f"{start}pytest",
    ]
    assert "pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
