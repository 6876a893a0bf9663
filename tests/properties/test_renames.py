"""Whatever a plan calls a rename becomes an update or nothing once the block is pasted."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loop_worlds import edited, fleets, folder, hcl

from reconciler.views.renames import block

few = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def relabelled(draw, fleet):
    """The same objects under other labels, some of them changed as well."""
    labels = draw(st.permutations("ghijkl"))
    new = {
        one.label: draw(st.sampled_from([one.label, other]))
        for one, other in zip(fleet, labels, strict=False)
    }
    changed = {one.label: one for one in draw(edited(fleet))}
    # Who uses whom stays: half of an edit and half of what was before may use each other.
    kept = (
        replace(changed.get(one.label, one), uses=one.uses) if draw(st.booleans()) else one
        for one in fleet
    )
    found = {one.name.casefold().strip(): one for one in kept if one.label in new}
    there = {one.label for one in found.values()}
    return tuple(
        replace(
            one,
            label=new[one.label],
            uses=tuple(new[used] for used in one.uses if used in there),
        )
        for one in found.values()
    )


@few
@given(fleets(), st.data())
def test_pasting_the_block_makes_an_update_or_nothing(fleet, data):
    with folder() as at:
        at.apply(hcl(fleet))
        text = hcl(data.draw(relabelled(fleet), "relabelled"))
        at.write(text)
        hints = at.plan().renames
        at.write(text + "".join(map(block, hints)))
        after = {change.address: change for change in at.plan().changes}
        for hint in hints:
            assert after[hint.to].moved_from == hint.origin
            assert after[hint.to].action in {"no-op", "update"}
            assert hint.origin not in after
        at.apply(text + "".join(map(block, hints)))
        assert at.plan().is_empty


@few
@given(fleets(), st.data())
def test_new_labels_alone_are_always_told(fleet, data):
    labels = dict(
        zip([c.label for c in fleet], data.draw(st.permutations("ghijkl")), strict=False)
    )
    renamed = tuple(
        replace(one, label=labels[one.label], uses=tuple(labels[used] for used in one.uses))
        for one in fleet
    )
    with folder() as at:
        at.apply(hcl(fleet))
        at.write(hcl(renamed))
        told = {(h.origin.name, h.to.name) for h in at.plan().renames}
        assert told == set(labels.items())
