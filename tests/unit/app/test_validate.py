"""What the files alone show to be wrong, and what they do not."""

from textwrap import dedent

import pytest

from reconciler.app.project import Project
from reconciler.app.validate import run

MINIMUM = 'name = "A"\naddress_spaces = ["*"]\n'


def found(folder, text):
    (folder / "main.hcl").write_text(dedent(text), encoding="utf-8")
    return run(Project(folder, "default", {}))


def codes(folder, text):
    return [one.code for one in found(folder, text)]


def block(*lines, label="a", minimum=MINIMUM):
    return f'resource "send_connector" "{label}" {{\n{minimum}' + "\n".join(lines) + "\n}\n"


def life(*lines):
    return "\n".join(("lifecycle {", *lines, "}"))


V = 'variable "v" {}\n'
HIDDEN = 'variable "s" {\nsensitive = true\ntype = number\n}\n'
EACH = "name = each.key\naddress_spaces = [each.value.space]\n"
CREDENTIAL = """
dns_routing_enabled       = false
smart_hosts               = var.v
smart_host_auth_mechanism = "BasicAuth"
authentication_credential = { username = "u", password = var.s }
"""


@pytest.mark.parametrize(
    "text",
    [
        V + block("count = var.v"),
        V + block("count = var.v ? 1 : 0") + block("count = var.v ? 0 : 1", label="b"),
        V + block("for_each = var.v", minimum=EACH) + 'output "o" { value = send_connector.a }',
        V + block("for_each = { for x in var.v : x.name => x }", "port = each.value.port"),
        V + block("for_each = toset(var.v)", life("prevent_destroy = each.value.p")),
        V + block(life("enabled = var.v")) + 'output "o" { value = send_connector.a.guid }',
        V + block(life("prevent_destroy = var.v", "create_before_destroy = var.v")),
        V + block("usage = var.v", "internal = true"),
        V + block("internal = var.v", "partner = !var.v"),
        V + block("smart_hosts = var.v"),
        V + block("dns_routing_enabled = var.v"),
        V + block("smart_hosts = var.v", "dns_routing_enabled = length(var.v) == 0"),
        V + block('smart_host_auth_mechanism = var.v ? "BasicAuth" : "None"'),
        V + block("tls_domain = var.v", "tls_auth_level = var.v", "require_tls = var.v == null"),
        V + HIDDEN + block(CREDENTIAL),
        V + HIDDEN + block("count = var.v ? var.s : 1"),
        V + HIDDEN + 'output "o" { value = var.v ? var.s : 1 }',
        V + 'output "o" { value = try(var.v.x, 1 / var.v) }',
        V + 'backend "simulated" { version = var.v }\n' + block("is_coexistence_connector = true"),
        V + 'backend "simulated" { role = var.v }\n' + block('source_ip_address = "10.0.0.1"'),
        V + block(life("precondition {\ncondition = var.v\nerror_message = var.v\n}")),
        V + block(life("postcondition {\ncondition = self.port == var.v\nerror_message = var.v\n}")),
        block()
        + block("count = send_connector.a.port", label="b").replace('"A"', '"B${count.index}"', 1),
        block() + block('comment = "see ${send_connector.a.guid}"', label="b").replace('"A"', '"B"', 1),
        block("count = 0") + 'output "o" { value = try(send_connector.a[0].guid, null) }',
        block() + block("port = send_connector.a.port + 1", label="b").replace('"A"', '"B"', 1),
        V + block() + block("name = var.v ? send_connector.a.guid : null", label="b", minimum='address_spaces = ["*"]\n'),
        'variable "v" { type = list(object({ port = number })) }\n'
        + block("count = length(var.v)", "port = var.v[count.index].port"),
        V + block("for_each = var.v", life("replace_triggered_by = [send_connector.b[each.key]]"))
        + block("for_each = var.v", label="b"),
    ],
)  # fmt: skip
def test_what_some_values_make_right_is_not_wrong(tmp_path, text):
    assert codes(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (block("port = 70000"), "number-out-of-range"),
        (V + block("count = var.v", "port = 70000"), "number-out-of-range"),
        (V + block("for_each = var.v", "port = 70000"), "number-out-of-range"),
        (V + block(life("enabled = var.v"), "port = 70000"), "number-out-of-range"),
        (block("count = -1"), "invalid-count"),
        (block('for_each = ["a"]'), "invalid-for-each"),
        (HIDDEN + block("count = var.s"), "sensitive-count"),
        (HIDDEN + block("count = local.n") + "locals { n = var.s }\n", "sensitive-count"),
        (HIDDEN + 'output "o" { value = var.s }', "sensitive-output"),
        (HIDDEN + 'output "o" { value = [1 + "x", var.s] }', "invalid-operand"),
        (block("dns_routing_enabled = false"), "missing-smart-hosts"),
        (block() + block(label="b"), "duplicate-name"),
        (block('usage = "Partner"', "internal = true"), "usage-given-twice"),
        (block("is_coexistence_connector = true"), "not-on-this-version"),
        (
            V + 'backend "simulated" {\nversion = var.v\nrole = "edge"\n}\n'
            + block('source_transport_servers = ["MBX1"]'),
            "not-on-this-role",
        ),
        (block(life("prevent_destroy = 1")), "invalid-prevent-destroy"),
        (block(life("enabled = []")), "invalid-enabled"),
        (V + block(life("replace_triggered_by = [var.v]")), "invalid-trigger"),
        (
            "locals { n = 1 }\n"
            + block(life('precondition {\ncondition = local.n > 2\nerror_message = "x"\n}')),
            "precondition-failed",
        ),
        (
            """
            locals { n = 1 }
            output "o" {
              value = 1
              precondition {
                condition     = local.n > 2
                error_message = "x"
              }
            }
            """,
            "output-precondition-failed",
        ),
        ("locals { n = upper() }\n", "not-enough-arguments"),
        ('variable "v" { type = object({ x = string }) }\nlocals { n = var.v.y }\n', "unsupported-attribute"),
        (
            block("comment = send_connector.b.guid")
            + block("comment = send_connector.a.guid", label="b"),
            "cycle",
        ),
    ],
)  # fmt: skip
def test_what_no_value_makes_right_is_wrong(tmp_path, text, code):
    assert codes(tmp_path, text) == [code]


