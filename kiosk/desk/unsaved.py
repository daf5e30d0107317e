"""Words that were typed at a desk and not kept: offered again to whoever typed them, nobody else.

They lie sealed in this process's memory, never on the disk; the running kiosk cannot open them.
Only a desk that the same facilitator unlocks gets them back. They end with the kiosk, or after a
day.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import SealedBox

from store.seals.keys import MasterKey

LONGEST_SECONDS = 24 * 3600
MOST_PLACES = 50  # for each facilitator; the oldest go first
LONGEST_WORDS = 4_000
_PLACES = tuple(
    re.compile(each)
    for each in (
        r"(?P<page>item)/(?P<of>[0-9a-f]{32})/(?P<item>[0-9a-f]{32})/(?P<field>note|add)",
        r"(?P<page>board)/(?P<of>[0-9a-f]{32})/(?P<field>theme|answer)",
        r"(?P<page>care)/(?P<field>helpline|when_worried)",
        r"(?P<page>new)/(?P<field>title|(?:questions|readers)(?:_[a-z]{2})?)",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """Which field of which page some words belong to."""

    page: str  # "item", "board", "care" or "new"
    gathering_id: str  # empty where the page belongs to none
    item_id: str  # empty where the page belongs to none
    field: str


def place_of(name: str) -> Place | None:
    """Return the place that a name tells, such as `item/GATHERING/ITEM/note`."""
    for each in _PLACES:
        if found := each.fullmatch(name):
            told = found.groupdict()
            return Place(told["page"], told.get("of", ""), told.get("item", ""), told["field"])
    return None


class Unsaved:
    """What all facilitators have typed and not kept, each one's for themselves.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sealed: dict[str, dict[Place, tuple[float, bytes]]] = {}
        self._lock = threading.Lock()

    def save(self, master: MasterKey, place: Place, words: str) -> None:
        """Seal words to whoever is at the desk; empty ones are forgotten."""
        if not words.strip():
            self.forget(master, place)
            return
        box = SealedBox(master.private_key().public_key)
        sealed = box.encrypt(json.dumps([master.name, words[:LONGEST_WORDS]]).encode())
        with self._lock:
            own = self._sealed.setdefault(master.name, {})
            own.pop(place, None)
            own[place] = self._clock(), sealed
            while len(own) > MOST_PLACES:
                own.pop(next(iter(own)))

    def of(self, master: MasterKey) -> dict[Place, str]:
        """Return what the facilitator at this desk has typed and not kept."""
        self._forget_old()
        with self._lock:
            own = dict(self._sealed.get(master.name, {}))
        box = SealedBox(master.private_key())
        opened = {}
        for place, (_, sealed) in own.items():
            with suppress(CryptoError):  # sealed before another process made a new master key
                opened[place] = json.loads(box.decrypt(sealed))
        return {place: words for place, (name, words) in opened.items() if name == master.name}

    def on(self, master: MasterKey, page: str, gathering_id: str = "") -> dict[str, str]:
        """Return what they have typed on one page, by its fields."""
        here = page, gathering_id
        everything = self.of(master).items()
        return {at.field: words for at, words in everything if (at.page, at.gathering_id) == here}

    @contextmanager
    def over_a_new_key(self, master: MasterKey) -> Iterator[None]:
        """Seal everybody's words anew, where what is done meanwhile changes the master key."""
        old = master.private_key()
        yield
        new = master.private_key()
        with self._lock:
            for own in self._sealed.values():
                for place, (since, sealed) in own.items():
                    with suppress(CryptoError):
                        again = SealedBox(new.public_key).encrypt(SealedBox(old).decrypt(sealed))
                        own[place] = since, again

    def reword(self, master: MasterKey, gathering_id: str, said: Callable[[str], str]) -> None:
        """Put other words in place of what anybody typed for a gathering, read by nobody."""
        key = master.private_key()
        box, anew = SealedBox(key), SealedBox(key.public_key)
        with self._lock:
            for own in self._sealed.values():
                for place, (since, sealed) in own.items():
                    if place.gathering_id != gathering_id:
                        continue
                    with suppress(CryptoError):
                        name, words = json.loads(box.decrypt(sealed))
                        own[place] = since, anew.encrypt(json.dumps([name, said(words)]).encode())

    def forget(self, master: MasterKey, place: Place) -> None:
        """Let words go: they were kept, or are not wanted."""
        with self._lock:
            self._sealed.get(master.name, {}).pop(place, None)

    def forget_page(self, master: MasterKey, page: str, gathering_id: str = "") -> None:
        """Let go of all words of one page: they were kept."""
        for name in self.on(master, page, gathering_id):
            self.forget(master, Place(page, gathering_id, "", name))

    def forget_person(self, name: str) -> None:
        """Let go of all that somebody typed who is no facilitator any more."""
        with self._lock:
            self._sealed.pop(name, None)

    def _forget_old(self) -> None:
        now = self._clock()
        with self._lock:
            for own in self._sealed.values():
                old = [each for each, (since, _) in own.items() if now - since > LONGEST_SECONDS]
                for place in old:
                    del own[place]
