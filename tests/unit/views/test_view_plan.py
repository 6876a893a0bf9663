import pytest
from views_samples import BEFORE, TYPES, address, change, plan, step, update

from reconciler.catalog.index import types
from reconciler.model.address import Address
from reconciler.model.plan import Action, Difference, Drift, Mode, OutputChange, Verb
from reconciler.model.state import Output
from reconciler.model.values import UNKNOWN, Sealed
from reconciler.views.palette import PLAIN, Look
from reconciler.views.plan import summary, text


def shown(made, look=PLAIN):
    return text(made, TYPES, look)


def block(made):
    """The resource block alone."""
    whole = shown(made)
    return whole[whole.index("resource ") : whole.index("\n    }")].split("\n")[1:]


def test_a_creation_lists_every_value_that_is_set():
    after = {**BEFORE, "guid": UNKNOWN, "address_spaces": ("SMTP:*;1", "SMTP:b.example;5")}
    assert shown(plan(change(Action.CREATE, None, after))) == (
        "The signs below mean:\n"
        "  + create\n"
        "\n"
        "Planned changes:\n"
        "\n"
        "  # send_connector.internet will be created\n"
        '  + resource "send_connector" "internet" {\n'
        "      + address_spaces   = [\n"
        '          + "SMTP:*;1",\n'
        '          + "SMTP:b.example;5",\n'
        "        ]\n"
        "      + enabled          = true\n"
        "      + guid             = (known after apply)\n"
        '      + max_message_size = "25MB"\n'
        '      + name             = "Internet"\n'
        "      + port             = 25\n"
        "    }\n"
        "\n"
        "Plan: 1 to add, 0 to change, 0 to destroy.\n"
    )


def test_an_update_shows_what_changes_and_folds_the_rest():
    made = plan(update(max_message_size=35 << 20, comment="New"))
    assert block(made) == [
        '      + comment          = "New"',
        '      ~ max_message_size = "25MB" -> "35MB"',
        '        name             = "Internet"',
        "        # (4 unchanged arguments hidden)",
    ]


def test_a_set_is_compared_element_by_element():
    before = {**BEFORE, "address_spaces": ("a", "b", "c")}
    after = {**BEFORE, "address_spaces": ("b", "c", "d")}
    assert block(plan(change(Action.UPDATE, before, after)))[:5] == [
        "      ~ address_spaces = [",
        '          - "a",',
        '          + "d",',
        "            # (2 unchanged elements hidden)",
        "        ]",
    ]


def test_a_set_known_only_after_apply_shows_what_it_was():
    assert block(plan(update(address_spaces=UNKNOWN)))[:3] == [
        "      ~ address_spaces = [",
        '          - "SMTP:*;1",',
        "        ] -> (known after apply)",
    ]


def test_an_argument_that_goes_away_becomes_null():
    made = plan(change(Action.UPDATE, {**BEFORE, "comment": "Old"}, BEFORE))
    assert '      - comment = "Old" -> null' in block(made)


def test_a_replacement_names_its_reason_and_the_argument_that_forces_it():
    forced = Difference("port", 25, 26, forces_replacement=True)
    made = plan(
        change(
            Action.REPLACE,
            BEFORE,
            {**BEFORE, "port": 26},
            differences=(forced,),
            reason="replace-because-cannot-update",
        )
    )
    assert "  # send_connector.internet must be replaced\n" in shown(made)
    assert "  # (because this cannot be changed in place)\n-/+ resource" in shown(made)
    assert "      ~ port = 25 -> 26 # forces replacement" in block(made)
    assert summary(made) == "Plan: 1 to add, 0 to change, 1 to destroy."


def test_a_deletion_says_why():
    at = address(key="b")
    made = plan(change(Action.DELETE, BEFORE, None, at=at, reason="delete-because-each-key"))
    assert '  # send_connector.internet["b"] will be destroyed\n' in shown(made)
    assert '  # (because key ["b"] is not in for_each)\n' in shown(made)
    assert "      - port             = 25 -> null" in block(made)


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("delete-because-no-resource-config", "because its removed block says destroy = false"),
        ("forget-because-undone", "because the run that is undone only took it over"),
        ("forget-because-lasting", "because Exchange always has it"),
        (
            "forget-because-seated",
            "because Exchange removes it only once another one has taken over",
        ),
    ],
)
def test_what_is_forgotten_says_why(reason, why):
    made = shown(plan(change(Action.FORGET, BEFORE, None, reason=reason)))
    assert f"  # ({why}; it stays in Exchange, unmanaged)\n" in made


