"""Import blocks: which objects that exist already are to be taken over by which resource."""

from reconciler.config import form
from reconciler.config.blocks import ImportBlock
from reconciler.config.decode_moved import address, keys_without_each
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector, error

_IMPORT = form.Form(
    example='import {\n  to = send_connector.internet\n  id = "Internet"\n}',
    arguments=("to", "id", "for_each"),
    required=("to", "id"),
    hints={
        "identity": 'An object is named by one text: id = "Internet", or its GUID.',
        "provider": "The target is that of the resource. Take it out.",
    },
)


def import_(block: Block, problems: Collector) -> ImportBlock | None:
    given = form.read(block, _IMPORT, problems)
    to, identifier = given.get("to"), given.get("id")
    if to is None or identifier is None:
        return None
    found = address(to, problems)
    if found is None:
        return None
    if found.is_module or found.parts[-1].name == "*":
        problems.add(
            error(
                "invalid-address",
                "Not the address of a resource",
                "Say which resource takes the object over: to = send_connector.a, or"
                ' to = send_connector.a["key"] where it is repeated.',
                to.expr.span,
            )
        )
        return None
    each = given.get("for_each")
    if each is None:
        problems.extend(keys_without_each(found))
    return ImportBlock(found, identifier.expr, each.expr if each else None)
