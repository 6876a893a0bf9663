"""No byte that is written, shown or logged holds a password, whatever goes wrong around it."""

import sys
from base64 import b64encode

import pytest
from fault_bench import APPLY, DESTROY, PLAN, At, Bench, connector, die_at, hasty

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

SESAME = "0p3n-Se\u00e5ame"
OTHER = "an0ther-0ne"
LOCKED = 'variable "sesame" {\n  sensitive = true\n}\n' + connector(
    "a",
    "A",
    "dns_routing_enabled = false",
    'smart_hosts = ["mx.example"]',
    "require_tls = true",
    'smart_host_auth_mechanism = "BasicAuthRequireTLS"',
    'authentication_credential = {\n    username = "relay-user"\n    password = var.sesame\n  }',
)
LINES = (
    PLAN,
    ("plan", "-json"),
    ("plan", "-out=p"),
    ("show", "p"),
    ("show", "-json", "p"),
    APPLY,
    PLAN,
    ("show", "-json"),
    ("state", "show", "send_connector.a"),
    ("state", "list"),
    ("output", "-json"),
    ("graph",),
    ("sim", "Get-SendConnector", "-json"),
    ("sim", "Search-AdminAuditLog", "-json"),
    ("validate", "-json"),
)


def assert_kept_secret(bench: Bench, *secrets: str, marker: bytes = b"relay-user") -> None:
    """The project, the cache, and all that was printed lie below one folder."""
    files = [path for path in bench.root.parent.rglob("*") if path.is_file()]
    written = b"\0".join(path.read_bytes() for path in files)
    assert marker in written
    for secret in secrets or (SESAME, OTHER):
        for spelling in (secret.encode(), secret.encode("utf-16-le"), repr(secret).encode()):
            assert spelling.strip(b"'") not in written


@pytest.mark.parametrize("level", ["", "debug", "trace"])
def test_no_command_writes_or_shows_a_password(bench, level):
    bench.write(LOCKED)
    given = {"RECONCILER_VAR_sesame": SESAME, "RECONCILER_LOG": level}
    ended = [bench.run(line, **given).code for line in LINES]
    assert set(ended) <= {0, 2}, list(zip(LINES, ended, strict=True))
    assert bench.run(APPLY, RECONCILER_VAR_sesame=OTHER, RECONCILER_LOG=level).code == 0
    assert bench.run(("apply", "p"), RECONCILER_VAR_sesame=OTHER).code == 1
    assert_kept_secret(bench)
    assert bench.run(DESTROY, **given).code == 0
    assert_kept_secret(bench)


@pytest.mark.parametrize("effect", ["permanent", "lost-call", "transient", "lost-answer", "edit"])
def test_no_failure_tells_a_password(bench, effect):
    bench.write(LOCKED)
    given = {"RECONCILER_VAR_sesame": SESAME, "RECONCILER_LOG": "debug"}
    bench.run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS=f"New-*#1={effect}", **given)
    bench.run((*APPLY, "-json"), hook=hasty, RECONCILER_SIM_FAULTS=f"*-Send*={effect}", **given)
    given["RECONCILER_VAR_sesame"] = OTHER
    bench.run((*APPLY, "-json"), hook=hasty, RECONCILER_SIM_FAULTS=f"Set-*={effect}", **given)
    assert_kept_secret(bench)


def test_no_bug_tells_a_password(bench):
    """What fails unexpectedly may have the password among its words."""
    bench.write(LOCKED)
    given = {"RECONCILER_VAR_sesame": SESAME, "RECONCILER_LOG": "debug"}
    for number in (13, 19, 21, 24):
        ended = bench.run(APPLY, hook=At(number, fail), **given)
        assert ended.code in (0, 1, 4)
        assert SESAME not in ended.out + ended.err
    assert_kept_secret(bench)


def fail() -> None:
    raise ValueError(SESAME)


@pytest.mark.parametrize("number", [15, 19, 23])
def test_no_killed_run_leaves_a_password_behind(bench, number):
    bench.write(LOCKED)
    given = {"RECONCILER_VAR_sesame": SESAME}
    assert bench.run(APPLY, hook=die_at(number), **given).code != 0
    assert_kept_secret(bench)
    assert bench.run(APPLY, PLAN, **given).code == 0


def test_a_kill_while_a_password_changes_ends_with_the_one_that_is_wanted(bench):
    """Nobody can read it back: it is written again, and going back to the old one is a change."""
    bench.write(LOCKED)
    bench.run(APPLY, RECONCILER_VAR_sesame=SESAME)
    for number in range(10, 40):
        bench.run(APPLY, hook=die_at(number), RECONCILER_VAR_sesame=OTHER)
        if bench.state().intents:
            break
    sent = len(bench.calls())
    assert bench.run(PLAN, RECONCILER_VAR_sesame=SESAME).code == 2
    assert bench.run(APPLY, PLAN, RECONCILER_VAR_sesame=SESAME).code == 0
    assert bench.calls()[sent:] == ["Set-SendConnector A"]
    assert bench.run(PLAN, RECONCILER_VAR_sesame=SESAME).code == 0


def test_a_password_in_a_values_file_stays_there(bench):
    bench.write(LOCKED)
    values = bench.root / "reconciler.vars.hcl"
    values.write_text(f'sesame = "{SESAME}"\n', encoding="utf-8")
    assert bench.run(APPLY, PLAN, RECONCILER_LOG="trace").code == 0
    values.unlink()
    assert_kept_secret(bench)


def edge_file(secret: str) -> str:
    """What an Edge server writes, in Base64."""
    text = f"<EdgeServerName>EDGE1</EdgeServerName><ESRAPassword>{secret}</ESRAPassword>"
    return b64encode(text.encode()).decode("ascii")


@pytest.mark.parametrize("level", ["", "trace"])
def test_no_command_writes_or_shows_a_file_with_credentials(bench, level):
    bench.write(
        'variable "file" {\n  sensitive = true\n}\nresource "edge_subscription" "e" {\n  site = "Ams"\n'
        "  file_data = var.file\n}\n"
    )
    lines = [
        *(line for line in LINES if line[-1] != "send_connector.a"),
        ("state", "show", "edge_subscription.e"),
        ("sim", "Get-EdgeSubscription", "-json"),
    ]
    first, second = edge_file(SESAME), edge_file(OTHER)
    given = {"RECONCILER_VAR_file": first, "RECONCILER_LOG": level}
    ended = [bench.run(line, **given).code for line in lines]
    assert set(ended) <= {0, 2}, list(zip(lines, ended, strict=True))
    assert bench.run(PLAN, RECONCILER_VAR_file=second, RECONCILER_LOG=level).code == 2
    assert bench.run(APPLY, PLAN, RECONCILER_VAR_file=second, RECONCILER_LOG=level).code == 0
    assert_kept_secret(bench, first, second, SESAME, OTHER, marker=b"EDGE1")
    assert bench.run(DESTROY, **given).code == 0
    assert_kept_secret(bench, first, second, SESAME, OTHER, marker=b"EDGE1")
