"""Laws of JSON syntax: it says the same as HCL, and no text does harm."""

import json
import tempfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconciler.config import load
from reconciler.config.shapes import FILE
from reconciler.lang import syntax as s
from reconciler.lang import write
from reconciler.lang.jsonfile.parse import parse
from reconciler.lang.jsonfile.shape import Reading, Shape
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

HERE = Span("", 0, 0, 0, 0)
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True, scope="module")
def _own_cache():
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECONCILER_CACHE_DIR", folder)
        yield


def placeless(node):
    if isinstance(node, tuple):
        return tuple(placeless(each) for each in node)
    if isinstance(node, dict):
        return {name: placeless(each) for name, each in node.items()}
    if isinstance(node, Span):
        return HERE
    if not is_dataclass(node):
        return node
    return replace(node, **{f.name: placeless(getattr(node, f.name)) for f in fields(node)})


def as_json(node, reading):
    """An expression as somebody writes it in JSON."""
    match node:
        case s.Literal(value=value):
            return value
        case s.Text(value=value) if reading is Reading.TEMPLATE:
            return value.replace("${", "$${").replace("%{", "%%{")
        case s.Text(value=value):
            return value if reading is Reading.LITERAL else json.dumps(value)
        case s.Tuple(items=items):
            return [as_json(item, reading) for item in items]
        case s.Object(items=items):
            return {as_json(key, reading): as_json(each, reading) for key, each in items}
        case s.Template(parts=parts):
            return "".join(
                as_json(p, reading) if isinstance(p, s.Text) else f"${{{write.expression(p)}}}"
                for p in parts
            )
    text = write.expression(node)
    return f"${{{text}}}" if reading is Reading.TEMPLATE else text


def body_as_json(body, shape):
    found = {
        a.name: as_json(a.expr, shape.readings.get(a.name, Reading.TEMPLATE))
        for a in body.arguments
    }
    for block in body.blocks:
        inner = shape.blocks.get(block.type, Shape())
        if not inner.labels:
            found.setdefault(block.type, []).append(body_as_json(block.body, inner))
            continue
        place = found.setdefault(block.type, {})
        for label in block.labels[:-1]:
            place = place.setdefault(label, {})
        place[block.labels[-1]] = body_as_json(block.body, inner)
    return found


names = st.sampled_from(["a", "b_c", "d-e", "é", "x1"])
texts = st.one_of(
    st.sampled_from(["", "${", "%{ if", "$", 'a "b" \\ c', "line\nbreak\t", "é😀", "/", "$${"]),
    st.text("ab ${}%\"\\\n~é'/", max_size=8),
)
plain = st.one_of(
    st.sampled_from([True, False, None, 0, 7, 10**30]).map(lambda v: s.Literal(v, HERE)),
    texts.map(lambda v: s.Text(v, HERE)),
)
paths = st.lists(names, min_size=1, max_size=2).map(
    lambda steps: (
        s.GetAttr(s.Name("var", HERE), steps[0], HERE)
        if len(steps) == 1
        else s.Index(
            s.GetAttr(s.Name("local", HERE), steps[0], HERE), s.Text(steps[1], HERE), HERE
        )
    )
)
calls = st.builds(
    lambda args: s.Call("join", tuple(args), expand=False, span=HERE, name_span=HERE),
    st.lists(st.one_of(plain, paths)),
)
templates = st.builds(
    lambda before, inside, after: s.Template(
        (*([before] if before.value else []), inside, *([after] if after.value else [])),
        HERE,
    ),
    st.text("ab é\n", min_size=1, max_size=4).map(lambda v: s.Text(v, HERE)),
    st.one_of(paths, calls),
    st.text('ab "\\', max_size=4).map(lambda v: s.Text(v, HERE)),
)
values = st.recursive(
    st.one_of(plain, paths, calls, templates),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda found: s.Tuple(tuple(found), HERE)),
        st.dictionaries(texts, inner, max_size=3).map(
            lambda found: s.Object(
                tuple((s.Text(key, HERE), each) for key, each in found.items()), HERE
            )
        ),
    ),
    max_leaves=6,
)
references = st.lists(
    names.map(lambda name: s.GetAttr(s.Name("send_connector", HERE), name, HERE)), max_size=2
).map(lambda found: s.Tuple(tuple(found), HERE))
types = st.sampled_from(["string", "number", "any"]).map(lambda name: s.Name(name, HERE))


