"""A backend made of cmdlets: it speaks to any Exchange through a transport.

Knows how a resource type becomes New-, Set-, Get- and Remove- calls and what their answers mean;
refuses to know what carries them. An object is found by listing and filtering: Get with the name of
one that does not exist writes an error to the server's event log, and with none answers everything.
"""

from collections.abc import Mapping, Sequence

from reconciler.backends.base import (
    NOT_FOUND,
    BackendError,
    Capabilities,
    Found,
    Outcome,
)
from reconciler.backends.command import Command, Parameter, Record
from reconciler.backends.transports.base import Transport
from reconciler.model.record import dataclass
from reconciler.model.state import Handle
from reconciler.model.values import Values
from reconciler.schema.decode import decode, encode
from reconciler.schema.resource_type import ResourceType


@dataclass(frozen=True, slots=True)
class CallSettings:
    """Parameters that every call carries. `confirm` None: only Remove says that it is sure."""

    domain_controller: str = ""
    force: bool = False
    what_if: bool = False
    confirm: bool | None = None

    def parameters(self, verb: str) -> dict[str, Parameter]:
        """Those of them that a cmdlet with this verb takes."""
        found: dict[str, Parameter] = {}
        if self.domain_controller:
            found["DomainController"] = self.domain_controller
        if verb == "Get":
            return found
        if self.confirm is not None or verb == "Remove":
            found["Confirm"] = bool(self.confirm)
        if self.force and verb != "Remove":
            found["Force"] = True
        if self.what_if:
            found["WhatIf"] = True
        return found


def _handle(record: Record, cmdlet: str) -> Handle:
    guid = record.get("Guid")
    if not isinstance(guid, str) or not guid:
        raise BackendError(
            Outcome.UNKNOWN, f"{cmdlet} answered an object without a GUID.", "unreadable-answer"
        )
    return Handle(guid.lower())


class ExchangeBackend:
    """Safe under threads where the transport is."""

    def __init__(
        self,
        transport: Transport,
        capabilities: Capabilities,
        settings: CallSettings = CallSettings(),
    ) -> None:
        self.capabilities = capabilities
        self._transport = transport
        self._settings = settings

    def list(self, rtype: ResourceType) -> Mapping[Handle, Values]:
        return {
            found.handle: found.values
            for found in (self._found(rtype, record) for record in self._get(rtype))
        }

    def find(self, rtype: ResourceType, identity: str) -> tuple[Found, ...]:
        wanted = identity.casefold()
        return tuple(
            self._found(rtype, record)
            for record in self._get(rtype)
            if str(record.get("Identity")).casefold() == wanted
        )

    def read(self, rtype: ResourceType, handle: Handle) -> Found | None:
        try:
            records = self._get(rtype, handle)
        except BackendError as error:
            if error.code == NOT_FOUND:
                return None
            raise
        # An identity that Exchange does not understand may be answered with everything.
        same = (r for r in records if str(r.get("Guid")).lower() == handle.lower())
        return next((self._found(rtype, record) for record in same), None)

    def create(self, rtype: ResourceType, values: Values) -> Found:
        parameters = encode(rtype, values, self.capabilities.platform, creating=True)
        records = self._change("New", rtype, parameters)
        if len(records) != 1:
            raise BackendError(
                Outcome.UNKNOWN,
                f"New-{rtype.noun} answered {len(records)} objects instead of one.",
                "unreadable-answer",
            )
        return self._found(rtype, records[0])

    def update(self, rtype: ResourceType, handle: Handle, values: Values) -> Found:
        parameters = encode(rtype, values, self.capabilities.platform)
        self._change("Set", rtype, {"Identity": handle, **parameters})
        try:
            found = self.read(rtype, handle)
        except BackendError as error:
            raise BackendError(
                Outcome.UNKNOWN,
                f"Set-{rtype.noun} was carried out but not read back. {error.message}",
                error.code,
            ) from error
        if found is None:
            raise BackendError(
                Outcome.UNKNOWN, f"The {rtype.noun} vanished while it was changed.", "vanished"
            )
        return found

    def delete(self, rtype: ResourceType, handle: Handle) -> None:
        try:
            self._change("Remove", rtype, {"Identity": handle})
        except BackendError as error:
            if error.code != NOT_FOUND:
                raise

    def close(self) -> None:
        self._transport.close()

    def _found(self, rtype: ResourceType, record: Record) -> Found:
        values = decode(rtype, record, self.capabilities.platform)
        return Found(_handle(record, f"Get-{rtype.noun}"), values)

    def _get(self, rtype: ResourceType, handle: Handle | None = None) -> Sequence[Record]:
        parameters = self._settings.parameters("Get")
        if handle is not None:
            parameters["Identity"] = str(handle)
        return self._transport.invoke(Command("Get", rtype.noun, parameters))

    def _change(
        self, verb: str, rtype: ResourceType, parameters: Mapping[str, Parameter]
    ) -> Sequence[Record]:
        extra = self._settings.parameters(verb)
        answer = self._transport.invoke(Command(verb, rtype.noun, {**parameters, **extra}))
        if self._settings.what_if:
            raise BackendError(
                Outcome.PERMANENT,
                f"{verb}-{rtype.noun} would succeed, but what_if is set in the backend block, so "
                "nothing was changed. Remove it to apply.",
                "what-if",
            )
        return answer
