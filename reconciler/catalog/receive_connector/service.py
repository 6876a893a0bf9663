"""What a receive connector needs of the Transport service of its server (R62)."""

from collections.abc import Iterator

from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.rule import Finding, Level, Scene, SceneRule

_SERVICE = "transport_service"
_ALLOWS = "use_downgraded_exchange_server_auth"


def _expects_tls(scene: Scene) -> Iterator[tuple[int, Finding]]:
    services = _services(scene)
    for index, server in _without_tls(scene):
        label, values = services.get(server, ("", {}))
        if values.get(_ALLOWS) is False:
            yield (
                index,
                Finding(
                    "suppress_x_anonymous_tls",
                    f"{label} leaves {_ALLOWS} off, so that its server would go on asking other "
                    f"servers for TLS. Set {_ALLOWS} = true there, or remove "
                    "suppress_x_anonymous_tls.",
                ),
            )


def _is_not_known(scene: Scene) -> Iterator[tuple[int, Finding]]:
    services = _services(scene)
    for index, server in _without_tls(scene):
        if server not in services:
            yield (
                index,
                Finding(
                    "suppress_x_anonymous_tls",
                    f"This works only where {_ALLOWS} is on for the Transport service of the "
                    f"server, which nothing here says. Write a {_SERVICE} block for "
                    f"{scene.wanted[index][1]['server']} that sets it, before this connector.",
                ),
            )


def _without_tls(scene: Scene) -> Iterator[tuple[int, str]]:
    for index, (_, values) in enumerate(scene.wanted):
        server = values.get("server")
        if values.get("suppress_x_anonymous_tls") is True and isinstance(server, str):
            yield index, server.casefold()


def _services(scene: Scene) -> dict[str, tuple[str, Values]]:
    """By server; none while it is not known which servers they are about."""
    found = scene.beside.get(_SERVICE, ())
    return {
        str(values["server"]).casefold(): (label, values)
        for label, values in found
        if values.get("server") not in (None, UNKNOWN)
    }


WITHOUT_TLS = (
    SceneRule(
        "R62",
        Level.DOCUMENTED,
        "downgraded-authentication-needed",
        "TLS among servers still expected",
        _expects_tls,
        (_SERVICE,),
    ),
    SceneRule(
        "R62",
        Level.W,
        "downgraded-authentication-unseen",
        "Nothing says whether TLS among servers is expected",
        _is_not_known,
        (_SERVICE,),
    ),
)
