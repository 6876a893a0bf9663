"""Random fleets of valid connectors in many spellings, and a project in a folder to try them on."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from reconciler.app import apply, inspect, planning
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.backends.open import open_backend
from reconciler.catalog.index import types
from reconciler.model.plan import Mode, Plan
from reconciler.schema.literal import quote

RTYPE = types()["send_connector"]
PASSWORDS = {"p0": "hush-4f6a0d71", "p1": 'hu"sh\\$${4f6a0d72'}
HIDDEN = ("4f6a0d71", "4f6a0d72")
Spellings = tuple[str, ...]
"""HCL expressions of one value; "" stands for no line at all."""


def bracket(items: Iterable[str]) -> str:
    return "[" + ", ".join(items) + "]"


@dataclass(frozen=True)
class Connector:
    """`arguments` by name in all their spellings; `uses` are labels of others; `first` says
    create_before_destroy.
    """

    label: str
    name: str
    arguments: Mapping[str, Spellings]
    uses: tuple[str, ...] = ()
    first: bool = False

    @property
    def address(self) -> str:
        return f"send_connector.{self.label}"

    def hcl(self, spelling: int) -> str:
        rows = [f"  name = {quote(self.name)}"]
        for number, (argument, spellings) in enumerate(self.arguments.items()):
            value = spellings[(spelling + number) % len(spellings) if spelling else 0]
            rows += [f"  {argument} = {value}"] if value else []
        used = [f"send_connector.{label}" for label in self.uses]
        if used and "comment" not in self.arguments:
            guids = " ".join(f"${{{one}.guid}}" for one in used)
            rows.append(f'  comment = "{guids}"')
        elif used:
            rows.append(f"  depends_on = {bracket(used)}")
        if self.first:
            rows.append("  lifecycle {\n    create_before_destroy = true\n  }")
        return "\n".join([f'resource "send_connector" "{self.label}" {{', *rows, "}", ""])


Fleet = tuple[Connector, ...]


def hcl(fleet: Fleet, spelling: int = 0) -> str:
    """`spelling` 0 is the first one of each value."""
    variables = "".join(f'variable "{name}" {{ sensitive = true }}\n' for name in PASSWORDS)
    outputs = 'output "names" { value = [' + ", ".join(
        f"send_connector.{c.label}.name" for c in fleet
    )
    return variables + "".join(c.hcl(spelling) for c in fleet) + outputs + "] }\n"


NASTY = "\"'`\\$%{}[]()<>|&;*?!#~ \t\n\r\x1b\u202e\u200bäß\u0301İ🦆-\u2013/.,:=@+"
texts = st.text(NASTY + "ab", max_size=24).map(lambda t: unicodedata.normalize("NFC", t))
names = texts.filter(lambda t: t.strip() and len(t) <= 40)
labels = st.sampled_from("abcdef")
hosts = st.sampled_from(["mx1.example", "MX2.example", "10.10.1.1", "fd00::1"])
domains = st.sampled_from(["a.example", "B.example", "*.c.example", "d.test", "*"])


def one_of(*values: Spellings) -> st.SearchStrategy[Spellings]:
    return st.sampled_from(values)


def _spaces(costs: Mapping[str, int]) -> Spellings:
    plain = [f'"{d}"' if cost == 1 else f'"{d};{cost}"' for d, cost in costs.items()]
    full = [f'"smtp:{d.upper()};{cost}"' for d, cost in costs.items()]
    return bracket(plain), bracket(reversed(full)), bracket([*full, *plain[:1]])


def _hosts(found: Sequence[str]) -> Spellings:
    quoted = [f'"{host}"' for host in found]
    return bracket(quoted), bracket(reversed([text.upper() for text in quoted]))


def _comment(text: str) -> Spellings:
    return (quote(text), f"format({quote('%s')}, {quote(text)})") if text else ("", "null", '""')


free = {
    "port": one_of(("", "25", '"25"', "25.0"), ("2525", '"2525"'), ("0", "-0")),
    "enabled": one_of(("", "true", '"true"'), ("false", "1 == 2")),
    "comment": texts.map(_comment),
    "protocol_logging_level": one_of(("", '"None"', '"none"'), ('"Verbose"', '"VERBOSE"')),
    "max_message_size": one_of(
        ('"35MB"', '"35 MB"', "36700160", '"35840 kb"'), ('"unlimited"', '"Unlimited"')
    ),
    "connection_inactivity_timeout": one_of(("", '"00:10:00"'), ('"1.00:00:00"',)),
    "smtp_max_messages_per_connection": one_of(("", "20"), ("5", '"5"')),
    "error_policies": one_of(
        ("", "[]", '["Default"]'),
        (
            '["DowngradeDnsFailures", "UpgradeCustomFailures"]',
            '["upgradecustomfailures", "Default", "DowngradeDnsFailures"]',
        ),
    ),
    "fqdn": one_of(("", "null"), ('"mail.example"', '"MAIL.example"')),
    "is_scoped_connector": one_of(("", "false"), ("true", '"true"')),
    "usage": one_of(("", '"Custom"', '"custom"'), ('"Partner"', '"PARTNER"')),
    "address_spaces": st.dictionaries(
        domains, st.sampled_from([1, 7, 100]), min_size=1, max_size=3
    ).map(_spaces),
}
BY_DNS = {"dns_routing_enabled": ("", "true"), "smart_hosts": ("", "[]", "null")}
NO_TLS = {"require_tls": ("", "false"), "tls_auth_level": ("", "null", '""')}


@st.composite
def deliveries(draw: st.DrawFn) -> dict[str, Spellings]:
    if draw(st.booleans()):
        return BY_DNS
    found = draw(st.lists(hosts, min_size=1, max_size=3, unique_by=str.casefold))
    arguments = {"dns_routing_enabled": ("false",), "smart_hosts": _hosts(found)}
    if draw(st.booleans()):
        password = draw(st.sampled_from(sorted(PASSWORDS)))
        arguments["smart_host_auth_mechanism"] = ('"BasicAuth"', '"basicauth"')
        arguments["authentication_credential"] = (
            f'{{ username = "u", password = var.{password} }}',
        )
    return arguments


tls = st.sampled_from(
    [
        NO_TLS,
        {"require_tls": ("true",), "tls_auth_level": ("", "null")},
        {"require_tls": ("true",), "tls_auth_level": ('"EncryptionOnly"', '"encryptiononly"')},
        {
            "require_tls": ("true",),
            "tls_auth_level": ('"DomainValidation"',),
            "tls_domain": ('"*.x.example"', '"*.X.example"'),
        },
    ]
)


@st.composite
def connectors(draw: st.DrawFn) -> Connector:
    chosen = draw(st.sets(st.sampled_from(sorted(free)), max_size=5)) | {"address_spaces"}
    arguments = {name: draw(free[name]) for name in sorted(chosen)}
    return Connector(draw(labels), draw(names), {**arguments, **draw(deliveries()), **draw(tls)})


@st.composite
def fleets(draw: st.DrawFn) -> Fleet:
    found = draw(
        st.lists(
            connectors(),
            max_size=4,
            unique_by=(lambda c: c.label, lambda c: c.name.casefold().strip()),
        )
    )
    return _linked(draw, found)


def _linked(draw: st.DrawFn, found: Sequence[Connector]) -> Fleet:
    """Each may use some of those before it."""
    earlier = [[other.label for other in found[:n]] for n in range(len(found))]
    return tuple(
        replace(c, uses=tuple(sorted(draw(st.sets(st.sampled_from(before)))) if before else ()))
        for c, before in zip(found, earlier, strict=True)
    )


@st.composite
def edited(draw: st.DrawFn, fleet: Fleet) -> Fleet:
    """Another fleet; some connectors stay, some change names with each other."""
    other = {c.label: c for c in draw(fleets())}
    kept = {c.label: c for c in fleet if c.label not in other or draw(st.booleans())}
    mixed = {**other, **kept}
    taken = draw(st.permutations([c.name for c in mixed.values()]))
    both = [replace(c, name=n) for c, n in zip(mixed.values(), taken, strict=True)]
    folded = [c.name.casefold().strip() for c in both]
    return _linked(draw, [c for n, c in enumerate(both) if folded[n] not in folded[:n]])


@dataclass
class Folder:
    """A project with a simulated Exchange; `seen` are all plans and events that came of it."""

    root: Path
    seen: list[object] = field(default_factory=list)

    @property
    def project(self) -> Project:
        given = {f"RECONCILER_VAR_{name}": value for name, value in PASSWORDS.items()}
        return Project(self.root, "default", given)

    def write(self, text: str) -> None:
        (self.root / "main.hcl").write_text(text, encoding="utf-8", newline="\n")

    def plan(self, **options: object) -> Plan:
        made = planning.make(self.project, Options(**options), self.seen.append)
        self.seen.append(made)
        return made

    def apply(self, text: str, mode: Mode = Mode.NORMAL, again: Iterable[str] = ()) -> None:
        """Everything that the plan says comes about; `again` are addresses to replace."""
        self.write(text)
        tally = apply.run(
            self.project,
            Options(mode=mode, replace=tuple(again)),
            self.seen.append,
            plan_file=None,
            approve=lambda plan: self.seen.append(plan) is None,
        )
        assert tally is None or (tally.failed, tally.skipped, tally.not_started) == (0, 0, 0)

    @contextmanager
    def exchange(self):
        backend = open_backend("simulated", {}, root=self.root, environment={}, user="another")
        try:
            yield backend
        finally:
            backend.close()

    def there(self) -> set[str]:
        """The handles of all objects in Exchange."""
        with self.exchange() as backend:
            return set(backend.list(RTYPE))

    def names(self) -> set[str]:
        with self.exchange() as backend:
            return {str(values["name"]) for values in backend.list(RTYPE).values()}

    @property
    def handles(self) -> dict[str, str]:
        """By address."""
        return {str(row.address): row.handle for row in inspect.state(self.project).instances}

    def meddle(self, ways: Sequence[str]) -> None:
        """Another admin changes each object in one of `ways`, and makes one."""
        with self.exchange() as backend:
            there = backend.list(RTYPE)
            by_name = sorted(there, key=lambda handle: str(there[handle]["name"]))
            for way, handle in zip(ways, by_name, strict=False):
                match way:
                    case "delete":
                        backend.delete(RTYPE, handle)
                    case "rename":
                        backend.update(RTYPE, handle, {"name": f"renamed {handle}"})
                    case "edit":
                        backend.update(RTYPE, handle, {"port": 4, "comment": "by hand"})
            backend.create(
                RTYPE, {"name": "a stranger's", "address_spaces": ("SMTP:s.example;1",)}
            )

    def bytes(self) -> bytes:
        files = sorted(p for p in self.root.rglob("*") if p.is_file())
        return b"".join(path.read_bytes() for path in files)


@contextmanager
def folder():
    with TemporaryDirectory() as root:
        yield Folder(Path(root))
