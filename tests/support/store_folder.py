"""What the fault tests share: a store with quick hashes, tokens, order statistics."""

import itertools
import math
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nacl.secret import Aead

import store
from store import gatherings
from store.file import reserve
from store.gatherings import Gathering
from store.promise import Promise
from store.rows.models import Slot
from store.seals import derive, keys, slots
from store.throttle import Stretches, Tries
from tests.support.places import PASSPHRASE

DAY = date(2026, 3, 2)
K = 3
UNTHROTTLED = Tries(receipts=Stretches(0))  # where a test takes back faster than people can


def token() -> str:
    """Make an idempotency token as a browser does."""
    return secrets.token_urlsafe(18)


def begin(folder: Path) -> Gathering:
    """Set a store up in a folder, with quick hashes and a small reserve; it stays open."""
    reserve.SIZE = 1 << 20
    store.open(folder, receipt_cost=derive.TEST_COST, tries=UNTHROTTLED)
    keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    return gatherings.new("Faults", promise=Promise(threshold=K), today=DAY)


def make_old(name: str, secret: str, master: keys.MasterKey) -> None:
    """Write a slot as older versions did: the master key itself, wrapped."""
    slot = Slot.get(Slot.name == name)
    key = slots.wrapping_key(secret, slots.recipe_of(slot))
    bound = f"release slot 1\0{slot.kind}\0{name}".encode()
    wrapped = bytes(Aead(key).encrypt(bytes(master.private_key()), bound))
    slot.rewrite(wrapped=wrapped, public_key=None, master=None)


def kendall(order: Sequence[float]) -> float:
    """Return Kendall's tau against the order of arrival: 1 the same, -1 reversed, 0 by chance."""
    signs = [(b > a) - (b < a) for a, b in itertools.combinations(order, 2)]
    return sum(signs) / len(signs)


def kendall_deviation(count: int) -> float:
    """Return the standard deviation of tau where order is pure chance (Kendall 1938)."""
    return math.sqrt(2 * (2 * count + 5) / (9 * count * (count - 1)))
