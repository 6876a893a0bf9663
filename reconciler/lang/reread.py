"""Whether files are still as expressions once found them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from reconciler.lang.functions.declare import FunctionError
from reconciler.lang.functions.files import fileexists, fileset, read
from reconciler.lang.scope import Scope
from reconciler.model.file_read import FileRead, How

_LEARN: Final[Mapping[How, Callable[[Scope, FileRead], object]]] = {
    How.CONTENT: lambda scope, one: read(scope, one.path),
    How.PRESENCE: lambda scope, one: fileexists.body(scope, one.path),
    How.LISTING: lambda scope, one: fileset.body(scope, one.path, one.pattern),
}


def changed(root: Path, reads: Iterable[FileRead]) -> Iterator[FileRead]:
    """Those of `reads` that would tell something else by now."""
    for one in reads:
        scope = Scope(base=root, root=root)
        with suppress(FunctionError):
            _LEARN[one.how](scope, one)
        if scope.reads.all() != (one,):
            yield one
