"""What to say of a document that is JSON but not what a configuration holds."""

from collections.abc import Iterator

from reconciler.lang.jsonfile.document import Object, String
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.span import Span


def repeated(node: Object) -> Iterator[Diagnostic]:
    """An error for each member whose name an earlier one has."""
    first: dict[str, String] = {}
    for name, _ in node.members:
        known = first.setdefault(name.value, name)
        if known is not name:
            yield twice(name, known)


def twice(name: String, first: String) -> Diagnostic:
    return error(
        "duplicate-argument",
        "Argument given twice",
        f'"{name.value}" already has a value in line {first.span.line}, column'
        f" {first.span.column}. Remove one of the two.",
        name.span,
    )


def no_object(span: Span) -> Diagnostic:
    return error(
        "object-expected",
        "Object expected",
        "Blocks are written as objects in JSON, or as arrays of objects where there are several."
        " Write one here, in braces.",
        span,
    )


def no_values(span: Span) -> Diagnostic:
    return error(
        "object-expected",
        "Object expected",
        "A file of values is one object, with the names of variables and their values. Write"
        " one, in braces.",
        span,
    )


def no_label(type_: str, span: Span) -> Diagnostic:
    return error(
        "wrong-labels",
        "Wrong number of labels",
        f"Labels of {type_} blocks are the names of objects inside each other in JSON, and"
        f' one is missing here. Add it, or take "{type_}" out where there is no such block.',
        span,
    )


def no_name(name: String) -> Diagnostic:
    return error(
        "invalid-name",
        "Invalid name",
        f'"{name.value}" is not a name. A name starts with a letter or an underscore and holds only'
        " letters, digits, underscores and dashes. Choose another one.",
        name.span,
    )


def no_template(span: Span) -> Diagnostic:
    return error(
        "not-a-reference",
        "A reference is needed",
        "The text is the reference, type or keyword itself here, and not a template with one in"
        " it. Take ${ and } away.",
        span,
    )
