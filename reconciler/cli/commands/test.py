"""`reconciler test`."""

from pathlib import Path

from reconciler.cli.asked import project
from reconciler.cli.flags import Given, Talking
from reconciler.cli.flags_of_code import Testing
from reconciler.cli.shell import Shell
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.testing import AllDone, Status


def command(shell: Shell, testing: Testing, given: Given, _talking: Talking) -> int:
    """Run the tests of this folder.

    Takes the files *.test.hcl of this folder and of the folder tests, and carries out their run
    blocks in order, each file against a simulated Exchange and a state of its own, which are thrown
    away afterwards. Neither your state nor your Exchange is touched.
    """
    where = project(shell, given)
    from reconciler.app.testing import suite
    from reconciler.cli.reporter import Reporter

    chosen = suite.Chosen(testing.test_directory, tuple(testing.filter))
    done = suite.run(where, chosen, Reporter(shell, verbose=testing.verbose))
    if testing.junit_xml:
        _write(shell, done, Path(testing.junit_xml))
    return 0 if done.status in (Status.PASS, Status.SKIP) else 1


def _write(shell: Shell, done: AllDone, path: Path) -> None:
    from reconciler.store.files import atomic_write
    from reconciler.views import testing_junit

    if not path.parent.is_dir():
        detail = f"-junit-xml names {path}, and there is no folder {path.parent}. Make it first."
        raise ReconcilerError(error("no-such-folder", "Folder not found", detail))
    atomic_write(path, testing_junit.text(done, shell.reader()).encode())
