"""JSON text to syntax: the module that everyone else calls. Never raises on bad input."""

from reconciler.lang import cache
from reconciler.lang.jsonfile.body import root
from reconciler.lang.jsonfile.read import read
from reconciler.lang.jsonfile.shape import Shape
from reconciler.lang.parse import fits
from reconciler.lang.syntax import Body
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span


def parse(text: str, path: str, shape: Shape, problems: Collector) -> Body:
    """The blocks of a file, which `shape` tells from arguments. What is wrong goes to `problems`,
    each with its place, and what is right comes out all the same.
    """
    nothing = Body((), (), Span(path, 1, 1, 1, 1))
    if not fits(text, path, problems):
        return nothing
    key = f"{shape}\0{text}"
    kept = cache.find(key, path)
    if kept is not None:
        return kept
    own = Collector()
    document = read(text, path, own)
    body = nothing if document is None else root(document, shape, own)
    problems.extend(own)
    if not own.found:
        cache.keep(key, path, body)
    return body
