"""The functions of the language, one module a topic, imported when one is first called, so that
a project that calls no function pays for none.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from reconciler.lang.functions.declare import Function
from reconciler.lang.functions.late import late

_TOPICS: Final[Mapping[str, str]] = {
    "numeric": "abs ceil floor log max min parseint pow signum sum",
    "text": """chomp endswith indent join lower replace split startswith strcontains strrev
        substr title trim trimprefix trimspace trimsuffix upper""",
    "formatting": "format formatlist",
    "patterns": "regex regexall",
    "lists": "chunklist compact concat distinct element flatten range reverse slice sort",
    "queries": "alltrue anytrue coalesce coalescelist contains index length one",
    "maps": "keys lookup matchkeys merge transpose values zipmap",
    "sets": "setintersection setproduct setsubtract setunion",
    "conversion": """ephemeralasnull issensitive nonsensitive sensitive tobool tolist tomap
        tonumber toset tostring""",
    "encoding": """base64decode base64encode base64gunzip base64gzip csvdecode jsondecode
        jsonencode textdecodebase64 textencodebase64 urldecode urlencode""",
    "digests": "base64sha256 base64sha512 md5 sha1 sha256 sha512 uuidv5",
    "network": """cidrcontains cidrhost cidrnetmask cidroverlaps cidrsubnet cidrsubnets
        iprange iprange_to_cidrs""",
    "dates": "formatdate timeadd timecmp",
    "files": """abspath basename dirname file filebase64 filebase64sha256 filebase64sha512
        fileexists filemd5 fileset filesha1 filesha256 filesha512 pathexpand""",
    "rendering": "templatefile templatestring",
    "ciphers": "rsadecrypt",
    "moments": "plantimestamp timestamp uuid",
    "passwords": "bcrypt",
    "yaml_read": "yamldecode",
    "yaml_write": "yamlencode",
    "mailflow": "addressspace addressspace_matches x509name",
}
_SCOPED: Final = frozenset({"files", "moments", "passwords", "rendering"})
_TOPIC_OF: Final[Mapping[str, str]] = {
    name: topic for topic, names in _TOPICS.items() for name in names.split()
}
NAMES: Final = (*sorted(_TOPIC_OF), "can", "try")


def exists(name: str) -> bool:
    return name in _TOPIC_OF


def needs_scope(name: str) -> bool:
    """Whether its result depends on more than its arguments."""
    return _TOPIC_OF[name] in _SCOPED


@cache
def load(name: str) -> Function:
    """In its module the function has its own name, or that with an underscore after it where
    Python has a word for it already.
    """
    module = late(f"{__name__}.{_TOPIC_OF[name]}")
    found = getattr(module, f"{name}_", None) or getattr(module, name)
    assert isinstance(found, Function)
    return found
