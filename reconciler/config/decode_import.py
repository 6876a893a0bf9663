"""Import blocks: which object that exists already a resource is to take over."""

from dataclasses import replace

from reconciler.config import form
from reconciler.config.blocks import ImportBlock
from reconciler.lang.syntax import Block, Expr, GetAttr, Index, Literal, Name, Text
from reconciler.model.address import Address, Key
from reconciler.model.diagnostic import Collector, error

_IMPORT = form.Form(
    example='import {\n  to = send_connector.internet\n  id = "Internet"\n}',
    arguments=("to", "id"),
    required=("to", "id"),
)


def import_(block: Block, problems: Collector) -> ImportBlock | None:
    given = form.read(block, _IMPORT, problems)
    to, identifier = given.get("to"), given.get("id")
    if to is None or identifier is None:
        return None
    address = _address(to.expr)
    if address is None:
        problems.add(
            error(
                "invalid-import-target",
                "Not the address of a resource",
                "Say which resource takes the object over: to = send_connector.a, or"
                ' to = send_connector.a["key"] where it is repeated.',
                to.expr.span,
            )
        )
        return None
    return ImportBlock(address, identifier.expr, to.expr.span)


def _address(expr: Expr) -> Address | None:
    """`type.name`, `type.name[0]` or `type.name["key"]`."""
    match expr:
        case Index(of=of, key=key):
            found, at = _address(of), _key(key)
            return None if found is None or at is None else replace(found, key=at)
        case GetAttr(of=Name(name=kind), name=name):
            return Address(kind, name)
        case _:
            return None


def _key(expr: Expr) -> Key:
    match expr:
        case Text(value=text):
            return text
        case Literal(value=int(number)) if not isinstance(number, bool):
            return number
        case _:
            return None
