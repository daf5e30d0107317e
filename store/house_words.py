"""What the house wrote down beforehand: a helpline for everybody, and what to do when one worries.

The helpline stands on the kiosk's screen and the rest in a drawer of the house, so both are plain.
"""

import json
from dataclasses import asdict, dataclass

from store import errors
from store.rows import database, meta

_NAME = "house words"


@dataclass(frozen=True)
class HouseWords:
    """The two texts.

    Attributes:
        helpline: Whom anybody can call at once, as visitors read it; empty where none was given.
        when_worried: For facilitators: whom to call, what may be passed on.
    """

    helpline: str = ""
    when_worried: str = ""


def read() -> HouseWords:
    """Return what was written down; empty texts before anybody did."""
    with database.reading():
        content = meta.read(_NAME)
    if content is None:
        return HouseWords()
    try:
        return HouseWords(**json.loads(content))
    except (ValueError, TypeError):
        raise errors.DamagedError("The words of the house are damaged.") from None


def write(words: HouseWords) -> None:
    """Write both texts down, in the place of the old ones."""
    content = json.dumps(asdict(words), ensure_ascii=False).encode()
    with database.writing():
        meta.write(_NAME, content)
