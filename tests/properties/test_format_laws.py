"""Laws of the formatter: once is enough, and nothing but layout changes."""

import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from untidy_sources import untidy

from reconciler.lang import syntax as s
from reconciler.lang.format import scan
from reconciler.lang.format.style import canonical
from reconciler.lang.format.tokens import COMMENT
from reconciler.lang.parse import parse
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

HERE = Span("", 0, 0, 0, 0)
TERRAFORM = shutil.which("terraform")
DIRECTIVES = (s.TemplateIf, s.TemplateFor)
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
sources = st.integers(0, 2**32).map(lambda seed: untidy(Random(seed)))
snippets = st.lists(
    st.sampled_from(
        [*"\"'{}[]().,=-!~$%#\\\n\t ax0é", "${", "%{", "~}", "<<E\n", "\nE\n", "/*", "*/", "\r\n"]
    ),
    max_size=60,
).map("".join)


@pytest.fixture(autouse=True, scope="module")
def _own_cache():
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECONCILER_CACHE_DIR", folder)
        yield


def meaning(node):
    """The tree without places, and without the wrapping that the style takes off a value."""
    if isinstance(node, tuple):
        return tuple(meaning(each) for each in node)
    if isinstance(node, Span):
        return HERE
    if not is_dataclass(node):
        return node
    found = replace(node, **{f.name: meaning(getattr(node, f.name)) for f in fields(node)})
    if isinstance(found, s.Block) and found.type == "variable":
        return replace(found, body=replace(found.body, arguments=typeless(found.body)))
    return replace(found, expr=bare(found.expr)) if isinstance(found, s.Argument) else found


def typeless(body):
    """The arguments but the type of a variable, whose old spellings become new ones."""
    return tuple(each for each in body.arguments if each.name != "type")


def bare(expr):
    while isinstance(expr, s.Parens | s.Template):
        if isinstance(expr, s.Parens):
            expr = expr.inner
        elif len(expr.parts) == 1 and not isinstance(expr.parts[0], DIRECTIVES):
            expr = expr.parts[0]
        else:
            break
    return expr


def read(text):
    """The meaning of the text; None where it is no HCL."""
    problems = Collector()
    body = parse(text, "main.hcl", problems)
    return None if problems.found else meaning(body)


def comments(text):
    found = scan.tokens(text)[0]
    return Counter(token.text.rstrip("\r\n") for token in found if token.kind == COMMENT)


@QUICK
@given(sources)
def test_formatting_twice_is_formatting_once(source):
    once = canonical(source)
    assert canonical(once) == once


@QUICK
@given(sources)
def test_the_meaning_stays_the_same(source):
    before = read(source)
    after = read(canonical(source))
    assert before is None or before == after


@QUICK
@given(sources)
def test_every_comment_stays(source):
    assert comments(canonical(source)) == comments(source)


@QUICK
@given(snippets)
def test_whatever_the_parser_takes_keeps_its_meaning_and_settles_at_once(text):
    before = read(text)
    once = canonical(text)
    if before is not None:
        assert (read(once), canonical(once)) == (before, once)


def test_nearly_all_random_files_are_hcl():
    readable = [read(untidy(Random(seed))) is not None for seed in range(100)]
    assert sum(readable) > 90


def settled(texts, folder):
    """What `terraform fmt` makes of the texts in the end; None for what it does not read."""
    paths = [folder / f"f{number}.tf" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text.encode())
    for _ in range(3):  # it unwraps one level of "${"${x}"}" at a time
        words = [TERRAFORM, "fmt", "-no-color", str(folder)]
        done = subprocess.run(words, check=False, capture_output=True)  # noqa: S603 - beside us
        refused = done.stderr.decode()
    return [None if f"{p.name} line" in refused else p.read_bytes().decode() for p in paths]


def test_random_files_get_the_form_in_which_terraform_leaves_them(tmp_path):
    texts = [untidy(Random(seed)) for seed in range(200)]
    ours = [canonical(text) for text in texts]
    if TERRAFORM:
        pairs = zip(settled(texts, Path(tmp_path)), ours, strict=True)
        assert [(theirs, mine) for theirs, mine in pairs if theirs not in (None, mine)] == []
    else:  # what remains to be seen without it: the form is one that stays
        assert [canonical(text) for text in ours] == ours
