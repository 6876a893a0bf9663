"""However a configuration is spelt, it is read as what it says; written out, it reads the same."""

import tempfile
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spelled import HERE, expressions, files

from reconciler.lang import write
from reconciler.lang.parse import parse, parse_expression
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

SLOW = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(autouse=True, scope="module")
def _own_cache():
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECONCILER_CACHE_DIR", folder)
        yield


def placeless(node):
    """The node with every span HERE."""
    if isinstance(node, tuple):
        return tuple(placeless(each) for each in node)
    if isinstance(node, Span):
        return HERE
    if not is_dataclass(node):
        return node
    return replace(node, **{f.name: placeless(getattr(node, f.name)) for f in fields(node)})


def read(text):
    problems = Collector()
    found = parse(text, "main.hcl", problems)
    assert not problems.found, (text, problems.found)
    return placeless(found)


@SLOW
@given(expressions)
def test_an_expression_is_read_as_what_it_says(spelt):
    text, node = spelt
    problems = Collector()
    found = parse_expression(text, "main.hcl", problems)
    assert not problems.found, (text, problems.found)
    assert placeless(found) == node


@SLOW
@given(files)
def test_a_file_is_read_as_what_it_says(spelt):
    text, body = spelt
    assert read(text) == body


@SLOW
@given(files)
def test_a_file_written_out_reads_the_same(spelt):
    text, body = spelt
    assert read(write.body(read(text))) == body


@SLOW
@given(files, st.sampled_from(["\ufeff", "\n\n", "# c\n", "/* c\n*/"]))
def test_what_stands_before_a_file_changes_nothing(spelt, before):
    text, body = spelt
    assert read(before + text) == body
