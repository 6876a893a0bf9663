"""Whether a receive connector gives the name that Exchange knows its server by (R51).

Without that name only the first label can be judged, as `checks.own_name` does.
"""

from collections.abc import Iterator

from reconciler.catalog.receive_connector.checks import has, is_foreign
from reconciler.schema.rule import Finding, Level, Scene, SceneRule

_SERVERS = "exchange_server"
_AMONG_SERVERS = has("auth_mechanism", "ExchangeServer")


def _differs(scene: Scene) -> Iterator[tuple[int, Finding]]:
    known = _full_names(scene)
    for index, (_, values) in enumerate(scene.wanted):
        name, own = values.get("fqdn"), known.get(str(values.get("server")).casefold())
        if own is None or not isinstance(name, str) or not name or is_foreign(values):
            continue
        if _AMONG_SERVERS(values) and name.casefold() not in [one.casefold() for one in own]:
            yield index, _told(*own)


def _told(short: str, full: str) -> Finding:
    return Finding(
        "fqdn",
        "With ExchangeServer in auth_mechanism other servers expect the server's own name, and "
        f'Exchange knows {short} as {full}. Set fqdn = "{full}" or fqdn = "{short}", or take '
        "ExchangeServer away.",
    )


def _full_names(scene: Scene) -> dict[str, tuple[str, str]]:
    """Short and full, by what connectors may call the server."""
    return {
        str(values.get(called)).casefold(): (str(values["name"]), full)
        for _, values in scene.beside.get(_SERVERS, ())
        if isinstance(full := values.get("fqdn"), str) and full
        for called in ("name", "guid")
    }


FULL_NAME = SceneRule(
    "R51",
    Level.E,
    "fqdn-not-the-full-name",
    "Name that is not the server's full name",
    _differs,
    (_SERVERS,),
    attributes=("fqdn", "auth_mechanism"),
    asks=True,
)
