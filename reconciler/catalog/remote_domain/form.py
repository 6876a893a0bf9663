"""The arguments that say in which form the domain gets messages.

Facts: the Set-RemoteDomain page, and for what code pages are called those of 2010 and 2013.
"""

from dataclasses import replace

from reconciler.catalog.late import always
from reconciler.catalog.remote_domain.arguments import late
from reconciler.schema.declare import argument, group, kept
from reconciler.schema.kinds.charset import charset, japanese_code_page
from reconciler.schema.kinds.choice import choice, flag, flag_or_null
from reconciler.schema.kinds.limits import written_limit
from reconciler.schema.kinds.number import integer

FORM = group(
    "Form of messages",
    late(
        "content_type",
        "ContentType",
        choice("MimeHtmlText", "MimeText", "MimeHtml"),
        "What messages become: HTML unless they were text, always text, or always HTML.",
        "MimeHtmlText",
    ),
    late(
        "tnef_enabled",
        "TNEFEnabled",
        flag_or_null,
        "Whether messages carry Outlook's rich text (TNEF); null leaves that to recipient and sender.",
    ),
    late(
        "line_wrap_size",
        "LineWrapSize",
        written_limit(0, 132),
        'After how many characters lines break, up to 132, or "unlimited".',
        "unlimited",
    ),
    late(
        "display_sender_name",
        "DisplaySenderName",
        flag,
        "Whether the domain sees the display names of senders. Microsoft wants it changed on its "
        "support's advice only.",
        default=True,
    ),
    late(
        "use_simple_display_name",
        "UseSimpleDisplayName",
        flag,
        "Whether it sees their simple display names.",
        default=False,
    ),
    late(
        "character_set",
        "CharacterSet",
        charset,
        "The character set of MIME messages that name none; null for none.",
    ),
    late(
        "non_mime_character_set",
        "NonMimeCharacterSet",
        charset,
        "The character set of plain text that names none; null for none.",
    ),
    replace(
        kept(
            argument(
                "required_charset_coverage",
                "RequiredCharsetCoverage",
                integer(0, 100),
                "The share of characters, in percent, that the organisation's own character set "
                "must hold before another is looked for.",
            ),
            "not documented; left as it is while omitted",
        ),
        late=always,
    ),
    late(
        "byte_encoder_type_for_7bit_charsets",
        "ByteEncoderTypeFor7BitCharsets",
        choice(
            "Undefined",
            "Use7Bit",
            "UseQP",
            "UseBase64",
            "UseQPHtmlDetectTextPlain",
            "UseBase64HtmlDetectTextPlain",
            "UseQPHtml7BitTextPlain",
            "UseBase64Html7BitTextPlain",
        ),
        "How text in 7-bit character sets is encoded; Undefined is quoted-printable.",
        "Undefined",
    ),
    late(
        "preferred_internet_code_page_for_shift_jis",
        "PreferredInternetCodePageForShiftJis",
        japanese_code_page,
        "The code page of Japanese text: 50220 is ISO-2022-JP, 50221 ESC-2022-JP, 50222 SIO-2022-JP.",
        "Undefined",
    ),
)
