"""Where a request comes from, as coarse as can be: the kiosk's own screen, or a share of others.

Shares keep a flood from one place away from the others. A machine on the network is told from
another by nothing but a number from 0 to 3: a keyed hash of its address, with a key that lives as
long as the kiosk runs. No address is kept, and a visitor at the kiosk's own screen has none.
"""

import hashlib
import ipaddress
import secrets
import threading
from collections import defaultdict

from flask import request

from kiosk.guard import is_same_machine
from kiosk.settings import plain_address

HERE = "here"
NETWORK = "network"
NETWORK_SHARES = 4  # each holds memory for drafts, so they cannot be many
FROM_SHARE = "kiosk.share"  # set in the WSGI environment by the listener for the LAN
_key = secrets.token_bytes(16)


def place() -> str:
    """The place of this request."""
    if is_same_machine():
        return HERE
    told = request.environ.get(FROM_SHARE)
    return str(told) if told else share_of(request.remote_addr or "")


def afar() -> str:
    """The place of this request if it is another machine's; empty for the kiosk's own screen."""
    found = place()
    return "" if found == HERE else found


def machine_of(address: str) -> str:
    """What stands for one machine: of IPv6 its network, since a machine takes any address there."""
    plain = plain_address(address)
    try:
        return str(ipaddress.IPv6Network((plain, 64), strict=False))
    except ValueError:
        return plain


def share_of(address: str) -> str:
    """The share that an address of the network belongs to, for as long as the kiosk runs."""
    machine = machine_of(address).encode()
    digest = hashlib.blake2b(machine, key=_key, digest_size=8).digest()
    return f"{NETWORK} {int.from_bytes(digest) % NETWORK_SHARES}"


class Turns:
    """So many at once from each place: who waits, or is sent on, never learns of other places.

    Args:
        here: At the kiosk's own screen.
        afar: In each share of the network.
    """

    def __init__(self, *, here: int, afar: int) -> None:
        self._at: defaultdict[str, threading.BoundedSemaphore] = defaultdict(
            lambda: threading.BoundedSemaphore(afar)
        )
        self._at[HERE] = threading.BoundedSemaphore(here)

    def at(self, where: str) -> threading.BoundedSemaphore:
        """The turns of a place."""
        return self._at[where]
