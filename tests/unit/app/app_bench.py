"""A project in a folder, planned and applied in this process."""

from textwrap import dedent

import pytest

from reconciler.app import apply, inspect, plan_file, planning
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.event import StepDone
from reconciler.model.plan import Action


class Run:
    """One folder. What is done is told by address, what stays is left out."""

    def __init__(self, root):
        self.root = root
        self.given = ()
        self.done = []

    def write(self, text):
        (self.root / "main.hcl").write_text(dedent(text), encoding="utf-8")

    @property
    def project(self):
        return Project(self.root, "default", {}, self.given)

    def plan(self, text=None, **options):
        """Actions on objects, and on outputs."""
        if text is not None:
            self.write(text)
        made = planning.make(self.project, Options(**options), lambda _event: None)
        changed = {str(c.address): c.action for c in made.changes if c.action != Action.NO_OP}
        outputs = {o.name: o.action for o in made.outputs if o.action != Action.NO_OP}
        return changed, outputs

    def refused(self, text=None, **options):
        """The codes of the errors that a plan ends with."""
        with pytest.raises(ReconcilerError) as caught:
            self.plan(text, **options)
        return [found.code for found in caught.value.diagnostics if found.severity == "error"]

    def apply(self, text=None, **options):
        if text is not None:
            self.write(text)
        self.done = []
        return apply.run(
            self.project, Options(**options), self._take, plan_file=None, approve=lambda _: True
        )

    def _take(self, event):
        if isinstance(event, StepDone):
            self.done.append((str(event.step.address), event.step.verb.value))

    @property
    def outputs(self):
        return {name: one.value for name, one in inspect.outputs(self.project).items()}

    @property
    def state(self):
        return sorted(str(row.address) for row in inspect.state(self.project).instances)

    def save(self, **options):
        """Plans into a file."""
        made = planning.make(self.project, Options(**options), lambda _event: None)
        plan_file.save(self.project, made, self.root / "plan")
        return made

    def apply_saved(self):
        self.done = []
        path = self.root / "plan"
        return apply.run(
            self.project, Options(), self._take, plan_file=path, approve=lambda _: True
        )


def block(label, *lines, name="", repeat=""):
    key = "${count.index}" if repeat.startswith("count") else "${each.key}" if repeat else ""
    own = [repeat, f'name = "{name or label}{key}"', f'address_spaces = ["{label}.example"]']
    return "\n".join([f'resource "send_connector" "{label}" {{', *own, *lines, "}", ""])


def out(name, value):
    return f'output "{name}" {{ value = {value} }}\n'


def condition(kind, expr, message):
    return f"lifecycle {{\n{kind} {{\ncondition = {expr}\nerror_message = {message}\n}}\n}}"