def test_a_sensitive_value_is_never_shown():
    before, after = {**BEFORE, "comment": "s3cret"}, {**BEFORE, "comment": "s3cret2"}
    for sides in ((None, after), (before, after), (before, None)):
        made = plan(
            change(
                Action.UPDATE,
                *sides,
                before_sensitive=frozenset({"comment"}),
                after_sensitive=frozenset({"comment"}),
            )
        )
        assert "s3cret" not in shown(made)
        assert "(sensitive value)" in shown(made)


def test_a_credential_shows_its_user_and_never_its_password():
    made = plan(change(Action.CREATE, None, {"name": "X", "credential": Sealed("relay", "d1g")}))
    line = '      + credential = { username = "relay", password = (write-only) }'
    assert block(made)[0] == line


def test_a_changed_password_is_said_without_being_shown():
    before = {**BEFORE, "credential": Sealed("relay", "old")}
    after = {**BEFORE, "credential": Sealed("relay", "new")}
    line = (
        '      ~ credential = { username = "relay", password = (write-only) } # password changes'
    )
    assert block(plan(change(Action.UPDATE, before, after)))[0] == line


def test_a_secret_without_an_open_part_shows_nothing():
    made = plan(change(Action.CREATE, None, {"name": "X", "credential": Sealed("", "d1g")}))
    assert block(made)[0] == "      + credential = (write-only)"


def test_changes_are_sorted_by_address_with_numbers_in_order():
    made = plan(*(change(Action.CREATE, None, BEFORE, at=address(key=k)) for k in (10, 9, 1)))
    headings = [line for line in shown(made).split("\n") if line.startswith("  # send")]
    assert [heading.split("[")[1][:2].rstrip("]") for heading in headings] == ["1", "9", "10"]


def test_the_legend_names_only_signs_that_occur():
    made = plan(
        change(Action.CREATE_FIRST, BEFORE, BEFORE),
        change(Action.FORGET, BEFORE, None, at=address("gone")),
    )
    legend = shown(made).split("\n\n")[0].split("\n")[1:]
    assert [line.split()[0] for line in legend] == ["+/-", "."]
    assert summary(made) == "Plan: 1 to add, 0 to change, 1 to destroy."


def test_drift_is_shown_before_the_changes():
    drifted = Drift(address(), BEFORE, {**BEFORE, "port": 2525})
    made = plan(change(Action.UPDATE, {**BEFORE, "port": 2525}, BEFORE), drift=(drifted,))
    assert shown(made).startswith(
        "Objects have changed outside of reconciler since the last apply:\n"
        "\n"
        "  # send_connector.internet has changed\n"
        '  ~ resource "send_connector" "internet" {\n'
        '        name = "Internet"\n'
        "      ~ port = 25 -> 2525\n"
        "        # (4 unchanged arguments hidden)\n"
        "    }\n"
        "\n"
        "The signs below mean:\n"
    )


def test_an_object_removed_outside_is_named():
    made = plan(drift=(Drift(address(), BEFORE, None),))
    assert "  # send_connector.internet is gone\n" in shown(made)
    assert block(made) == ['      - name = "Internet" -> null']


def test_outputs_show_their_change():
    old, new = Output("a", "string"), Output(["a", {"b c": 2}], "dynamic")
    secret = Output("s3cret", "string", sensitive=True)
    made = plan(
        outputs=(
            OutputChange("z", Action.CREATE, None, new),
            OutputChange("guid", Action.UPDATE, old, None, known=False),
            OutputChange("key", Action.DELETE, secret, None),
            OutputChange("same", Action.NO_OP, old, old),
        )
    )
    assert shown(made) == (
        "Changes to Outputs:\n"
        '  ~ guid = "a" -> (known after apply)\n'
        "  - key  = (sensitive value) -> null\n"
        "  + z    = [\n"
        '      "a",\n'
        "      {\n"
        '        "b c" = 2\n'
        "      },\n"
        "    ]\n"
        "\n"
        "Applying this only brings the state up to date.\n"
    )


