"""Why a document or a copy of the state is refused: code, summary and cure, for `refusals`."""

from collections.abc import Mapping
from types import MappingProxyType

OF_DOCUMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "state-changed": (
            "The state changed meanwhile",
            "Another run has written to {path}, and nothing was done. Run the command again.",
        ),
        "nothing-stored": (
            "The workspace has no state",
            "{path} holds nothing of workspace {workspace}: there is nothing to copy.",
        ),
        "workspace-in-use": (
            "The other database has this workspace already",
            ("{path} holds {reason}"),
        ),
        "key-elsewhere": (
            "The other database would use another key",
            (
                "Sensitive values are sealed with the key of {path}, and the one that {marker} would"
                " use does not open them. Nothing was copied. Give the copy its key with"
                " RECONCILER_STATE_NEW_KEY or RECONCILER_STATE_NEW_PASSPHRASE, then run the command"
                " again."
            ),
        ),
        "document-damaged": (
            "The document cannot be used",
            "Nothing was changed: {reason}. Take a document that state pull printed whole.",
        ),
    }
)
