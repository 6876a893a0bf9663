"""Which files expressions have read, and what they held at first sight."""

from reconciler.model.file_read import FileRead, How


class Reads:
    """A collector, shared by all scopes of one evaluation."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[tuple[How, str, str], FileRead] = {}

    def note(self, read: FileRead) -> None:
        """The first digest counts: a file that changes in between is not what was read."""
        self._found.setdefault((read.how, read.path, read.pattern), read)

    def take(self, others: "Reads") -> None:
        for read in others.all():
            self.note(read)

    def all(self) -> tuple[FileRead, ...]:
        """In the order of paths, which hangs on no order of evaluation."""
        return tuple(self._found[key] for key in sorted(self._found, key=lambda k: (k[1], *k)))