def test_every_finding_has_a_place(tmp_path):
    text = block("port = 70000", "smart_hosts = []", life("enabled = 1")) + block(label="b")
    assert all(one.span is not None and one.detail for one in found(tmp_path, text))


def test_a_finding_of_every_platform_names_the_usual_one(tmp_path):
    text = V + 'backend "simulated" {\nversion = var.v\nrole = "edge"\n}\n'
    (one,) = found(tmp_path, text + block('source_transport_servers = ["MBX1"]'))
    assert "Exchange 2019, role edge" in one.detail


DIRECT = "dns_routing_enabled = false"


def test_a_bad_element_is_shown_where_it_is_written(tmp_path):
    text = V + block('smart_hosts = ["bad!", var.v, "10.0.0.1", "also bad!"]', DIRECT)
    first, second = found(tmp_path, text)
    assert second.span.line == first.span.line
    assert (first.span.column, second.span.column) == (16, 43)


def test_a_list_from_elsewhere_is_reported_at_the_argument(tmp_path):
    text = block("smart_hosts = local.l", DIRECT) + 'locals { l = ["bad!", "worse!"] }\n'
    assert [one.span.column for one in found(tmp_path, text)] == [15, 15]


def test_rules_that_do_not_read_a_bad_argument_still_hold(tmp_path):
    text = block("port = 70000", "dns_routing_enabled = false")
    assert sorted(codes(tmp_path, text)) == ["missing-smart-hosts", "number-out-of-range"]