def test_no_changes_is_one_sentence_for_each_mode():
    first = [shown(plan(mode=mode)).split("\n")[0] for mode in Mode]
    assert first == [
        "No changes. Exchange matches the configuration.",
        "No changes. There is nothing to destroy.",
        "No changes. Exchange is as the state remembers it.",
        "No changes. There is nothing to undo.",
    ]


def test_a_refresh_that_found_drift_says_what_applying_does():
    drift = (Drift(address(), BEFORE, {**BEFORE, "port": 1}),)
    made = plan(mode=Mode.REFRESH_ONLY, drift=drift, steps=(step(Verb.RECORD),))
    assert shown(made).endswith("Applying this only brings the state up to date.\n")


def test_the_same_plan_gives_the_same_text_whatever_the_order():
    changes = [change(Action.CREATE, None, BEFORE, at=address(n)) for n in ("b", "a", "c")]
    assert shown(plan(*changes)) == shown(plan(*reversed(changes)))


def test_a_hostile_value_or_key_does_not_reach_the_terminal():
    evil = "\x1b[2J\u202e\nPlan: 0 to add"
    made = plan(change(Action.CREATE, None, {**BEFORE, "name": evil}, at=address(key=evil)))
    assert not {"\x1b", "\u202e"} & set(shown(made))
    assert shown(made).count("\nPlan: ") == 1


def test_a_type_that_is_unknown_here_is_shown_as_its_values_stand():
    made = plan(
        change(Action.CREATE, None, {"input": ("a", 1), "on": True}, at=Address("other", "x"))
    )
    assert block(made) == [
        "      + input = [",
        '          + "a",',
        "          + 1,",
        "        ]",
        "      + on    = true",
    ]


def test_colour_marks_signs_and_carries_no_meaning_alone():
    made = plan(update(port=26))
    colored = shown(made, Look(color=True))
    assert "      \x1b[33m~\x1b[0m port = 25 -> 26\n" in colored
    for code in ("\x1b[33m", "\x1b[1m", "\x1b[0m"):
        colored = colored.replace(code, "")
    assert colored == shown(made)


def test_a_sensitive_argument_that_is_not_set_stays_out_of_sight():
    before = {**BEFORE, "comment": None}
    made = plan(
        change(
            Action.UPDATE, before, {**before, "port": 1}, after_sensitive=frozenset({"comment"})
        )
    )
    assert not any("comment" in row for row in block(made))


def whole(values, action=Action.CREATE):
    """The plan of an object of a real type that comes or goes."""
    before, after = (None, values) if action is Action.CREATE else (values, None)
    return text(plan(change(action, before, after)), types(), PLAIN)


@pytest.mark.parametrize("action", [Action.CREATE, Action.DELETE])
def test_what_nearly_every_object_has_is_folded_where_one_comes_or_goes(action):
    found = whole({"name": "A", "enabled": True, "force_helo": False, "port": 2525}, action)
    assert "# (2 arguments with the default value hidden)" in found
    assert "port = 2525" in found
    assert "force_helo" not in found


def test_a_default_that_is_another_elsewhere_is_shown():
    assert "35MB" in whole({"name": "A", "max_message_size": 36700160})


def test_what_only_moves_is_told_in_one_line_and_counts_as_nothing():
    made = plan(change(Action.NO_OP, BEFORE, BEFORE, moved_from=address("old")))
    assert shown(made) == (
        "Objects that stay as they are, under a new address:\n"
        "\n"
        "  # send_connector.old has moved to send_connector.internet\n"
        "\n"
        "Plan: 0 to add, 0 to change, 0 to destroy.\n"
        "\n"
        "Applying this only brings the state up to date.\n"
    )
    assert not made.is_empty


def test_what_changes_as_well_names_where_it_was():
    lines = shown(
        plan(change(Action.UPDATE, BEFORE, {**BEFORE, "port": 26}, moved_from=address("old")))
    ).split("\n")
    at = lines.index("  # send_connector.internet will be updated in-place")
    assert lines[at + 1] == "  # (moved from send_connector.old)"


def test_what_is_let_go_says_that_it_stays():
    made = plan(change(Action.FORGET, BEFORE, None, reason="delete-because-no-resource-config"))
    assert "will be forgotten, but not destroyed" in shown(made)
    assert "it stays in Exchange, unmanaged" in shown(made)
