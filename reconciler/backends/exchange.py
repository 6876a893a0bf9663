"""A backend made of cmdlets: it speaks to any Exchange through a transport.

Knows how a resource type becomes New-, Set-, Get- and Remove- calls and what their answers mean;
refuses to know what carries them. An object is found by listing and filtering: Get with the name of
one that does not exist writes an error to the server's event log, and with none answers everything.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from reconciler.backends.base import (
    NOT_FOUND,
    BackendError,
    Capabilities,
    Found,
    Outcome,
)
from reconciler.backends.command import Command, Parameter, Record
from reconciler.backends.transports.base import Transport
from reconciler.model.platform import ROLES
from reconciler.model.record import dataclass
from reconciler.model.state import Handle
from reconciler.model.values import Scalar, Values
from reconciler.schema.decode import decode, encode
from reconciler.schema.keys import keyed, parts
from reconciler.schema.resource_type import USUAL_VERBS, Can, Per, ResourceType

ALL: Final = frozenset({"DomainController", "Force"})


@dataclass(frozen=True, slots=True)
class CallSettings:
    """Parameters that every call carries. `confirm` None: only Remove says that it is sure."""

    domain_controller: str = ""
    force: bool = False
    what_if: bool = False
    confirm: bool | None = None

    def parameters(self, verb: str, knows: Collection[str] = ALL) -> dict[str, Parameter]:
        """Those of them that a cmdlet with this verb takes, if the cmdlets know them."""
        found: dict[str, Parameter] = {}
        if self.domain_controller and "DomainController" in knows:
            found["DomainController"] = self.domain_controller
        if verb == "Get":
            return found
        if self.confirm is not None or verb == "Remove":
            found["Confirm"] = bool(self.confirm)
        if self.force and verb != "Remove" and "Force" in knows:
            found["Force"] = True
        if self.what_if:
            found["WhatIf"] = True
        return found


def _names(rtype: ResourceType, can: Can | None = None) -> frozenset[str]:
    """The settings that the cmdlet for `can` knows, or Get-."""
    return frozenset(other.parameter for other in rtype.others if can not in other.lacks)


def _parent(rtype: ResourceType, parameters: Mapping[str, Parameter]) -> Mapping[str, Parameter]:
    """The parent of a new object, as the cmdlets want it named: answers spell it in other ways."""
    return {} if rtype.per is None else {rtype.per.parameter: parameters[rtype.per.parameter]}


def _not_there_yet(error: BackendError) -> BackendError:
    """A new parent takes a while to be known to every domain controller."""
    return BackendError(
        Outcome.TRANSIENT,
        f"{error.message} A new object is not known to every domain controller at once: name one in "
        "domain_controller of the backend block, so that all calls go there.",
        error.code,
    )


def _handle(rtype: ResourceType, record: Record, values: Values) -> Handle:
    if rtype.keyed_by:
        return keyed(rtype, values)
    guid, cmdlet = record.get("Guid"), f"Get-{rtype.noun}"
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
            if rtype.counts is None or rtype.counts(found.values)
        }

    def find(self, rtype: ResourceType, identity: str) -> tuple[Found, ...]:
        wanted = identity.casefold()
        return tuple(
            Found(handle, values)
            for handle, values in self.list(rtype).items()
            if rtype.identity_of(values).casefold() == wanted
        )

    def read(self, rtype: ResourceType, handle: Handle) -> Found | None:
        if rtype.keyed_by or not self._is_named(rtype):
            values = self.list(rtype).get(handle)
            return None if values is None else Found(handle, values)
        # Get may hide from one question what it shows to another.
        for listing in rtype.listings:
            records = self._called(rtype, {**listing, "Identity": str(handle)})
            # An identity that Exchange does not understand may be answered with everything.
            same = (r for r in records if str(r.get("Guid")).lower() == handle.lower())
            if (record := next(same, None)) is not None:
                return self._found(rtype, record)
        return None

    def _called(self, rtype: ResourceType, which: Mapping[str, Scalar]) -> Sequence[Record]:
        """What Get answers of one object; nothing where there is none."""
        try:
            return self._asked(rtype, which)
        except BackendError as error:
            if error.code == NOT_FOUND:
                return ()
            raise

    def create(self, rtype: ResourceType, values: Values) -> Found:
        parameters = encode(rtype, values, self.capabilities.platform, creating=True)
        try:
            records = self._change(Can.CREATE, rtype, parameters)
        except BackendError as error:
            if rtype.per is None or error.code != NOT_FOUND:
                raise
            raise _not_there_yet(error) from error
        if len(records) != 1:
            raise BackendError(
                Outcome.UNKNOWN,
                f"{rtype.verbs[Can.CREATE]}-{rtype.noun} answered {len(records)} objects instead of "
                "one.",
                "unreadable-answer",
            )
        return self._found(rtype, {**records[0], **_parent(rtype, parameters)})

    def update(self, rtype: ResourceType, handle: Handle, values: Values) -> Found:
        parameters = encode(rtype, values, self.capabilities.platform)
        self._change(Can.UPDATE, rtype, {**self._addressed(rtype, handle), **parameters})
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
            self._change(Can.DELETE, rtype, self._addressed(rtype, handle))
        except BackendError as error:
            if error.code != NOT_FOUND:
                raise

    def close(self) -> None:
        self._transport.close()

    def _found(self, rtype: ResourceType, record: Record) -> Found:
        values = decode(rtype, record, self.capabilities.platform)
        return Found(_handle(rtype, record, values), values)

    def _addressed(self, rtype: ResourceType, handle: Handle) -> Mapping[str, Parameter]:
        """What a call says to mean the object `handle`."""
        if rtype.keyed_by:
            return encode(rtype, parts(rtype, handle), self.capabilities.platform, creating=True)
        return {"Identity": handle} if self._is_named(rtype) else {}

    def _is_named(self, rtype: ResourceType) -> bool:
        """Whether the cmdlets are told which object: not where there is only one."""
        roles = next((o.roles for o in rtype.others if o.parameter == "Identity"), ROLES)
        return bool(rtype.identity) and self.capabilities.platform.role in roles

    def _get(self, rtype: ResourceType) -> Iterator[Record]:
        """Everything there is, in as many calls as it takes."""
        for listing in rtype.listings:
            if rtype.per is None:
                yield from self._asked(rtype, listing)
            else:
                yield from self._of_each(rtype, rtype.per, listing)

    def _of_each(
        self, rtype: ResourceType, per: Per, listing: Mapping[str, Scalar]
    ) -> Iterator[Record]:
        """What each parent has; the answers name it as the cmdlets want it named."""
        settings = self._settings.parameters("Get", _names(rtype))
        for parent in self._transport.invoke(Command("Get", per.noun, settings)):
            name = {per.parameter: str(parent[per.reads])}
            yield from self._of_one(rtype, {**listing, **name}, name)

    def _of_one(
        self, rtype: ResourceType, which: Mapping[str, Scalar], name: Mapping[str, str]
    ) -> Iterator[Record]:
        """Nothing where the parent has gone since it was listed."""
        try:
            records = self._asked(rtype, which)
        except BackendError as error:
            if error.code != NOT_FOUND:
                raise
            return
        for record in records:
            yield {**record, **name}

    def _asked(self, rtype: ResourceType, which: Mapping[str, Scalar]) -> Sequence[Record]:
        settings = self._settings.parameters("Get", _names(rtype))
        return self._transport.invoke(Command("Get", rtype.noun, {**settings, **which}))

    def _change(
        self, can: Can, rtype: ResourceType, parameters: Mapping[str, Parameter]
    ) -> Sequence[Record]:
        verb = rtype.verbs[can]
        extra = self._settings.parameters(USUAL_VERBS[can], _names(rtype, can))
        answer = self._transport.invoke(Command(verb, rtype.noun, {**parameters, **extra}))
        if self._settings.what_if:
            raise BackendError(
                Outcome.PERMANENT,
                f"{verb}-{rtype.noun} would succeed, but what_if is set in the backend block, so "
                "nothing was changed. Remove it to apply.",
                "what-if",
            )
        return answer
