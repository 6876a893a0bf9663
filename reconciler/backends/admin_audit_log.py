"""The admin audit log of an Exchange, read through any transport.

Search-AdminAuditLog reference page; the names of its properties are those of its answers.
"""

from collections.abc import Mapping, Sequence

from reconciler.backends.command import Command, Record
from reconciler.backends.transports.base import Transport
from reconciler.model.audit import Deed
from reconciler.schema.resource_type import Can, ResourceType


class AdminAuditLog:
    """Safe under threads where the transport is."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def changes(self, rtype: ResourceType) -> Sequence[Deed]:
        """Newest first. Refused calls changed nothing and are left out."""
        cmdlets = tuple(f"{rtype.verbs[can]}-{rtype.noun}" for can in Can if can in rtype.verbs)
        asked = Command("Search", "AdminAuditLog", {"Cmdlets": cmdlets})
        records = [record for record in self._transport.invoke(asked) if record.get("Succeeded")]
        # Entries of one second stand in the order of the answer, which is newest first.
        return sorted(map(_deed, records), key=lambda deed: deed.time, reverse=True)


def _deed(record: Record) -> Deed:
    texts = {name: str(record.get(name) or "") for name in _TEXTS}
    return Deed(
        texts["RunDate"],
        texts["Caller"],
        texts["CmdletName"],
        texts["ObjectModified"],
        _parameters(record.get("CmdletParameters")),
    )


_TEXTS = ("RunDate", "Caller", "CmdletName", "ObjectModified")


def _parameters(given: object) -> Mapping[str, str]:
    """`["Port: 25"]` as names and values."""
    parts = [str(one).partition(": ") for one in given] if isinstance(given, list | tuple) else []
    return {name: value for name, _, value in parts}
