"""From a folder to a Configuration: which files there are, read, parsed, overridden, decoded.

`load` alone touches the disk. Every problem of every file is reported, in the order of the text.
"""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reconciler.config import files, lock, sources
from reconciler.config.around import with_context
from reconciler.config.blocks import Configuration
from reconciler.config.decode import decode
from reconciler.config.merge import overridden
from reconciler.config.modules import grown
from reconciler.config.sources import Ground
from reconciler.config.suggest import did_you_mean
from reconciler.lang import text_file
from reconciler.lang.parse import parse
from reconciler.lang.syntax import Argument, Block, Body
from reconciler.model.diagnostic import Collector, Diagnostic, error, in_order
from reconciler.model.span import Span

_EXAMPLE = (
    "Write for example a file main.hcl with:\n"
    'resource "send_connector" "internet" {\n  name           = "Internet"\n'
    '  address_spaces = ["*"]\n}'
)


def load(root: Path, problems: Collector) -> Configuration:
    """The configuration in `root`; where something is wrong, as much of it as makes sense."""
    own = Collector()
    with _collector_off():
        found = _folder(Ground(root, "."), own)
        pins = lock.read(root, own) if found.modules else {}
        found = grown(found, lambda place: _folder(place, own), pins, own)
    problems.extend(in_order(own))
    return _with_all_texts(found)


def load_instead(
    project: Configuration, source: str, span: Span, problems: Collector
) -> Configuration | None:
    """The folder that `source` means for the project, in the project's place and with its
    backends; None where there is no such folder.
    """
    own = Collector()
    pins = lock.read(project.root, own)
    here = Ground(project.root.resolve(), ".")
    place = sources.found(source, span, here, project.root, pins)
    if isinstance(place, Diagnostic):
        problems.add(place)
        return None
    with _collector_off():
        body = replace(_folder(place, own), root=project.root, backends=project.backends)
        body = grown(body, lambda inner: _folder(inner, own), pins, own, place)
    problems.extend(in_order(own))
    return _with_all_texts(body)


def together(
    project: Configuration, texts: Mapping[str, str], problems: Collector
) -> Configuration:
    """The project as if `texts` (by path), with resources and import blocks, were files of it."""
    more = configuration(project.root, texts, problems)
    everything = dict(sorted({**project.texts, **texts}.items()))
    return replace(
        project,
        resources=(*project.resources, *more.resources),
        imports=(*project.imports, *more.imports),
        texts=everything,
        digest=_digest(everything),
    )


def _with_all_texts(found: Configuration) -> Configuration:
    if not found.children:
        return found
    texts = {name: text for one in found.whole() for name, text in one.texts.items()}
    return replace(found, texts=texts, digest=_digest(texts))


def _folder(place: Ground, problems: Collector) -> Configuration:
    """The configuration of one folder, its modules aside."""
    before = len(problems.found)
    texts = _texts(place, problems)
    whole = len(problems.found) == before
    found = configuration(place.folder, texts, problems)
    return replace(found, folder=place.shown, complete=whole and found.complete)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Nothing made here is garbage, and looking for it costs more than making it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def configuration(root: Path, texts: Mapping[str, str], problems: Collector) -> Configuration:
    """The configuration that `texts` (by path) are, without a look at the disk."""
    before = len(problems.errors)
    blocks: list[Block] = []
    overriding: list[Block] = []
    for name, text in texts.items():
        own = Collector()
        body = _parsed(text, name, own)
        if own.found:
            problems.extend(with_context(own, text))
        else:  # beside a mistake in the syntax they may stand in a block after all
            problems.extend(_stray(argument) for argument in body.arguments)
        (overriding if files.is_override(name) else blocks).extend(body.blocks)
    complete = len(problems.errors) == before
    found = decode(root, overridden(blocks, overriding, problems), problems)
    return replace(found, texts=texts, digest=_digest(texts), complete=complete)


def _parsed(text: str, name: str, problems: Collector) -> Body:
    if name.endswith(".json"):
        # Most projects have no JSON, and need not wait for its reader.
        from reconciler.config import shapes  # noqa: PLC0415 (see above)
        from reconciler.lang.jsonfile import parse as jsonfile  # noqa: PLC0415 (see above)

        return jsonfile.parse(text, name, shapes.FILE, problems)
    return parse(text, name, problems)


def _texts(place: Ground, problems: Collector) -> Mapping[str, str]:
    root, prefix = place.folder, "" if place.shown == "." else f"{place.shown}/"
    before = len(problems.found)
    names = files.names(root, problems)
    chosen = tuple(files.configuration_files(names))
    if not chosen and len(problems.found) == before:
        problems.add(_nothing(root, names))
    texts, total = {}, 0
    for name in chosen:
        shown, inside = prefix + text_file.shown(name), place.package or root
        if (text := text_file.read(root / name, shown, problems, inside=inside)) is not None:
            texts[shown] = text
            total += len(text)
        if total > files.MAX_TOTAL:
            problems.add(_too_much(shown))
            break
    return texts


def _nothing(root: Path, names: Iterable[str]) -> Diagnostic:
    hint = ""
    if any(name.endswith((".tf", ".tf.json")) for name in names):
        hint = " There are .tf files: files of reconciler end in .hcl, and describe other things."
    return error(
        "no-configuration",
        "No configuration",
        f"There is no .hcl file in {text_file.shown(str(root.absolute()))}.{hint} {_EXAMPLE}",
    )


def _too_much(name: str) -> Diagnostic:
    return error(
        "configuration-too-large",
        "Configuration is too large",
        f"With {name}, the files of this folder exceed {files.MAX_TOTAL // 1_000_000} MB, the most that"
        " is read. Split the project, or repeat resources with for_each.",
        text_file.start(name),
    )


def _stray(argument: Argument) -> Diagnostic:
    cure = did_you_mean(
        argument.name,
        ("locals",),
        f"Put it into a block, such as locals {{ {argument.name} = … }}",
    )
    return error(
        "unknown-argument",
        "Argument outside a block",
        f'"{argument.name}" stands outside of all blocks, where no arguments may be. {cure}',
        argument.name_span,
    )


def _digest(texts: Mapping[str, str]) -> str:
    """SHA-256 over names and texts, with lengths, so that no two sets of files run together."""
    digest = hashlib.sha256()
    for name, text in texts.items():
        for part in (name, text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % len(data))
            digest.update(data)
    return digest.hexdigest()
