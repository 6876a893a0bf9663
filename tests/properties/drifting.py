"""Random blocks in untidy layouts, and another administrator who changes what they describe."""

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from estates import PLATFORM, Thing, changed, estate

from reconciler.app import accept, apply, drift, inspect, planning
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.backends.base import BackendError
from reconciler.backends.open import open_backend
from reconciler.lang import write
from reconciler.lang.parse import parse
from reconciler.model.diagnostic import Collector
from reconciler.model.plan import Action
from reconciler.schema.canonical import canonicalise
from reconciler.schema.difference import differing

_COMMENTS = ("", "", " # why, so", " // see [1]", ' /* "a", */')


def text_of(things: tuple[Thing, ...], random: Random) -> str:
    parts = (_block(thing, random) for thing in things)
    text = "".join(f"{random.choice(('', '# about', '/* x */'))}\n{part}" for part in parts)
    return text.replace("\n", "\r\n") if random.random() < 0.2 else text


def _block(thing: Thing, random: Random) -> str:
    width = random.choice((0, 12, 30))
    names = list(thing.arguments)
    if random.random() < 0.5:
        random.shuffle(names)
    rows = [_row(name, random.choice(thing.arguments[name]), width, random) for name in names]
    meta = random.choice(("", "  lifecycle {\n    prevent_destroy = false\n  }\n"))
    return f'resource "{thing.rtype.name}" "{thing.label}" {{\n{"".join(rows)}{meta}}}\n'


def _row(name: str, raw: object, width: int, random: Random) -> str:
    above = random.choice(("", "", "\n", "  # above\n", "\n  // a\n  // b\n"))
    return f"{above}  {name:{width}} = {_value(raw, random)}{random.choice(_COMMENTS)}\n"


def _value(raw: object, random: Random) -> str:
    if not isinstance(raw, list | tuple) or not raw or random.random() < 0.4:
        return write.value(raw)
    end = random.choice((",", ""))
    rows = [f"    {write.value(item)},{random.choice(_COMMENTS)}\n" for item in raw[:-1]]
    note = random.choice(("", "    # between\n"))
    last = f"    {write.value(raw[-1])}{end}{random.choice(_COMMENTS)}\n"
    return f"[\n{note}{''.join(rows)}{last}  ]"


@dataclass
class Estate:
    root: Path
    random: Random

    @property
    def project(self) -> Project:
        return Project(self.root, "default", {})

    @property
    def text(self) -> str:
        return (self.root / "main.hcl").read_bytes().decode()

    def write(self, things: tuple[Thing, ...]) -> None:
        (self.root / "main.hcl").write_bytes(text_of(things, self.random).encode())

    def apply(self) -> None:
        apply.run(self.project, Options(), lambda _: None, plan_file=None, approve=lambda _: True)

    def drift(self, things: tuple[Thing, ...]) -> None:
        """Each object gets, as far as Exchange lets it, what others might want."""
        rows = {str(i.address): i for i in inspect.state(self.project).instances}
        backend = open_backend("simulated", {}, root=self.root, environment={}, user="another")
        try:
            for number, one in enumerate(things):
                row = rows[f"{one.rtype.name}.{one.label}"]
                other = one
                for _ in range(self.random.randrange(4)):
                    other = changed(other, self.random, 5000 + number, PLATFORM)
                raw = {name: group[0] for name, group in other.arguments.items()}
                values = canonicalise(one.rtype, raw, PLATFORM, lambda *_: None)
                names = differing(one.rtype, row.values, values)
                kinds = one.rtype.by_name
                sent = {n: values[n] for n in names if kinds[n].parameter}
                with suppress(BackendError):
                    backend.update(one.rtype, row.handle, sent)
        finally:
            backend.close()

    def drifted(self) -> dict[str, list[str]]:
        found = drift.run(self.project, (), lambda _: None).drift
        return {str(one.drift.address): [d.name for d in one.drift.differences] for one in found}

    def changes(self) -> list[tuple[str, str, list[str]]]:
        made = planning.make(self.project, Options(), lambda _: None)
        return [
            (str(c.address), c.action.value, [d.name for d in c.differences])
            for c in made.changes
            if c.action is not Action.NO_OP
        ]

    def accept(self, target: str) -> tuple[str, ...]:
        return accept.run(self.project, target, dry=False, wait=0.0).names


@contextmanager
def drifting(seed: object, size: int):
    random = Random(seed)
    things = estate(random, size)
    with TemporaryDirectory() as root:
        at = Estate(Path(root), random)
        at.write(things)
        at.apply()
        at.drift(things)
        yield at


def lines_of(text: str, address: str, names: tuple[str, ...]) -> set[int]:
    """The lines, from 0, on which the arguments stand."""
    kind, _, label = address.partition(".")
    body = parse(text, "main.hcl", Collector())
    block = next(b for b in body.blocks if b.labels == (kind, label))
    spans = [a.span for a in block.body.arguments if a.name in names]
    return {n for s in spans for n in range(s.line - 1, s.end_line)}


def touched(before: str, after: str) -> tuple[set[int], set[int]]:
    """The lines that are gone from the one, and those that are new in the other."""
    old, new = before.split("\n"), after.split("\n")
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changes = [code for code in codes if code[0] != "equal"]
    return (
        {n for _, a, b, _, _ in changes for n in range(a, b)},
        {n for _, _, _, c, d in changes for n in range(c, d)},
    )
