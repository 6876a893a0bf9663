"""Laws of moves, for random states and random statements."""

from hypothesis import given
from hypothesis import strategies as st

from reconciler.config.move_mistakes import mistakes
from reconciler.config.movement import Pattern, Statement, Whole
from reconciler.engine.moving import relocated
from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span
from reconciler.model.state import Handle, Instance, State

HERE = Span("main.hcl", 1, 1, 1, 1)
NAMES = ("a", "b", "c")
KEYS = (None, 0, 1, "k", "kk")
names, keys = st.sampled_from(NAMES), st.sampled_from(KEYS)
modules = st.sampled_from(((), (("m", None),), (("m", "k"),), (("n", None),)))
addresses = st.builds(Address, st.just("send_connector"), names, keys, modules)


@st.composite
def statements(draw):
    """Single instances, whole resources, patterns and modules, in the project or in a module."""
    sort = draw(st.sampled_from(("one", "whole", "pattern", "module")))
    if sort == "module":
        sides = [(("module", draw(st.sampled_from("mn")), Whole.KEYS),) for _ in "ab"]
        return Statement((), *sides, HERE)
    key = {"whole": st.just(Whole.KEYS), "pattern": st.sampled_from((Pattern("*"), Pattern("k*")))}
    sides = [(("send_connector", draw(names), draw(key.get(sort, keys))),) for _ in "ab"]
    return Statement(draw(st.sampled_from(((), ("m",)))), *sides, HERE)


@st.composite
def states(draw):
    """Rows with handles of their own, which use each other."""
    found = draw(st.lists(addresses, unique=True, max_size=6))
    blocks = [address.block for address in found]
    used = st.lists(st.sampled_from(blocks), max_size=2, unique=True) if blocks else st.just([])
    return State(
        "x",
        1,
        tuple(
            Instance(address, Handle(f"g{n}"), {}, dependencies=tuple(draw(used)))
            for n, address in enumerate(found)
        ),
    )


repetitions = st.dictionaries(
    addresses.map(lambda a: a.block), st.sampled_from(("count", "for_each", ""))
)


@given(states(), st.lists(statements(), max_size=5), repetitions)
def test_no_object_is_lost_or_doubled(state, said, repeated):
    after = relocated(state, said, repeated, Collector()).state
    assert [row.handle for row in after.instances] == [row.handle for row in state.instances]
    assert len({row.address for row in after.instances}) == len(after.instances)


@given(states(), st.lists(statements(), max_size=5), repetitions)
def test_nothing_moves_to_where_something_was(state, said, repeated):
    """So that rows may be written in any order."""
    moved = relocated(state, said, repeated, Collector())
    assert not moved.origins.keys() & {row.address for row in state.instances}


@given(states(), st.lists(statements(), max_size=5), repetitions)
def test_what_has_moved_once_stays_where_it_is(state, said, repeated):
    problems = Collector()
    once = relocated(state, said, repeated, problems)
    again = relocated(once.state, said, repeated, problems)
    # What was in the way may have gone away by the first; and `count` counts after it.
    if not problems.found and not any(repeated.values()):
        assert again.origins == {}


@given(states(), st.lists(statements(), max_size=5), repetitions)
def test_what_was_used_is_still_there(state, said, repeated):
    after = relocated(state, said, repeated, Collector()).state
    blocks = {row.address.block for row in after.instances}
    assert all(used in blocks for row in after.instances for used in row.dependencies)


@given(states(), st.lists(statements(), max_size=5))
def test_moves_without_a_mistake_come_to_an_end(state, said):
    """What a pattern leads to depends on the keys there are."""
    problems = Collector()
    if not list(mistakes(said)) and not any(isinstance(s.origin[-1][2], Pattern) for s in said):
        relocated(state, said, {}, problems)
        assert "move-cycle" not in [found.code for found in problems]
