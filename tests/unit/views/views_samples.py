"""A small resource type and plans made by hand, for the tests of the views."""

from reconciler.model.address import Address
from reconciler.model.plan import Action, Change, Mode, Plan, Step, Verb
from reconciler.model.state import Handle
from reconciler.schema.attribute import Attribute
from reconciler.schema.kind import Kind
from reconciler.schema.literal import bracket, quote
from reconciler.schema.resource_type import ResourceType


def _kind(label, show, expose=lambda value: value, **more):
    return Kind(label, label, lambda raw: raw, show, expose, lambda value: value, **more)


TEXT = _kind("text", lambda value: quote(str(value)))
NUMBER = _kind("number", str)
SWITCH = _kind("switch", lambda value: str(value).lower())
MEGABYTES = _kind("size", lambda value: f'"{value >> 20}MB"', lambda value: f"{value >> 20}MB")
SET = _kind("set", lambda value: bracket(map(quote, value)), list, is_set=True)
SECRET = _kind("credential", lambda _: "null", lambda _: None, is_secret=True)

TYPE = ResourceType(
    name="send_connector",
    noun="SendConnector",
    summary="Sends.",
    attributes=(
        Attribute("name", TEXT, ""),
        Attribute("port", NUMBER, ""),
        Attribute("enabled", SWITCH, ""),
        Attribute("max_message_size", MEGABYTES, ""),
        Attribute("address_spaces", SET, ""),
        Attribute("comment", TEXT, ""),
        Attribute("credential", SECRET, "", write_only=True),
        Attribute("guid", TEXT, ""),
    ),
)
TYPES = {TYPE.name: TYPE}
BEFORE = {
    "name": "Internet",
    "port": 25,
    "enabled": True,
    "max_message_size": 25 << 20,
    "address_spaces": ("SMTP:*;1",),
    "comment": None,
    "guid": "g-1",
}


def address(name="internet", key=None, module=()):
    return Address("send_connector", name, key, module)


def change(action, before, after, **more):
    return Change(more.pop("at", address()), action, before, after, **more)


def update(**changed):
    return change(Action.UPDATE, BEFORE, {**BEFORE, **changed})


def plan(*changes, **more):
    return Plan(
        mode=more.pop("mode", Mode.NORMAL),
        tool_version="0.1.0",
        lineage="l",
        serial=1,
        versions={"send_connector.internet": 3},
        config_digest="d",
        changes=changes,
        **more,
    )


def step(verb=Verb.CREATE, handle=None, **more):
    at = more.pop("at", address())
    known = Handle(handle) if handle else None
    return Step(f"{verb} {at}", at, verb, known, "Internet", {}, {}, **more)
