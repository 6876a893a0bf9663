"""An estate as files: resources by type, and the import blocks that take the objects over."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reconciler.engine.estate import Draft, LeftOut, Page, Surroundings
from reconciler.engine.holdings import Holding
from reconciler.lang.format.style import canonical
from reconciler.lang.labels import label, unique
from reconciler.lang.write import quote
from reconciler.model.state import Handle
from reconciler.schema.resource_type import Can
from reconciler.views.folding import Fold, axis, folded, templated, word
from reconciler.views.written import Sketch, block, listed, placed, sketch

_REFERENCE = re.compile(r"\w+\.([\w-]+)[\[.]")
_IMPORTS = "# Once these are applied they have no more effect, and the file may go.\n"


def draft(found: Sequence[Holding], around: Surroundings) -> Draft:
    """The files for these objects, by name. What refers to another object comes after it."""
    return _Writer(found, around).run()


class _Writer:
    def __init__(self, found: Sequence[Holding], around: Surroundings) -> None:
        self._found = sorted(found, key=_is_within)
        self._around = around
        self._labels = set(around.labels)
        self._names = set(around.names)
        self._references = dict(around.references)
        self._left: list[LeftOut] = []
        self._imports: list[str] = []
        self._addresses: dict[str, Handle] = {}
        self._called = Counter(_called(one) for one in found)

    def run(self) -> Draft:
        pages = [self._page(kind, group) for kind, group in _by_type(self._found)]
        kept = sorted((page for page in pages if page.resources), key=lambda page: page.name)
        if self._imports:
            text = canonical("\n".join((_IMPORTS, *self._imports)))
            kept.append(Page(self._free("imports"), text, 0, 0))
        return Draft(tuple(kept), tuple(self._left), self._addresses)

    def _page(self, kind: str, group: Sequence[Holding]) -> Page:
        sketches = tuple(self._whole(sketch(one, self._references) for one in group))
        folds = tuple(folded(sketches))
        texts = [self._block(fold) for fold in folds]
        single = not group[0].rtype.identity
        name = self._free(kind if single else f"{kind}s") if texts else ""
        return Page(name, "\n".join(texts), len(sketches), len(folds))

    def _whole(self, sketches: Iterable[Sketch]) -> Iterator[Sketch]:
        """Those that Exchange would take as they are written."""
        for one in sketches:
            if one.broken:
                holding = one.holding
                why = " ".join(one.broken)
                self._left.append(LeftOut(holding.rtype.name, holding.identity, why))
            else:
                yield one

    def _free(self, name: str) -> str:
        """A name of a file that is not there."""
        number, found = 2, f"{name}.hcl"
        while found in self._names:
            number, found = number + 1, f"{name}_{number}.hcl"
        self._names.add(found)
        return found

    def _block(self, fold: Fold) -> str:
        holding = fold.sketch.holding
        kind = holding.rtype.name
        taken = {name for used, name in self._labels if used == kind}
        name = unique(label(_wished(fold), kind.rpartition("_")[2]), taken)
        self._labels.add((kind, name))
        for key, one in fold.members:
            index = f"[{quote(key)}]" if fold.each else ""
            self._addresses[f"{kind}.{name}{index}"] = one.holding.handle
            self._references[str(one.holding.handle)] = f"{kind}.{name}{index}.guid"
        if Can.CREATE in holding.rtype.can_on(holding.platform):
            self._imports.append(self._import(fold, f"{kind}.{name}"))
        each = (("for_each", fold.each),) if fold.each else ()
        return block(name, fold.sketch, (*each, *placed(holding, self._around.backends)))

    def _import(self, fold: Fold, address: str) -> str:
        names = [(key, quote(self._id(one.holding))) for key, one in fold.members]
        if not fold.each:
            return f"import {{\n  to = {address}\n  id = {names[0][1]}\n}}\n"
        alike = {templated(name, key) for key, name in names}
        if len(alike) == 1:
            each = f"toset({listed([quote(key) for key in fold.keys])})"
            name = alike.pop()
        else:
            each = "".join(("{\n", *(f"    {word(k)} = {n}\n" for k, n in names), "  }"))
            name = "each.value"
        return f"import {{\n  for_each = {each}\n\n  to = {address}[each.key]\n  id = {name}\n}}\n"

    def _id(self, one: Holding) -> str:
        """The name where it is the only one."""
        return one.identity if self._called[_called(one)] == 1 else str(one.handle)


def _called(one: Holding) -> tuple[str, str, str]:
    return (one.rtype.name, one.backend, one.identity.casefold())


def _is_within(one: Holding) -> bool:
    return any(attribute.within for attribute in one.rtype.attributes)


def _by_type(found: Iterable[Holding]) -> list[tuple[str, list[Holding]]]:
    groups: dict[str, list[Holding]] = defaultdict(list)
    for one in found:
        groups[one.rtype.name].append(one)
    return list(groups.items())


def _wished(fold: Fold) -> str:
    """What a label is made of: the name, with the server where that does not go without saying."""
    rtype, values = fold.sketch.holding.rtype, fold.sketch.holding.values
    server = str(values.get(axis(rtype)) or "")
    if _is_within(fold.sketch.holding):
        return " ".join(_owners(fold.sketch))
    name = " ".join(str(values[part]) for part in rtype.identity if part != axis(rtype))
    if fold.each and name:
        return name.replace(server, " ").replace(server.lower(), " ")
    short = server.partition(".")[0]
    return name if short.casefold() in name.casefold() else f"{name} {short}"


def _owners(one: Sketch) -> Iterator[str]:
    """The label of what the object belongs to, and what tells it from others there."""
    for name, text in one.rows:
        owner = _REFERENCE.match(text)
        if owner:
            yield owner[1]
        elif name in one.holding.rtype.identity and not isinstance(one.holding.values[name], bool):
            yield str(one.holding.values[name]).rpartition("\\")[2]
