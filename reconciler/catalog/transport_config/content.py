"""What becomes of messages on their way, and the journal of them."""

from dataclasses import replace

from reconciler.catalog.adopted import clearable, left
from reconciler.catalog.transport_config.where import online, since_2013
from reconciler.schema.declare import group
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.mail import smtp_address
from reconciler.schema.kinds.number import integer

_MOST = (1 << 31) - 1

CONTENT = group(
    "Content and routing",
    left(
        "clear_categories",
        "ClearCategories",
        flag,
        "Whether conversion removes the categories of Outlook.",
        at_first=True,
    ),
    left(
        "convert_disclaimer_wrapper_to_eml",
        "ConvertDisclaimerWrapperToEml",
        flag,
        "Whether a signed message is attached to its disclaimer as EML, not as TNEF.",
        at_first=False,
    ),
    left(
        "rfc2231_encoding_enabled",
        "Rfc2231EncodingEnabled",
        flag,
        "Whether MIME parameters of outbound messages are encoded as RFC 2231 says.",
        at_first=False,
    ),
    left(
        "header_promotion_mode_setting",
        "HeaderPromotionModeSetting",
        choice("MustCreate", "MayCreate", "NoCreate"),
        "Whether unknown X-headers become named properties: of every message, of those from "
        "authenticated senders, or never.",
        "NoCreate",
    ),
    *(
        replace(one, versions=("2013", "2016", "2019", "SE", "EXO"))
        for one in (
            left(
                "address_book_policy_routing_enabled",
                "AddressBookPolicyRoutingEnabled",
                flag,
                "Whether address book policies decide who looks internal to whom.",
                at_first=False,
            ),
        )
    ),
    *since_2013(
        left(
            "agent_generated_message_loop_detection_in_smtp_enabled",
            "AgentGeneratedMessageLoopDetectionInSmtpEnabled",
            flag,
            "Whether loops that agents make in the Transport service are cut by a bounce, not only "
            "logged.",
            at_first=False,
        ),
        left(
            "agent_generated_message_loop_detection_in_submission_enabled",
            "AgentGeneratedMessageLoopDetectionInSubmissionEnabled",
            flag,
            "How loops that agents make in Mailbox Transport Submission are cut: only logged where "
            "true, by a bounce where false.",
            at_first=False,
        ),
    ),
)

JOURNALING = group(
    "Journaling",
    clearable(
        "journaling_report_ndr_to",
        "JournalingReportNdrTo",
        smtp_address,
        "Who gets journal reports that their mailbox does not take; kept trying where nobody does.",
        "<>",
    ),
    left(
        "voicemail_journaling_enabled",
        "VoicemailJournalingEnabled",
        flag,
        "Whether voice mail of Unified Messaging is journaled.",
        at_first=True,
    ),
    replace(
        left(
            "legacy_journaling_migration_enabled",
            "LegacyJournalingMigrationEnabled",
            flag,
            "Whether journal messages of Exchange 2003 are reformatted.",
            at_first=False,
        ),
        versions=("2010",),
    ),
    *online(
        left(
            "prevent_duplicate_journaling_enabled",
            "PreventDuplicateJournalingEnabled",
            flag,
            "Whether the two halves of a hybrid journal a message once.",
            at_first=False,
        ),
    ),
)

STORMS = group(
    "Reply-all storms",
    *online(
        left(
            "reply_all_storm_protection_enabled",
            "ReplyAllStormProtectionEnabled",
            flag,
            "Not documented.",
        ),
        *(
            left(name, parameter, integer(0, _MOST), "Not documented.")
            for name, parameter in (
                ("reply_all_storm_block_duration_hours", "ReplyAllStormBlockDurationHours"),
                (
                    "reply_all_storm_detection_minimum_recipients",
                    "ReplyAllStormDetectionMinimumRecipients",
                ),
                (
                    "reply_all_storm_detection_minimum_replies",
                    "ReplyAllStormDetectionMinimumReplies",
                ),
            )
        ),
    ),
)