def test_rules_wait_for_a_bad_argument_that_they_read(tmp_path):
    text = block("dns_routing_enabled = false", 'smart_hosts = ["bad!"]')
    assert codes(tmp_path, text) == ["invalid-smart-host"]


PASSING = 'variable "e" { ephemeral = true }\nvariable "c" { type = bool }\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (block("comment = var.e"), "ephemeral-value"),
        ('output "o" { value = var.e }\n', "ephemeral-value"),
        (block("comment = var.c ? var.e : null"), None),
        ('output "o" { value = var.c ? var.e : null }\n', None),
        (block("count = var.e"), "ephemeral-count"),
        ('output "o" {\n  value = 1\n  ephemeral = true\n}\n', "ephemeral-root-output"),
    ],
)
def test_what_is_ephemeral_in_any_case_is_not_kept(tmp_path, text, code):
    assert codes(tmp_path, PASSING + text) == ([code] if code else [])


def in_check(name, more=""):
    data = f'data "send_connector" "{name}" {{\n  name = "X"\n{more}}}\n'
    rule = f'condition = data.send_connector.{name}.port == 25\nerror_message = "m"\n'
    return f'check "{name}" {{\n{data}assert {{\n{rule}}}\n}}\n'


def test_a_source_of_a_check_is_there_for_that_check_alone(tmp_path):
    (one,) = found(tmp_path, in_check("c") + 'output "o" {value = data.send_connector.c.port}\n')
    assert (one.code, one.span.line, one.context) == ("reference-into-check", 10, 'output "o"')
    other = in_check("d", "comment = data.send_connector.c.comment\n").replace(
        "comment =", "guid ="
    )
    assert codes(tmp_path, in_check("c") + other) == ["reference-into-check"]
    assert codes(tmp_path, in_check("c") + in_check("d")) == []


EXO = 'backend "simulated" {\n  version = "EXO"\n}\n'
SOME = 'variable "v" {}\nbackend "simulated" {\n  version = var.v\n}\n'


def test_a_type_that_the_version_lacks_is_found(tmp_path):
    assert codes(tmp_path, EXO + block()) == ["type-not-on-this-version"]


def test_a_version_that_is_not_known_yet_may_be_one_that_has_the_type(tmp_path):
    assert codes(tmp_path, SOME + block()) == []


def test_versions_without_the_type_do_not_hide_its_mistakes(tmp_path):
    assert codes(tmp_path, SOME + block("port = 99999")) == ["number-out-of-range"]


def test_a_role_is_refused_of_exchange_online(tmp_path):
    text = EXO.replace("}", '  role = "edge"\n}')
    assert codes(tmp_path, text) == ["setting-not-on-this-version"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            block('portt = 1\nport = "abc"\nmax_message_size = "2GB"'),
            ["unsupported-argument", "not-a-whole-number", "size-out-of-range"],
        ),
        (
            block("comment = var.none") + block('smart_hosts = ["http://x"]', label="b"),
            ["undeclared-variable", "invalid-smart-host"],
        ),
        # The rules of a block without such mistakes, but of no other.
        (
            block("dns_routing_enabled = false", "smart_host = []")
            + block(
                "dns_routing_enabled = false", label="b", minimum=EACH.replace("each.key", '"B"')
            ),
            ["unsupported-argument", "reference-not-allowed"],
        ),
        (
            "locals { a = local.b }\n" + block("require_tls = true", "ignore_starttls = true"),
            ["undeclared-local-value", "require-tls-with-ignore-starttls"],
        ),
        ("oops = [\n" + block("port = 70000"), ["missing-comma", "number-out-of-range"]),
        (
            block("port = 70000", minimum=""),
            ["missing-argument", "number-out-of-range"],
        ),
    ],
)
def test_wrong_values_are_told_beside_other_mistakes(tmp_path, text, expected):
    assert codes(tmp_path, text) == expected
