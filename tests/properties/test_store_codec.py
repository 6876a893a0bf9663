"""Laws of what is stored: it comes back equal, and no other spelling has its digest."""

import base64
import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.model.address import Address
from reconciler.model.anything import Anything
from reconciler.model.state import Handle, Instance, InstanceStatus, Intent, IntentVerb, Output
from reconciler.model.values import Sealed
from reconciler.store import codec


class Reversed:
    """A vault that anyone can open, but only in the right place."""

    def seal(self, text: str, place: str) -> str:
        return base64.b64encode(json.dumps([text, place]).encode()).decode()

    def unseal(self, sealed: str, place: str) -> str:
        text, at = json.loads(base64.b64decode(sealed))
        assert at == place
        return str(text)


VAULT = Reversed()
few = settings(max_examples=60, deadline=None)
texts = st.text(max_size=30) | st.sampled_from(["\ud800", "\x00", "\r\n", "sealed", "plain"])
scalars = texts | st.integers(-(2**512), 2**512) | st.booleans() | st.none()
paths = st.lists(st.lists(texts | st.integers(0, 9), max_size=3).map(tuple), max_size=3).map(tuple)
anything = st.builds(Anything, texts, texts, st.just(()), paths)
sealed = st.builds(Sealed, texts, texts)
canonical = scalars | st.lists(scalars, max_size=5).map(tuple) | sealed | anything
names = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
values = st.dictionaries(names, canonical, max_size=8)
keys = st.none() | st.integers(0, 10**6) | st.text(max_size=12)
addresses = st.builds(Address, names, names, keys, st.lists(st.tuples(names, keys)).map(tuple))
common = {
    "address": addresses,
    "values": values,
    "dependencies": st.lists(addresses, max_size=3).map(tuple),
    "protected": st.booleans(),
    "create_before_destroy": st.booleans(),
    "backend": texts,
    "deposed": names | st.just(""),
}
instances = st.builds(
    Instance, handle=texts.map(Handle), status=st.sampled_from(InstanceStatus), **common
)
intents = st.builds(
    Intent,
    id=names,
    run=st.integers(1, 10**9),
    verb=st.sampled_from(IntentVerb),
    handle=st.none() | texts.map(Handle),
    identity=texts,
    seen=st.lists(texts.map(Handle), max_size=3).map(tuple),
    **common,
)
json_values = st.recursive(
    scalars, lambda x: st.lists(x, max_size=3) | st.dictionaries(texts, x, max_size=3)
)


def with_sensitive(item, data):
    chosen = data.draw(st.sets(st.sampled_from(sorted(item.values)))) if item.values else ()
    return replace(item, sensitive=frozenset(chosen))


@few
@given(instances, st.integers(1, 10**9), st.data())
def test_an_instance_written_and_read_is_the_same(instance, version, data):
    instance = with_sensitive(instance, data)
    row = codec.instance_row(instance, version, VAULT)
    assert codec.instances_of([row], VAULT) == (replace(instance, version=version),)


@few
@given(intents, st.data())
def test_an_intent_written_and_read_is_the_same(intent, data):
    intent = with_sensitive(intent, data)
    assert codec.intent_of(codec.intent_row(intent, VAULT), VAULT) == intent


@few
@given(names, json_values, json_values, st.booleans())
def test_an_output_written_and_read_is_the_same(name, value, kind, sensitive):
    output = Output(value, kind, sensitive)
    assert codec.output_of(codec.output_row(name, output, 1, VAULT), VAULT) == output


@few
@given(instances, names, canonical)
def test_the_digest_ignores_the_order_of_values_and_nothing_else(instance, name, value):
    backwards = replace(instance, values=dict(reversed(instance.values.items())))
    assert digest(backwards) == digest(instance)
    changed = replace(instance, values={**instance.values, f"{name}2": value})
    assert digest(changed) != digest(instance)


def digest(instance: Instance) -> str:
    return codec.row_digest(codec.instance_row(instance, 1, VAULT))
