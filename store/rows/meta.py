"""Single values of the database by name, checked for damage."""

from store import errors
from store.rows.models import Meta

DEVICE = "device"  # 32 random bytes: receipts derive from them
RECEIPT_COST = "receipt cost"
MASTER_PUBLIC = "master public key"
LISTS = "lists"
NEWEST = "newest gathering"  # id of the one opened last: days alone cannot tell two of one day
HEARTBEAT = "heartbeat"
HOLDING = "held with"  # in a restored database: public half of what holds keys back
UNSURE = "unsure"  # day from which a clock that jumped is believed
TODAY = "today"  # last day that the store has seen


def read(name: str) -> bytes | None:
    """Return a value, or None where there is none."""
    row = Meta.get_or_none(Meta.name == name)
    return None if row is None else bytes(row.whole().content)


def need(name: str) -> bytes:
    """Return a value that set-up makes."""
    content = read(name)
    if content is None:
        raise errors.NotSetUpError("The kiosk is not set up yet.")
    return content


def write(name: str, content: bytes) -> None:
    """Set a value; belongs inside `database.writing()`."""
    row = Meta.get_or_none(Meta.name == name)
    if row is None:
        Meta(name=name, content=content).put()
    else:
        row.rewrite(content=content)


def drop(name: str) -> None:
    """Let a value go; belongs inside `database.writing()`."""
    Meta.delete().where(Meta.name == name).execute()
