"""Small files that would mean endless work: each is refused in time, in a gigabyte, with a place."""

import base64
import gzip
import re
import sys
from dataclasses import dataclass

import pytest

if sys.platform == "win32":
    pytest.skip("POSIX limits and forks", allow_module_level=True)
else:
    import resource

MILLION = 'join("", [for i in range(100000) : "xxxxxxxxxx"])'
GIGABYTE = 1 << 30
SECONDS = 20  # of CPU time: twice what is promised, for machines that are busy
PLACE = re.compile(r"^  on main\.hcl line \d+", re.MULTILINE)


@dataclass(frozen=True)
class Limits:
    """A hook: the process dies where it takes more time, and Python refuses it more memory."""

    def __call__(self) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))


def output(value):
    return f'output "o" {{\n  value = {value}\n}}\n'


def chain(first, following, length):
    rows = [f"  k{i + 1} = {following.format(f'local.k{i}')}" for i in range(length)]
    return "\n".join(["locals {", f"  k0 = {first}", *rows, "}", output(f"local.k{length}")])


def connector(*lines):
    return "\n".join(['resource "send_connector" "a" {', *lines, "}", ""])


GUNZIP = base64.b64encode(gzip.compress(bytes(100_000_000))).decode()
EXPRESSIONS = {
    "for in for": "[for a in range(999999) : [for b in range(999999) : 1]]",
    "for in for without result": "[for a in range(99999) : [for b in range(99999) : 1 if false]]",
    "objects in for": "[for a in range(999999) : { for b in range(999999) : b => 1 if false }]",
    "functions in for": "[for a in range(999999) : sum(range(999999))]",
    "search in for": "[for a in range(99999) : index(range(99999), a)]",
    "comparison in for": "[for a in range(99999) : range(99999) == concat(range(99998), [a])]",
    "text in for": f"[for a in range(9999) : upper({MILLION})]",
    "template loops": '"%{for a in range(99999)}%{for b in range(99999)}%{endfor}%{endfor}"',
    "splat in for": "[for a in range(99999) : range(99999)[*]]",
    "bomb in try": "try([for a in range(99999) : [for b in range(99999) : 1 if false]], 1)",
    "range": "range(1000000000)",
    "range by small steps": "range(0, 1, 1e-9)",
    "join": f'join({MILLION}, [for i in range(100000) : "y"])',
    "replace": f'replace({MILLION}, "x", {MILLION})',
    "replace by pattern": f'replace({MILLION}, "/(x)/", "{"$1" * 100}")',
    "split": f'split("", join("", [{MILLION}, {MILLION}]))',
    "format": 'format("%999999999d", 1)',
    "formatlist": 'formatlist("%099999d", range(100000))',
    "indent": r'indent(999999, join("\n", [for i in range(999) : "x"]))',
    "number in the text": "1e1000000000",
    "endless product": "*".join(["1e3000"] * 100),
    "number in a string": 'tonumber("1e999999999")',
    "parseint": f'parseint(replace({MILLION}, "x", "9"), 10)',
    "pow": "pow(10, 1000000000)",
    "setproduct": f"setproduct({', '.join(['range(10)'] * 30)})",
    "cidrsubnets": 'cidrsubnets("::/0", [for i in range(99999) : 64]...)',
    "cidrhost": 'cidrhost("::/0", 1e3000)',
    "deep JSON": 'jsondecode(join("", [for i in range(99999) : "["]))',
    "wide JSON": 'jsondecode("[${join(",", [for i in range(600000) : "[[]]"])}]")',
    "number in JSON": 'jsondecode("1e999999999")',
    "gunzip": f'base64gunzip("{GUNZIP}")',
    "regular expression": 'regexall("(x|xx)+y", join("", [for i in range(9999) : "x"]))',
    "many matches": f'regexall("", join("", [{MILLION}, {MILLION}]))',
    "repetitions": 'regex("(((a{1000}){1000}){1000})", "a")',
    "device": 'file("/dev/zero")',
    "bombs in can": "[for i in range(1000) : can(regexall("
    '"(x|xx)+y", join("", [for j in range(9999) : "x"])))]',
}
FILES = {
    "locals that double": chain('"xxxxxxxxxx"', '"${{{0}}}${{{0}}}"', 60),
    "lists that double": chain("[1]", "concat({0}, {0})", 60),
    "locals that nest": chain("[1]", "[{}]", 2_000),
    "a long chain of locals": chain("1", "{}", 20_000),
    "count": connector('name = "A"', 'address_spaces = ["*"]', "count = 1000000000"),
    "for_each": connector(
        "name = each.key",
        'address_spaces = ["*"]',
        'for_each = toset([for i in range(999999) : "x${i}"])',
    ),
    "a condition": 'variable "v" {\n  default = 1\n  validation {\n    condition = '
    "length([for a in range(99999) : [for b in range(99999) : 1 if false]]) > 1"
    '\n    error_message = "x"\n  }\n}\n',
    "many bombs": "".join(
        output("[for a in range(99999) : [for b in range(99999) : 1 if false]]").replace(
            '"o"', f'"o{i}"'
        )
        for i in range(10)
    ),
    "10 MB": "#" + "x" * 10_000_000 + "\n",
    "10 MB of mistakes": "= =\n" * 2_400_000,
    "10 MB of blocks": "a {\n" * 2_400_000,
    "10 MB of words": "locals {\n  a = [" + "1," * 4_900_000 + "]\n}\n",
    "10 MB without a line break": "a" * 9_900_000,
    "a heredoc of 10 MB": "locals {\n  a = <<E\n" + "x\n" * 4_900_000 + "}\n",
    "80,000 heredocs": "".join(f"locals {{\n  a{i} = <<E{i}\nx\n}}\n" for i in range(80_000)),
    "a long name": f"locals {{\n  a = {{ b = 1 }}\n  c = local.a.{'x' * 5_000_000}\n}}\n",
    "a long reference": output(f"var.{'x' * 5_000_000}"),
    "a long label": f'resource "send_connector" "{"x" * 5_000_000}" {{\n}}\n',
    "a long circle": "\n".join(
        ["locals {", *(f"  k{i} = local.k{(i + 1) % 5000}" for i in range(5000)), "}", ""]
    ),
    "many elements": connector(
        'name = "A"', 'address_spaces = [for i in range(900000) : "a${i}.example"]'
    ),
    "many lists": "locals {\n" + "".join(f"  b{i} = range(999999)\n" for i in range(100)) + "}\n",
    "many names": "locals {\n" + "".join(f"  k{i} = local.kk{i}\n" for i in range(20_000)) + "}\n",
}
QUIET = {
    "10 MB of empty lines": "\n" * 9_900_000,
    "10 MB of comments": "#\n" * 4_900_000,
    "10 MB in a heredoc": "locals {\n  a = <<E\n" + "x\n" * 4_900_000 + "E\n}\n",
    "10 MB of dollar signs": 'locals {\n  a = "' + "$" * 9_900_000 + '"\n}\n',
    "10 MB of escapes": 'locals {\n  a = "' + "\\\\" * 4_900_000 + '"\n}\n',
}


@pytest.mark.parametrize(
    "text", [*map(output, EXPRESSIONS.values()), *FILES.values()], ids=[*EXPRESSIONS, *FILES]
)
def test_a_bomb_is_refused_in_time_with_a_place(bench, text):
    bench.write(text)
    ended = bench.run(("validate",), hook=Limits())
    assert ended.code == 1, (ended.code, ended.out[:200], ended.err[:500])
    assert PLACE.search(ended.err)
    assert "bug in reconciler" not in ended.err
    assert len(ended.err) < 20_000


@pytest.mark.parametrize("name", QUIET)
def test_a_large_file_of_little_is_read_in_time(bench, name):
    bench.write(QUIET[name])
    ended = bench.run(("validate",), hook=Limits())
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize(
    "name", ["for in for without result", "search in for", "join", "deep JSON", "repetitions"]
)
def test_a_plan_refuses_bombs_too(bench, name):
    bench.write(output(EXPRESSIONS[name]))
    ended = bench.run(("plan",), hook=Limits())
    assert ended.code == 1
    assert PLACE.search(ended.err)
