"""Every way in which the store says no: code, reason and cure. Knows no SQL and opens nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.store.refusals_of_documents import OF_DOCUMENTS

_RESTORE = (
    "Put back the newest backup of it; what Exchange holds is not affected. If there is none, move"
    " {path} and {marker} away and import the objects again."
)

_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "state-url": (
            "Unusable address of the state database",
            (
                "{reason} Write it as sqlite:///FILE, for example sqlite:///.reconciler/state.db, or as"
                " postgresql+psycopg://USER@HOST/DATABASE."
            ),
        ),
        "state-unreadable": (
            "The state database cannot be opened",
            (
                "{path}: {reason}. Make the file and its folder readable for this user, or correct the"
                " address of the state database."
            ),
        ),
        "state-not-a-file": (
            "The state database is not an ordinary file",
            (
                "{path} is {reason}. Nothing was read from it. Name an ordinary file as the state"
                " database, or move that away."
            ),
        ),
        "state-writable-by-others": (
            "Others may write the state database",
            (
                "{path} {reason}, so what it says cannot be trusted. Look through it, make it your own"
                " and take the right away: chmod 600 {path}"
            ),
        ),
        "state-not-a-database": (
            "The state file is not a database",
            (
                "{path} holds something other than a state database; it was left as it is. Correct the"
                " address of the state database, or put back the newest backup of the file."
            ),
        ),
        "state-foreign": (
            "The database belongs to another program",
            (
                "{path} is a database, but not one of reconciler's ({reason}); it was left as it is."
                " Correct the address of the state database."
            ),
        ),
        "state-newer-format": (
            "The state was written by a newer reconciler",
            (
                "{path} has format {reason}; this version knows nothing newer than its own and left it"
                " as it is. Install the version that wrote it, or a later one."
            ),
        ),
        "state-older-format": (
            "The state has an older format",
            (
                "{path} has format {reason}, which this version cannot use; it was left as it is. Use"
                " the version that wrote it, or put back a newer backup."
            ),
        ),
        "state-in-use": (
            "An older reconciler works on this state",
            (
                "{path} has format {reason}, and a run of the version that wrote it holds the lease."
                " It is brought to the newer format when that run has ended: try again then."
            ),
        ),
        "state-unreachable": (
            "The state database cannot be reached",
            (
                "{path}: {reason}. Nothing more is done without it. When the server is there again, run"
                " the command again: it looks up what was under way and goes on from there."
            ),
        ),
        "state-login-refused": (
            "The state database refuses the login",
            "{path}: {reason}. Correct user and password in the address of the state database.",
        ),
        "state-not-permitted": (
            "The state database does not permit this",
            (
                "{path}: {reason}. Let its owner grant this user the schema reconciler and what is in"
                " it: to make the schema, the right CREATE on the database is needed."
            ),
        ),
        "state-driver": (
            "The driver for PostgreSQL is not installed",
            "Install it with: pip install 'reconciler[postgres]'",
        ),
        "state-empty": (
            "The state file is empty",
            "{path} has no content, though reconciler never leaves it so. " + _RESTORE,
        ),
        "state-missing": (
            "The state database is missing",
            "{path} is gone, but {reason} shows that it existed. " + _RESTORE,
        ),
        "state-rolled-back": (
            "The state database is older than it was",
            (
                "{path} is at serial {reason}. Someone put back an older copy, which does not know what"
                " was done since. Put back the newer one; if this copy is meant to count, delete"
                " {marker} and run plan to see what differs."
            ),
        ),
        "state-replaced": (
            "Another state database stands in its place",
            (
                "{path} is of lineage {reason}. Put back the right one; if this one is meant to"
                " count, delete {marker} and run plan to see what differs."
            ),
        ),
        "state-marker-damaged": (
            "The marker beside the state database is damaged",
            (
                "{marker}, which guards against lost and outdated databases, is unusable:"
                " {reason}. Make sure that {path} is the newest copy, then delete the marker; it is"
                " written anew."
            ),
        ),
        "state-damaged": (
            "The state database is damaged",
            "{path} does not hold what was written to it: {reason}. Nothing was guessed and"
            " nothing changed. " + _RESTORE,
        ),
        "state-read-only": (
            "The state database cannot be written",
            (
                "{path}: {reason}. No call was made whose result could not be kept. Make the file, its"
                " folder and the file system writable for this user and run the command again."
            ),
        ),
        "state-full": (
            "No room to write the state database",
            (
                "{path}: {reason}. No call goes out whose result could not be kept. Make room on that"
                " file system and run the command again."
            ),
        ),
        "state-io-error": (
            "The state database cannot be read or written",
            (
                "{path}: {reason}. What was recorded before is intact. Check the disk and run the"
                " command again."
            ),
        ),
        "state-busy": (
            "The state database is busy",
            (
                "Another program keeps {path} locked ({reason}). End it, or wait, and run the command"
                " again."
            ),
        ),
        "state-locked": (
            "The state is locked by another run",
            (
                "{user} on {host} works on workspace {workspace} with {what}, process {process}, since"
                " {since} (lease {fence}). Wait for that run to end, or give -lock-timeout a time to"
                " wait. A run that died frees the state by itself; where you know that it is gone,"
                " reconciler force-unlock {fence} frees it at once."
            ),
        ),
        "lease-lost": (
            "The right to write the state was lost",
            (
                "{reason} Nothing more was written. Run the command again: it looks up what was under"
                " way and goes on from there."
            ),
        ),
        "intent-open": (
            "A call is already recorded as under way",
            (
                "An earlier call with the id {reason} has not been settled. This is a bug in"
                " reconciler."
            ),
        ),
        "key-missing": (
            "The key of the sealed values is missing",
            (
                "The state holds sealed values, and {path} gives no key for them. Put a lost key file"
                " back from a backup; where the database is shared, give the key that it was sealed"
                " with, by RECONCILER_STATE_KEY or RECONCILER_STATE_PASSPHRASE."
            ),
        ),
        "key-needed": (
            "A sensitive value needs a key",
            (
                "{path} is shared, so that no key lies beside it, and a sensitive value is never stored"
                " in the clear. Set RECONCILER_STATE_KEY to 32 random bytes in base64, or"
                " RECONCILER_STATE_PASSPHRASE, or name a key_file or a passphrase in the state block."
            ),
        ),
        "key-wrong": (
            "The key is not the one of this state",
            (
                "The sealed values here were made with another key than the one from {path}. Give the"
                " right one; to change it, use state rekey."
            ),
        ),
        "key-unreadable": (
            "The key cannot be read",
            (
                "{reason} must be 32 bytes in base64 (44 characters) or 64 hexadecimal digits. Make one"
                " with: openssl rand -base64 32"
            ),
        ),
        "key-damaged": (
            "The key of the sealed values is unusable",
            (
                "{path} {reason}. Put it back from a backup, as an ordinary file that only you can"
                " read: chmod 600 {path}"
            ),
        ),
        "seal-broken": (
            "A sealed value does not fit its place",
            (
                "The sealed value of {reason} was altered, moved from another place, or sealed with"
                " another key. Put back the database and its key from the same backup."
            ),
        ),
        **OF_DOCUMENTS,
        "cannot-write": (
            "A file cannot be written",
            "{path}: {reason}. Make its folder writable, or name another place.",
        ),
    }
)


def refused(code: str, **facts: object) -> ReconcilerError:
    """The refusal `code`, its text filled with `facts`."""
    summary, detail = _TEXTS[code]
    known = {"marker": f"{facts.get('path')}.marker", **facts}
    return ReconcilerError(error(code, summary, detail.format_map(known)))
