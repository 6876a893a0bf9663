"""A project with files of tests, run in this process."""

from textwrap import dedent

from reconciler.app.project import Project
from reconciler.app.testing import suite
from reconciler.model.testing import AllDone

MAIN = """
variable "name" {
  type    = string
  default = "Lab"

  validation {
    condition     = var.name != "bad"
    error_message = "No bad names."
  }
}

variable "port" {
  default = 25
}

resource "send_connector" "a" {
  name                = var.name
  address_spaces      = ["lab.example"]
  dns_routing_enabled = false
  smart_hosts         = ["10.0.0.1"]
  port                = var.port

  lifecycle {
    precondition {
      condition     = var.name != "early"
      error_message = "Too early."
    }
  }
}

output "name" {
  value = send_connector.a.name
}

output "guid" {
  value = send_connector.a.guid
}

check "quiet" {
  assert {
    condition     = var.name != "loud"
    error_message = "Loud."
  }
}
"""


class Tests:
    """One folder; `events` are what was told of the last run."""

    __test__ = False

    def __init__(self, root, main=MAIN):
        self.root = root
        self.events = []
        self.environment = {}
        self.given = ()
        self.write("main.hcl", main)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")

    @property
    def project(self):
        return Project(self.root, "default", self.environment, self.given)

    def run(self, text=None, *, folder="tests", only=()) -> AllDone:
        if text is not None:
            self.write("a.test.hcl", text)
        self.events = []
        return suite.run(self.project, suite.Chosen(folder, only), self.events.append)

    def statuses(self, text=None, **chosen):
        """How each run of the one file ended."""
        return [run.status.value for file in self.run(text, **chosen).files for run in file.runs]

    def codes(self, text):
        """What was found in all runs."""
        files = self.run(text).files
        return [d.code for file in files for run in file.runs for d in run.diagnostics]


def holds(expr):
    return f'assert {{\ncondition = {expr}\nerror_message = "no"\n}}\n'


def run(name, *lines):
    return "\n".join((f'run "{name}" {{', *lines, "}", ""))


PLAN = "command = plan"


def given(**values):
    listed = "\n".join(f"{name} = {value}" for name, value in values.items())
    return f"variables {{\n{listed}\n}}\n"
