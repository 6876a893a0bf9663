"""Why something is deleted or replaced, in words."""

import json

from reconciler.model.address import Address, shown
from reconciler.views.text import clean

_SENTENCES = {
    "delete-because-no-resource-config": "because {block} is not in the configuration",
    "delete-because-no-module": "because {module} is not in the configuration",
    "delete-because-wrong-repetition": "because {block} counts its instances in another way now",
    "delete-because-count-index": "because index [{key}] is beyond the count",
    "delete-because-each-key": "because key [{key}] is not in for_each",
    "delete-because-no-move-target": "because nothing is left where it was moved to",
    "delete-because-not-enabled": "because enabled is false",
    "delete-because-undone": "because the run that is undone made it",
    "forget-because-undone": "because the run that is undone only took it over",
    "forget-because-lasting": "because Exchange always has it",
    "forget-because-seated": "because Exchange removes it only once another one has taken over",
    "delete-because-deposed": "because its replacement has taken over",
    "replace-because-tainted": "because its creation did not finish",
    "replace-because-cannot-update": "because this cannot be changed in place",
    "replace-because-within": "because it cannot outlive the object that it belongs to",
    "replace-by-request": "because you asked for it with -replace",
    "replace-by-triggers": "because something in replace_triggered_by changed",
}


def sentence(reason: str, address: Address) -> str:
    """`because …`; a reason that is new here is spelt out as it stands; "" for none."""
    if reason not in _SENTENCES:
        return clean(reason.replace("-", " "))
    key = json.dumps(address.key, ensure_ascii=False)
    return _SENTENCES[reason].format(
        block=clean(str(address.block)), module=clean(shown(address.module)), key=clean(key)
    )
