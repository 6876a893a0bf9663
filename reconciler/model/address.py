"""Names of resource instances: `module.emea["ams"].send_connector.out[0]`."""

import json
import re

from reconciler.model.record import dataclass

Key = str | int | None
ModulePath = tuple[tuple[str, Key], ...]
"""Module calls and their instance keys, outermost first; as declared, all keys are None."""


def _show_key(key: Key) -> str:
    return "" if key is None else f"[{json.dumps(key, ensure_ascii=False)}]"


@dataclass(frozen=True, slots=True)
class Address:
    """One instance, or without any key the resource block itself."""

    type: str
    name: str
    key: Key = None
    module: ModulePath = ()

    def __hash__(self) -> int:
        # Addresses are looked up by the dozen for every object.
        return hash((self.name, self.key, self.type, self.module))

    def __str__(self) -> str:
        path = f"{shown(self.module)}." if self.module else ""
        return f"{path}{self.type}.{self.name}{_show_key(self.key)}"

    @property
    def block(self) -> "Address":
        """The resource block: what all instances share, in all instances of its module."""
        return Address(self.type, self.name, None, declared(self.module))

    @property
    def family(self) -> "Address":
        """All instances of the block in one instance of its module."""
        return Address(self.type, self.name, None, self.module)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Modules by name, then type, name, and keys with numbers in numeric order first."""
        path = tuple((name, _key_order(key)) for name, key in self.module)
        return (path, self.type, self.name, _key_order(self.key))


def shown(module: ModulePath) -> str:
    """`module.emea["ams"].module.inner`; "" for the project itself."""
    return ".".join(f"module.{name}{_show_key(key)}" for name, key in module)


def declared(module: ModulePath) -> ModulePath:
    """The path without instance keys."""
    return tuple((name, None) for name, _ in module)


def _key_order(key: Key) -> tuple[int, int, str]:
    if key is None:
        return (0, 0, "")
    return (1, key, "") if isinstance(key, int) else (2, 0, key)


_STEP = re.compile(r"""([^\W\d][\w-]*)(?:\[(\d+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)""")


def parse(text: str) -> Address:
    """The address that `str` writes as `text`. Raises ValueError."""
    steps, at = [], 0
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            raise ValueError(text)
        steps.append((found[1], None if found[2] is None else json.loads(found[2])))
        at = found.end()
    *path, kind, named = steps if len(steps) > 1 else ((text, ""), (text, ""))
    if len(path) % 2 and path[-1] == ("data", None):
        kind = (f"data.{kind[0]}", kind[1])
        path.pop()
    modules = path[1::2]
    around = [step for module in modules for step in (("module", None), module)]
    if path != around or kind[1] is not None or text.endswith("."):
        raise ValueError(text)
    return Address(kind[0], named[0], named[1], tuple(modules))
