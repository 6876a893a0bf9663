"""500 ways to spoil good files: none ends in a traceback or a hang, each mistake has its place."""

import json
import random
import re
from pathlib import Path
from time import process_time

import pytest

from reconciler.app import planning, validate
from reconciler.app.project import Project
from reconciler.model.diagnostic import ReconcilerError, Severity
from reconciler.views import diagnostics
from reconciler.views.palette import PLAIN

ROOT = Path(__file__).parents[2]
RICH = sorted((ROOT / "tests" / "cases" / "rich").glob("*.hcl"))
GOOD = {
    f"{path.parent.name}/{path.name}": path.read_bytes()
    for path in (*RICH, *sorted(ROOT.glob("examples/*/*.hcl")))
    if not path.name.endswith(".vars.hcl")
}
ALONE = [name for name in GOOD if name.startswith(("rich/", "01-"))]
MUTATIONS, ROUND = 500, 25
LONGEST = 20.0  # CPU seconds: twice what is promised, for machines that are busy

WORD = re.compile(rb'[\w.-]+|"[^"\n]*"|\S')
NOISE = [
    *(b"{", b"}", b"(", b")", b"[", b"]", b'"', b"${", b"%{", b"$${", b"~}", b"\\", b"'", b";", b","),
    *(b"\n", b"\r\n", b"\r", b"\t", b"\0", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xe2\x80\xa8"),
    *(b"/*", b"*/", b"#", b"<<EOT\n", b"<<-EOT\n", b"...", b"=>", b"=", b"==", b"?", b":", b"::"),
    *(b".*", b"[*]", b".0", b"-", b"!", b"for ", b"if ", b"in ", b"null", b"1e999", b"1e4000"),
    *(b"var.", b"local.", b"self", b"each", b"count", b"\x1b[31m", b"range(99999999)", b'"\\u0000"'),
    *(b"(" * 10_000, b"[" * 300 + b"]" * 300, b"-" * 10_000, b'"${' * 5_000, b"a {\n" * 10_000),
]  # fmt: skip


def shortened(text, at, _):
    return text[:at]


def flipped(text, at, chance):
    byte = bytes([text[at] ^ 1 << chance.randrange(8)]) if at < len(text) else b"\xff"
    return text[:at] + byte + text[at + 1 :]


def noisy(text, at, chance):
    return text[:at] + chance.choice(NOISE) + text[at:]


def cut(text, at, chance):
    return text[:at] + text[at + chance.randrange(1, 60) :]


def repeated(text, at, chance):
    start = chance.randrange(len(text) + 1)
    return text[:at] + text[start : start + chance.randrange(80)] + text[at:]


def exchanged(text, _, chance):
    """A word in the place of another."""
    words = [found.span() for found in WORD.finditer(text)]
    if not words:
        return text
    (a, b), (c, d) = chance.choice(words), chance.choice(words)
    return text[:a] + text[c:d] + text[b:]


def shuffled(text, _, chance):
    """Two lines in each other's place."""
    lines = text.split(b"\n")
    i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    return b"\n".join(lines)


def without_line(text, _, chance):
    lines = text.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


WAYS = (shortened, flipped, noisy, cut, repeated, exchanged, exchanged, shuffled, without_line)


def spoilt(number):
    """The mutation of that number: always the same."""
    chance = random.Random(number)
    text = GOOD[chance.choice(list(GOOD))]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        text = chance.choice(WAYS)(text, chance.randrange(len(text) + 1), chance)
    return text


def judged(folder, text, name="main.hcl"):
    """What validate says of the text; it says it in time, with a place and a cure."""
    (folder / name).write_bytes(text)
    started = process_time()
    found = validate.run(Project(folder, "default", {}))
    shown = diagnostics.text(found, lambda _: text.decode("utf-8", "replace"), PLAIN)
    assert process_time() - started < LONGEST
    assert "This is a bug" not in shown
    last = text.count(b"\n") + 1
    for each in found:
        assert each.summary
        assert each.detail
        assert each.span is not None, each
        assert 1 <= each.span.line <= last, each
        assert each.span.column >= 1, each
    return [each for each in found if each.severity is Severity.ERROR]


def planned(folder):
    """What stands in the way of a plan: errors of the ordinary sort."""
    try:
        planning.make(Project(folder, "default", {}), planning.Options(), lambda _: None)
    except ReconcilerError as refusal:
        return refusal.diagnostics
    return ()


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "project"
    made.mkdir()
    return made


@pytest.mark.parametrize("first", range(0, MUTATIONS, ROUND))
def test_a_spoilt_file_is_refused_with_a_place_or_planned(folder, first):
    refused = 0
    for number in range(first, first + ROUND):
        wrong = judged(folder, spoilt(number))
        refused += bool(wrong)
        if not wrong:
            assert all(each.detail for each in planned(folder))
    assert refused >= ROUND // 3  # the mutations bite


JSON = {
    "//": "A comment",
    "locals": {"list": ["a", "${1 + 2}", True, None], "text": "é\n%{ if true }x%{ endif }"},
    "variable": {"v": {"type": 'map(object({ a = optional(string, "b") }))', "default": {}}},
    "resource": {
        "send_connector": {
            "a": {
                "name": "A${count.index}",
                "address_spaces": ["a${count.index}.example"],
                "count": "${length(local.list)}",
            },
            "b": [{"name": "B", "address_spaces": ["b.example"], "lifecycle": {}}],
        }
    },
    "output": {"o": {"value": "${local.text}", "sensitive": True}},
}


@pytest.mark.parametrize("first", range(0, 100, ROUND))
def test_a_spoilt_json_file_is_refused_with_a_place_or_planned(folder, first):
    text = json.dumps(JSON, indent=2, ensure_ascii=False).encode()
    assert judged(folder, text, "main.hcl.json") == []
    for number in range(first, first + ROUND):
        chance = random.Random(number)
        way = chance.choice(WAYS)
        spoiled = way(text, chance.randrange(len(text) + 1), chance)
        if not judged(folder, spoiled, "main.hcl.json"):
            assert all(each.detail for each in planned(folder))


@pytest.mark.parametrize("name", ALONE)
def test_the_files_to_be_spoilt_are_good(folder, name):
    assert judged(folder, GOOD[name]) == []
    assert not planned(folder)


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("share", [0.1, 0.37, 0.5, 0.73, 0.9, 0.99])
def test_a_file_that_ends_too_soon_is_judged(folder, name, share):
    text = GOOD[name]
    judged(folder, text[: int(len(text) * share)])


@pytest.mark.parametrize("name", ALONE)
def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(folder, name):
    text = GOOD[name].replace(b"\n", b"\r\n")
    assert judged(folder, b"\xef\xbb\xbf" + text) == []


@pytest.mark.parametrize("byte", [b"\0", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\r"])
def test_a_byte_that_cannot_stand_is_named_with_its_line(folder, byte):
    lines = GOOD["rich/language.hcl"].split(b"\n")
    lines[20] = byte + lines[20]
    wrong = judged(folder, b"\n".join(lines))
    assert wrong[0].span.line == 21
    assert wrong[0].code in {"invalid-character", "invalid-utf8"}


@pytest.mark.parametrize(
    "text",
    [
        b"%sa = 1\n%s",
        b"locals {\n  a = %s1%s\n}\n",
        b'output "o" {\n  value = "%s1%s"\n}\n',
        b'variable "v" {\n  type = %sstring%s\n}\n',
    ],
)
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        (b"a {\n", b"}\n"),
        (b"(", b")"),
        (b"[", b"]"),
        (b"{ a = ", b"}"),
        (b"list(", b")"),
        (b'${"', b'"}'),
        (b"%{if true}", b"%{endif}"),
        (b"-", b""),
        (b"!", b""),
        (b"true ? 1 : ", b""),
        (b"[for x in ", b" : x]"),
        (b"<<A\n", b"\nA\n"),
    ],
)
def test_nesting_of_10_000_levels_is_refused_with_a_place(folder, text, opening, closing):
    judged(folder, text % (opening * 10_000, closing * 10_000))
