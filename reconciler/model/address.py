"""Names of resource instances: `module.emea["ams"].send_connector.out[0]`."""

import json
import re

from reconciler.model.record import dataclass

Key = str | int | None


def _show_key(key: Key) -> str:
    return "" if key is None else f"[{json.dumps(key, ensure_ascii=False)}]"


@dataclass(frozen=True, slots=True)
class Address:
    """One instance, or with `key` None the resource block itself.

    `module` is a path of (name, key) pairs, outermost first.
    """

    type: str
    name: str
    key: Key = None
    module: tuple[tuple[str, Key], ...] = ()

    def __str__(self) -> str:
        path = "".join(f"module.{name}{_show_key(key)}." for name, key in self.module)
        return f"{path}{self.type}.{self.name}{_show_key(self.key)}"

    @property
    def block(self) -> "Address":
        """The address without its instance key."""
        return Address(self.type, self.name, None, self.module)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Modules by name, then type, name, and keys with numbers in numeric order first."""
        path = tuple((name, _key_order(key)) for name, key in self.module)
        return (path, self.type, self.name, _key_order(self.key))


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
    modules = path[1::2]
    around = [step for module in modules for step in (("module", None), module)]
    if path != around or kind[1] is not None or text.endswith("."):
        raise ValueError(text)
    return Address(kind[0], named[0], named[1], tuple(modules))
