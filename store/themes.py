"""What facilitators made of a released gathering: one text, sealed to it, gone with its key.

What the text says is the desk's business. It has no time and no author; each change raises the
gathering's version, so that every desk notices.
"""

from collections.abc import Callable

from store.desk import count_up
from store.rows import database
from store.rows.models import ThemesRow
from store.seals import sealing
from store.seals.keys import MasterKey
from store.seals.vault import Boxes


def read(gathering_id: str, master: MasterKey) -> str:
    """Return the text; empty where nothing was made yet.

    Raises:
        DamagedError: Its bytes changed on disk.
    """
    with database.reading():
        return _open(database.key_of_gathering(gathering_id), Boxes(master))


def change(gathering_id: str, master: MasterKey, change_text: Callable[[str], str]) -> str:
    """Put in the place of the text what a function makes of it, and return that.

    Whoever changes sees the newest text and nobody writes meanwhile, so no change is lost. What the
    function raises leaves everything as it was.

    Raises:
        NotReleasedError: Nothing is made of what nobody may read.
    """
    return database.engine().with_room(lambda: _change(gathering_id, Boxes(master), change_text))


def _change(gathering_id: str, keyring: Boxes, change_text: Callable[[str], str]) -> str:
    owner = database.key_of_gathering(gathering_id)
    with database.writing():
        before = _open(owner, keyring)
        after = change_text(before)
        if after == before:
            return after
        count_up(owner)
        sealed = sealing.seal(sealing.pad(after.encode()), keyring.public_key(owner))
        row = ThemesRow.get_or_none(ThemesRow.id == owner)
        if row is None:
            ThemesRow(id=owner, gathering=owner, sealed=sealed).put()
        else:
            row.rewrite(sealed=sealed)
    return after


def _open(owner: bytes, keyring: Boxes) -> str:
    row = ThemesRow.get_or_none(ThemesRow.id == owner)
    if row is None:
        return ""
    return sealing.unpad(sealing.unseal(bytes(row.whole().sealed), keyring.of(owner))).decode()
