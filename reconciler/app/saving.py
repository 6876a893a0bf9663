"""A plan that goes into a file, with what it was made of: for programs that read the file.

Applying needs none of that, so that it is gathered for plans which are saved alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reconciler.app import plan_file
from reconciler.app.plan_codec import decoded, encoded
from reconciler.app.planning import Emit, Made, Options, Prepare, as_it_is, made
from reconciler.app.project import Project
from reconciler.app.session import session
from reconciler.app.undoing import fitting
from reconciler.config.blocks import Configuration
from reconciler.config.outline import outlines
from reconciler.engine.relevant import relevant
from reconciler.model.address import Address
from reconciler.model.outline import Basis
from reconciler.model.plan import Plan
from reconciler.model.state import Instance
from reconciler.model.values import Values


def make(
    project: Project, options: Options, emit: Emit, prepare: Prepare = as_it_is
) -> tuple[Plan, Basis]:
    """As planning does. Raises ReconcilerError."""
    with session(project) as at:
        prepare(at)
        found = made(at, options, emit)
        return found.plan, _basis(fitting(at, options.mode).configuration, found)


def save(project: Project, plan: Plan, path: Path, basis: Basis) -> None:
    plan_file.save(project, plan, path, encoded(basis))


def load(project: Project, path: Path) -> tuple[Plan, Basis | None]:
    """Raises ReconcilerError as `plan_file.load` does."""
    document = plan_file.document(project, path)
    basis = document["basis"]
    return decoded(Plan, document["plan"]), basis and decoded(Basis, basis)


def _basis(configuration: Configuration, found: Made) -> Basis:
    plan, types = found.plan, found.draft.resolver.types
    return Basis(
        outlines(configuration, types),
        tuple(_as_read(found)),
        found.state.outputs,
        relevant(configuration, plan.changes, plan.outputs),
    )


def _as_read(found: Made) -> Iterator[Instance]:
    """The objects that state remembers, as they are now; without those that are gone."""
    drifted: Mapping[Address, Values | None] = {d.address: d.after for d in found.plan.drift}
    for row in found.state.instances:
        values = row.values if row.deposed else drifted.get(row.address, row.values)
        if values is not None:
            yield replace(row, values=values)
