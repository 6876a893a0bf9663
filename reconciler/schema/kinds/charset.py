"""Character sets and code pages of messages, as Exchange names them.

Facts: the Set-RemoteDomain page, and the names of code pages on the pages of 2010 and 2013.
"""

from dataclasses import replace

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.choice import choice
from reconciler.schema.kinds.make import casefolded, worded
from reconciler.schema.kinds.text import as_text

charset: Kind = choice(
    "big5",
    "din_66003",
    "euc-jp",
    "euc-kr",
    "gb18030",
    "gb2312",
    "hz-gb-2312",
    "iso-2022-jp",
    "iso-2022-kr",
    "iso-8859-1",
    "iso-8859-13",
    "iso-8859-15",
    *(f"iso-8859-{part}" for part in range(2, 10)),
    "koi8-r",
    "koi8-u",
    "ks_c_5601-1987",
    "ns_4551-1",
    "sen_850200_b",
    "shift_jis",
    "utf-7",
    "utf-8",
    *(f"windows-125{part}" for part in range(9)),
    "windows-874",
)

_PAGES = {"50220": "Iso2022Jp", "50221": "Esc2022Jp", "50222": "Sio2022Jp"}
_UNDEFINED = "Undefined"
_SPELT = {spelling.lower(): page for page, name in _PAGES.items() for spelling in (page, name)} | {
    _UNDEFINED.lower(): _UNDEFINED
}


def _parse_page(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    found = _SPELT.get(given.lower())
    if found is None:
        raise KindError(
            f'A code page is one of {", ".join(_PAGES)}, or "{_UNDEFINED}".',
            code="invalid-choice",
            got=given,
        )
    return found


japanese_code_page: Kind = replace(
    worded(
        "code page",
        _parse_page,
        alike=(
            *((page, int(page), name, name.upper()) for page, name in _PAGES.items()),
            (_UNDEFINED, "undefined"),
        ),
        bad=("", "50223", "iso-2022-jp", []),
        fold=casefolded,
    ),
    words=(*_PAGES, _UNDEFINED),
    # Get- answers with the names of the enumeration.
    answer=lambda value: _PAGES.get(str(value), _UNDEFINED),
)
