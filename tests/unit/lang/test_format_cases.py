"""The canonical style beside Terraform's: asked where it is installed, else as it was recorded."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from reconciler.lang.format.style import canonical

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "fmt"
TERRAFORM = shutil.which("terraform")
NAMES = [path.stem for path in sorted(CASES.glob("*.hcl"))]


def text(name):
    return (CASES / name).read_bytes().decode()


def asked(texts, folder):
    """What `terraform fmt` makes of the texts."""
    folder.mkdir()
    paths = [folder / f"f{number}.tf" for number in range(len(texts))]
    for path, each in zip(paths, texts, strict=True):
        path.write_bytes(each.encode())
    words = [TERRAFORM, "fmt", "-no-color", str(folder)]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - the tool beside us
    return [path.read_bytes().decode() for path in paths]


@cache
def recorded_sources():
    return json.loads(text("random.json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_case_gets_its_canonical_form(name):
    assert canonical(text(f"{name}.hcl")) == text(f"{name}.expected")


def test_the_recorded_forms_are_those_of_terraform(tmp_path):
    texts = [text(f"{name}.hcl") for name in NAMES]
    recorded = [text(f"{name}.expected") for name in NAMES]
    assert recorded == (asked(texts, tmp_path / "x") if TERRAFORM else recorded)


def test_random_files_get_the_form_that_terraform_gives_them(tmp_path):
    given = [source for source, _ in recorded_sources()]
    formed = [expected for _, expected in recorded_sources()]
    reference = asked(given, tmp_path / "x") if TERRAFORM else formed
    assert [canonical(each) for each in given] == reference == formed


def test_line_breaks_stay_as_they_are():
    assert canonical("a=1\r\nbcd=2 # c \r\n \r\n") == "a   = 1\r\nbcd = 2 # c \r\n\r\n"
    assert canonical("a=<<E\r\n x\r\nE\r\n") == "a = <<E\r\n x\r\nE\r\n"


def test_a_byte_order_mark_goes():
    assert canonical("\ufeffa=1\n") == "a = 1\n"


LOST_BY_TERRAFORM = {
    "a comment between labels": (
        'a /* x */ b /* y */ "c" {}\n',
        'a /* x */ "b" /* y */ "c" {}\n',
    ),
    "a label with a dollar sign": ('a "x$y" "$${z}" {}\n', 'a "x$y" "$${z}" {}\n'),
    "an index that would be a fraction": ("a = b.0 .1\n", "a = b.0 .1\n"),
    "a comment that would end the argument": ('a = "${ # c\nx }"\n', "a = ( # c\nx)\n"),
    "an operator on the next line": ('a = "${(b)\n+ (c)}"\n', "a = ((b)\n+ (c))\n"),
    "a template within a template": ('a = "${"${ /* c */ "${b}"}"}"\n', "a = /* c */ b\n"),
}


@pytest.mark.parametrize(
    ("given", "expected"), LOST_BY_TERRAFORM.values(), ids=LOST_BY_TERRAFORM.keys()
)
def test_what_terraform_would_lose_or_leave_half_done_is_kept_whole(given, expected):
    assert canonical(given) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").rglob("*.hcl")), ids=lambda path: path.name
)
def test_the_examples_are_in_the_canonical_form(path):
    given = path.read_bytes().decode()
    assert canonical(given) == given


@pytest.mark.parametrize(
    "broken", ["a = \x00\n", 'a = "x\n', "a = <<E\nno end", "}} ~} ${", 'a = "${b', "/* x", "\\"]
)
def test_not_a_character_is_lost_even_of_what_is_no_hcl(broken):
    def ink(given):
        return "".join(given.split())

    assert ink(canonical(broken)) == ink(broken)
