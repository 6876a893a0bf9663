from dataclasses import replace

from reconciler.model.diagnostic import error, warning
from reconciler.model.span import Span
from reconciler.views.diagnostics import one, text
from reconciler.views.palette import PLAIN, Look

SOURCE = 'resource "send_connector" "x" {\n  name = "X"\n  port = var.port\n}\n'
FINDING = replace(
    error("out-of-range", "Value out of range", "A port is 0 to 65535. Choose one.",
          Span("main.hcl", 3, 10, 3, 18)),
    address="send_connector.x",
    context='resource "send_connector" "x"',
    used=(("var.port", "70000"),),
)  # fmt: skip


def read(source):
    return lambda path: source if path == "main.hcl" else None


def finding_on(line, **more):
    span = Span("main.hcl", 1, 1, 1, len(line) + 1)
    return one(replace(error("x", "Wrong", "", span), **more), read(line), PLAIN)


def test_a_finding_shows_place_line_culprit_values_and_cure():
    assert text([FINDING], read(SOURCE), PLAIN) == (
        "\nError: Value out of range\n"
        "\n"
        "  with send_connector.x,\n"
        '  on main.hcl line 3, in resource "send_connector" "x":\n'
        "   3:   port = var.port\n"
        "               ^^^^^^^^\n"
        "    ├────────────────\n"
        "    │ var.port is 70000\n"
        "\n"
        "A port is 0 to 65535. Choose one.\n"
    )


def test_a_terminal_gets_a_bar_in_the_colour_of_the_severity():
    shown = text([warning("w", "Odd")], read(""), Look(color=True))
    assert shown == (
        "\x1b[1;33m╷\x1b[0m\n"
        "\x1b[1;33m│\x1b[0m \x1b[1;33mWarning:\x1b[0m \x1b[1mOdd\x1b[0m\n"
        "\x1b[1;33m╵\x1b[0m\n"
    )


def test_details_break_at_the_width_of_the_screen():
    shown = one(error("x", "Wrong", "one two three four five six"), read(""), Look(width=16))
    assert shown == "Error: Wrong\n\none two three\nfour five six\n"


def test_findings_come_in_file_order_with_errors_last():
    spans = [Span(path, line, 1, line, 2) for path, line in (("b", 1), ("a", 9), ("a", 2))]
    findings = [error("x", f"E{i}", "", span) for i, span in enumerate(spans)]
    shown = text([*findings, warning("w", "W")], read(""), PLAIN)
    assert [line[-2:] for line in shown.split("\n") if ": " in line and line[0] in "EW"] == [
        " W", "E2", "E1", "E0",
    ]  # fmt: skip


def test_the_same_finding_is_told_once():
    assert text([FINDING, FINDING], read(SOURCE), PLAIN).count("Value out of range") == 1


def test_at_most_twenty_are_shown_and_the_rest_counted():
    findings = [error("x", f"E{i}") for i in range(23)]
    shown = text([*findings, warning("w", "W")], read(""), PLAIN)
    assert shown.count("Error: ") == 20
    assert "Warning" not in shown
    assert "4 more problems not shown" in shown


def test_compact_warnings_keep_summary_and_place():
    finding = warning("w", "Odd port", "Long talk.", Span("main.hcl", 3, 1, 3, 2))
    shown = text([finding], read(SOURCE), PLAIN, compact=True)
    assert shown == (
        "\nWarnings:\n\n- Odd port\n    on main.hcl line 3\n\n"
        "Leave out -compact-warnings to read them in full.\n"
    )


def test_compact_warnings_beside_an_error_are_shown_in_full():
    findings = [warning("w", "Odd", "Long talk."), error("e", "Wrong")]
    assert "Long talk." in text(findings, read(""), PLAIN, compact=True)


def test_quoted_text_on_a_line_about_passwords_is_masked():
    shown = finding_on('  password = "hunter2" # ok')
    assert '   1:   password = "********" # ok' in shown


def test_an_unterminated_password_is_masked_too():
    assert "hunter2" not in finding_on('  Password = "hunter2')


def test_a_line_inside_a_block_about_passwords_is_masked():
    assert "hunter2" not in finding_on(
        '  default = "hunter2"', context='variable "relay_password"'
    )


def test_a_secret_without_quotes_is_masked_when_the_finding_says_so():
    assert "hunter2" not in finding_on("  default = hunter2", secret=True)
    assert "hunter2" not in finding_on("  hunter2 in a heredoc", secret=True)


def test_the_name_of_a_block_is_no_secret():
    shown = finding_on('variable "relay_password" {', secret=True)
    assert 'variable "relay_password" {' in shown


def test_control_characters_of_a_source_line_do_not_reach_the_terminal():
    shown = finding_on('  name = "\x1b[2J\u202e" # \t end')
    assert "\x1b" not in shown
    assert '\\u001b[2J\\u202e" #      end' in shown


def test_carets_stand_under_wide_letters():
    finding = error("x", "Wrong", "", Span("main.hcl", 1, 5, 1, 7))
    shown = one(finding, read("連 = xy"), PLAIN)
    assert shown.endswith("   1: 連 = xy\n           ^^\n")


def test_a_very_long_line_is_shown_around_the_culprit():
    finding = error("x", "Wrong", "", Span("main.hcl", 1, 5001, 1, 5004))
    shown = one(finding, read("a" * 5000 + "bad" + "c" * 5000), PLAIN)
    assert "abadc" in shown
    assert len(shown) < 500


def test_a_finding_in_a_file_that_cannot_be_read_still_has_its_place():
    finding = error("x", "Wrong", "", Span("gone.hcl", 3, 1, 3, 2))
    assert one(finding, read(SOURCE), PLAIN) == "Error: Wrong\n\n  on gone.hcl line 3:\n"


def test_a_summary_cannot_forge_a_second_finding():
    shown = one(error("x", "a\nError: b"), read(""), PLAIN)
    assert shown == "Error: a\\u000aError: b\n"


def test_what_is_true_of_many_instances_of_a_block_is_told_once():
    many = [replace(FINDING, address=f'send_connector.x["{key}"]') for key in "abc"]
    shown = text([*many, replace(many[0], detail="Another thing.")], read(SOURCE), PLAIN)
    assert shown.count("A port is 0 to 65535.") == 1
    assert '  with send_connector.x["a"] and 2 more of this block,\n' in shown
    assert "Another thing." in shown


def test_compact_warnings_count_the_instances_of_a_block():
    odd = warning("w", "Odd", "Why.", Span("main.hcl", 3, 10, 3, 18))
    many = [replace(odd, address=f'send_connector.x["{key}"]') for key in "abc"]
    shown = text(many, read(SOURCE), PLAIN, compact=True)
    assert shown.count("- Odd") == 1
    assert 'with send_connector.x["a"] and 2 more of this block' in shown
