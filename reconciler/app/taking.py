"""Takes one object over into state, as it is: `import ADDR ID`. Exchange is not changed."""

from collections.abc import Iterable
from dataclasses import replace

from reconciler.app import apply
from reconciler.app.planning import Emit, Made, Options
from reconciler.app.project import Project
from reconciler.app.session import Session, session
from reconciler.app.signals import heeded
from reconciler.catalog.index import types
from reconciler.config.blocks import ImportBlock
from reconciler.config.load import configuration
from reconciler.config.suggest import did_you_mean
from reconciler.engine import moves
from reconciler.engine.adoption import fixed, resource
from reconciler.engine.execute import interrupted
from reconciler.engine.ports import Stop
from reconciler.engine.schedule import schedule
from reconciler.engine.uses import address_of
from reconciler.lang.write import quote
from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.event import Event, Planned
from reconciler.model.plan import Action

_TEXT = "(import)"


def run(project: Project, address: str, name: str, options: Options, emit: Emit) -> None:
    """`name` is the identity or the GUID of the object that `address` takes over. Raises
    ReconcilerError with what is in the way.
    """
    block = _block(project, address, name)
    stop = Stop()
    with heeded(stop), session(project) as at:
        _refuse(at, block)
        try:
            _take(at, block, options, emit, stop)
        except ReconcilerError as failure:
            raise ReconcilerError(*_told(failure.diagnostics)) from failure
        except KeyboardInterrupt as signal:
            raise ReconcilerError(interrupted(is_under_way=stop.patiently.is_set())) from signal


def _take(at: Session, block: ImportBlock, options: Options, emit: Emit, stop: Stop) -> None:
    taken = fixed(block)
    at.configuration = replace(at.configuration, imports=(block,))
    options = replace(options, targets=(str(taken),))

    def shape(made: Made) -> Made:
        only = _only(made, taken, at)
        emit(Planned(only.plan))
        return only

    def quietly(event: Event) -> None:
        if not isinstance(event, Planned):
            emit(event)

    at.store.check()
    apply.unasked(at, options, quietly, stop, "import", shape)


def _only(made: Made, taken: Address, at: Session) -> Made:
    """The plan to remember the object as it is, whatever else there would be to do."""
    row = next(row for row in made.draft.state.instances if row.address == taken)
    change = next(change for change in made.plan.changes if change.address == taken)
    change = replace(
        change, action=Action.NO_OP, after=row.values, before=row.values, differences=(), reason=""
    )
    remembering = moves.recording(row, row.values, made.draft.desired.get(taken))
    plan = replace(
        made.plan,
        changes=(change,),
        steps=schedule([remembering], at.types),
        drift=(),
        outputs=(),
        checks=(),
        sources=(),
        mail_flow=(),
    )
    return replace(made, plan=plan)


def _block(project: Project, address: str, name: str) -> ImportBlock:
    """What the two words say, as an import block does."""
    problems = Collector()
    text = f"import {{\n  to = {address}\n  id = {quote(name)}\n}}\n"
    found = configuration(project.root, {_TEXT: text}, problems)
    alone = "\n" not in address and len(found.imports) == 1 and not found.resources
    if problems.found or not alone:
        raise ReconcilerError(_no_address(address))
    if not name:
        raise ReconcilerError(_no_name())
    return found.imports[0]


def _refuse(at: Session, block: ImportBlock) -> None:
    """Raises ReconcilerError where no look at Exchange is needed to say no."""
    kind, taken = block.to.parts[-1].kind, fixed(block)
    if kind not in types():
        raise ReconcilerError(_no_type(kind))
    if resource(block) not in {address_of(one) for one in at.configuration.blocks()}:
        raise ReconcilerError(_no_block(resource(block)))
    if any(row.address == taken and not row.deposed for row in at.store.read().instances):
        raise ReconcilerError(_known(taken))


def _told(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is wrong with the two words, which have no place in a file; else everything."""
    every = tuple(found)
    own = [one for one in every if one.span is not None and one.span.path == _TEXT]
    return tuple(replace(one, span=None) for one in own) or every


def _no_address(address: str) -> Diagnostic:
    return error(
        "invalid-address",
        "Not the address of a resource",
        f'"{address}" is not the address of one resource. Write it as in state list: '
        "send_connector.a, send_connector.a[0], 'send_connector.a[\"key\"]', "
        "module.m.send_connector.a (in quotes where the shell would take some of it).",
    )


def _no_name() -> Diagnostic:
    return error(
        "invalid-import-id",
        "Not the name of an object",
        "Say which object is to be taken over: its name as Exchange shows it, or its GUID.",
    )


def _no_type(kind: str) -> Diagnostic:
    listed = f"The types are: {', '.join(sorted(types()))}."
    if kind == "data":
        listed = "Data sources read what is there whenever they are used, and are not imported."
    return error(
        "not-importable",
        "Nothing that can be imported",
        f'There is no resource type "{kind}". {did_you_mean(kind, types(), listed)}',
    )


def _no_block(address: Address) -> Diagnostic:
    return error(
        "import-without-resource",
        "Import into a resource that is not declared",
        f"The configuration has no {address}. Write the resource as it should be and import again; "
        "or write an import block, and let the resource be written: "
        "reconciler plan -generate-config-out=generated.hcl",
    )


def _known(address: Address) -> Diagnostic:
    return error(
        "already-in-state",
        "The address is in the state already",
        f"State remembers an object at {address}, and an address has one object. To see it, run: "
        f"reconciler state show '{address}'. To take another one over, let go of this one first, with a "
        "removed block.",
    )
