"""Delivery status notifications: what senders, inside and outside, and postmasters are told."""

from collections.abc import Iterator

from reconciler.catalog.adopted import by_version, clearable, left
from reconciler.catalog.transport_config.where import on_servers
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import group
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.limits import size_between
from reconciler.schema.kinds.mail import culture, smtp_address, status_codes
from reconciler.schema.kinds.net import fqdn

_MOST = (1 << 31) - 1
_OLD = "UseExchangeDSNs"


def _side(name: str, parameter: str, whose: str) -> Iterator[Attribute]:
    yield left(
        f"{name}_delay_dsn_enabled",
        f"{parameter}DelayDsnEnabled",
        flag,
        f"Whether senders are told that {whose} are late.",
        at_first=True,
    )
    yield clearable(
        f"{name}_dsn_default_language",
        f"{parameter}DsnDefaultLanguage",
        culture,
        f"The language of notices about {whose} that none is found for; that of Windows where "
        "there is none.",
    )
    yield left(
        f"{name}_dsn_language_detection_enabled",
        f"{parameter}DsnLanguageDetectionEnabled",
        flag,
        f"Whether notices about {whose} are in the language of the message.",
        at_first=True,
    )
    yield from on_servers(
        left(
            f"{name}_dsn_max_message_attach_size",
            f"{parameter}DsnMaxMessageAttachSize",
            size_between(0, _MOST, unlimited=False),
            f"The largest of {whose} that a notice holds whole; of larger ones it has the headers.",
            "10MB",
        )
    )
    yield clearable(
        f"{name}_dsn_reporting_authority",
        f"{parameter}DsnReportingAuthority",
        fqdn,
        f"The domain that notices about {whose} name as their source.",
    )
    yield left(
        f"{name}_dsn_send_html",
        f"{parameter}DsnSendHtml",
        flag,
        f"Whether notices about {whose} are HTML, not plain text.",
        at_first=True,
    )


ATTRIBUTES = group(
    "Notices",
    *_side("external", "External", "messages from and to outside"),
    *_side("internal", "Internal", "messages inside the organisation"),
    clearable(
        "external_postmaster_address",
        "ExternalPostmasterAddress",
        smtp_address,
        "Who notices to outside are from; `postmaster@` the default domain where there is none.",
    ),
    *on_servers(
        left(
            "generate_copy_of_dsn_for",
            "GenerateCopyOfDSNFor",
            status_codes,
            "The status codes whose notices are copied to the postmaster.",
            ("5.4.8", "5.4.6", "5.4.4", "5.2.4", "5.2.0", "5.1.4"),
        )
    ),
    by_version(
        left(
            "dsn_conversion_mode",
            "DSNConversionMode",
            choice("DoNotConvert", "PreserveDSNBody", "UseExchangeDSNs"),
            "What becomes of notices by other systems: left, converted with their text, or "
            "rewritten.",
            "PreserveDSNBody",
        ),
        {"2010": _OLD, "2013": _OLD},
    ),
)