def body(given, *blocks):
    arguments = [s.Argument(name, expr, HERE, HERE) for name, expr in given.items() if expr]
    return s.Body(tuple(arguments), tuple(b for b in blocks if b), HERE)


def block(type_, inside, *labels):
    return s.Block(type_, labels, inside, HERE, HERE, tuple(HERE for _ in labels))


def maybe(strategy):
    return st.one_of(st.none(), strategy)


conditions = st.builds(lambda c, m: body({"condition": c, "error_message": m}), values, values)
lifecycles = st.builds(
    lambda ignored, destroy, checks: block(
        "lifecycle",
        body(
            {"ignore_changes": ignored, "prevent_destroy": destroy},
            *(block("precondition", check) for check in checks),
        ),
    ),
    maybe(references),
    maybe(values),
    st.lists(conditions, max_size=2),
)
resources = st.builds(
    lambda name, given, uses, lifecycle: block(
        "resource", body(given | {"depends_on": uses}, lifecycle), "send_connector", name
    ),
    names,
    st.dictionaries(names, values, max_size=3),
    maybe(references),
    maybe(lifecycles),
)
variables = st.builds(
    lambda name, type_, default, about: block(
        "variable", body({"type": type_, "default": default, "description": about}), name
    ),
    names,
    maybe(types),
    maybe(plain),
    maybe(texts.map(lambda text: s.Text(text, HERE))),
)
outputs = st.builds(
    lambda name, value, uses: block("output", body({"value": value, "depends_on": uses}), name),
    names,
    values,
    maybe(references),
)
locals_ = st.dictionaries(names, values, max_size=3).map(
    lambda given: block("locals", body(given))
)
projects = st.lists(
    st.one_of(resources, variables, outputs, locals_),
    max_size=5,
    unique_by=lambda found: (found.type, found.labels),
).map(lambda blocks: s.Body((), tuple(sorted(blocks, key=lambda b: b.type)), HERE))


def decoded(name, text):
    problems = Collector()
    found = load.configuration(Path(), {name: text}, problems)
    found = replace(found, texts={}, digest="")
    return placeless(found), {d.code for d in problems}


@QUICK
@given(projects)
def test_a_configuration_says_the_same_in_both_syntaxes(project):
    found = decoded("main.hcl.json", json.dumps(body_as_json(project, FILE), ensure_ascii=False))
    assert found == decoded("main.hcl", write.body(project))


VALID = json.dumps(
    {
        "//": "comment",
        "variable": {"x": {"type": "map(string)", "default": {"a": "${b}"}}},
        "locals": {"a": 'q "${upper("é")}" %{ if true }x%{ endif }\n', "n": [1, -2.5e3, None]},
        "resource": {
            "send_connector": {
                "a": {"name": "A", "depends_on": ["send_connector.b"], "lifecycle": [{}, {}]}
            }
        },
    },
    indent=1,
)
spots = st.integers(0, len(VALID))
changes = st.one_of(
    spots.map(lambda at: VALID[:at]),
    st.builds(
        lambda at, text: VALID[:at] + text + VALID[at + 1 :],
        spots,
        st.text("{}[]()\"'\\$%~\n\r\t =,.:/#*u0+-aé\0\u2028", min_size=1, max_size=3),
    ),
    st.builds(lambda at, size: VALID[:at] + VALID[at + size :], spots, st.integers(1, 30)),
    st.builds(lambda at, a, b: VALID[:at] + VALID[a:b] + VALID[at:], spots, spots, spots),
    st.text(max_size=40),
)


@QUICK
@given(changes)
def test_broken_json_gives_diagnostics_with_a_place_and_never_a_crash(text):
    problems = Collector()
    parse(text, "x.hcl.json", FILE, problems)
    last = text.count("\n") + 1
    for each in problems:
        assert each.code
        assert each.detail.endswith(".")
        assert 1 <= each.span.line <= last
        assert each.span.column >= 1


@QUICK
@given(changes)
def test_what_python_refuses_is_refused(text):
    problems = Collector()
    parse(text, "x.hcl.json", FILE, problems)
    try:
        json.loads(text)
    except ValueError:
        assert problems.errors
