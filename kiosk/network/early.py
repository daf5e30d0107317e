"""Refuse a body before it is read: by its declared length, or when there is no room for bodies.

waitress takes a request whole before the application sees it, so without this somebody who sends a
large body to an address that takes a small one fills the memory. Here the head decides. After the
answer the connection still swallows what comes, keeping none of it: a client that sends its whole
body first, as most do, would otherwise meet a reset and never read the answer.
"""

import json
import socket
import threading
import weakref
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

from kiosk.i18n import SOURCE_LANGUAGE, language_for, said_in
from kiosk.places import NETWORK_SHARES

ROOM_BYTES = 256 << 20  # of bodies that are coming in, all together
SHARE_ROOM_BYTES = ROOM_BYTES // NETWORK_SHARES
MOST_SWALLOWED_BYTES = 80 << 20  # after a refusal; then the connection is cut
MostBytes = Callable[[str, str], int]  # by path and media type


class Room:
    """How much of the bodies that are coming in lies in memory."""

    def __init__(self, most: int) -> None:
        self._left, self._lock = most, threading.Lock()

    def take(self, count: int) -> bool:
        """Make room for some bytes; False where there is none."""
        with self._lock:
            if count > self._left:
                return False
            self._left -= count
            return True

    def give_back(self, held: list[int]) -> None:
        """Say that bytes are gone again."""
        with self._lock:
            self._left += sum(held)


class Refusal:
    """waitress's own shape of an error, with our answer."""

    def __init__(self, status: HTTPStatus, detail: str, **headers: str) -> None:
        self._status, self._detail, self._headers = status, detail, headers
        self.language = SOURCE_LANGUAGE

    def to_response(self, _ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status line, headers and body; called where answers are made, not in the loop."""
        title = self._status.phrase
        detail = said_in(self.language, self._detail)
        body = {"title": title, "status": self._status.value, "detail": detail}
        headers = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
        told = [*headers.items(), *self._headers.items()]
        return f"{self._status.value} {title}", told, json.dumps(body).encode()


class _Limits:
    """waitress's settings, with another limit for this one request."""

    def __init__(self, settings: Any, most: int) -> None:  # noqa: ANN401 - waitress has no types
        self._settings, self.max_request_body_size = settings, most

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._settings, name)


@dataclass(frozen=True)
class Gate:
    """What a listener lets in.

    Attributes:
        most_bytes: What an address takes of a media type.
        rooms: For bodies that are coming in, by share of the network.
        share_of_port: Which share a connection belongs to, by the port it comes from.
    """

    most_bytes: MostBytes
    rooms: defaultdict[str, Room]
    share_of_port: Callable[[int], str]


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Reads a request, if its head is acceptable."""

    adj: Any

    def __init__(
        self,
        most_bytes: MostBytes,
        room: Room,
        on_refusal: Callable[[], None],
        settings: Any,  # noqa: ANN401
    ) -> None:
        self._most_bytes, self._room, self._on_refusal = most_bytes, room, on_refusal
        self._held: list[int] = []
        self._give_back = weakref.finalize(self, room.give_back, self._held)
        super().__init__(settings)

    def close(self) -> None:
        """Let go of what has come, and make its room free at once."""
        super().close()
        self._give_back()

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; from here on the limit is that of its address."""
        super().parse_header(header_plus)
        most = self._most_bytes(self.path, _media_type(self.headers))
        self.adj = _Limits(self.adj, most + 1)  # waitress refuses what is as large as its limit

    def received(self, data: bytes) -> int:
        """Take what has come; returns how much of it belongs to this request."""
        before = self.body_bytes_received
        consumed = int(super().received(data))
        coming = self.body_bytes_received - before
        if isinstance(self.error, RequestEntityTooLarge):
            self._refuse(too_large(_media_type(self.headers)))
        elif coming and self._room.take(coming):
            self._held.append(coming)
        elif coming:
            self._refuse(no_room())
        return consumed

    def _refuse(self, refusal: Refusal) -> None:
        refusal.language = language_for(self.headers.get("ACCEPT_LANGUAGE", ""), self.query)
        self.error, self.completed, self.expect_continue = refusal, True, False
        self._on_refusal()


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that answers a refused request, and swallows the rest of it."""

    gate: Gate  # of its listener
    addr: tuple[str, int]
    will_close: bool
    request: Parser | None
    _swallowed: int | None = None  # bytes, once a request was refused
    _is_answered = False

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        self.parser_class = self._parser
        super().__init__(*arguments, **named)

    def _parser(self, settings: Any) -> Parser:  # noqa: ANN401
        gate = self.gate  # what a share is known by is there as soon as the first byte is
        room = gate.rooms[gate.share_of_port(self.addr[1])]
        return Parser(gate.most_bytes, room, self._begin, settings)

    def _begin(self) -> None:
        self._swallowed = 0

    def received(self, data: bytes) -> bool:
        """Take what has come."""
        if self._swallowed is None:
            return bool(super().received(data))
        self._swallowed += len(data)
        if self._swallowed > MOST_SWALLOWED_BYTES:
            super().handle_close()
        return True

    def readable(self) -> bool:
        """Whether anything that comes is wanted."""
        return self._swallowed is not None or bool(super().readable())

    def handle_close(self) -> None:
        """Close; after a refusal only when the client has, or says nothing more."""
        if self._swallowed is None or self._is_answered or not self.will_close:
            super().handle_close()
            if self.request is not None:  # half of it has come; nobody waits for the rest
                self.request.close()
                self.request = None
            return
        self._is_answered, self.will_close = True, False
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)


def channel(
    most_bytes: MostBytes,
    *,
    share_of_port: Callable[[int], str] | None = None,
    room_bytes: int | None = None,
) -> type[Channel]:
    """Return the class of connections of a listener that refuses early.

    Args:
        most_bytes: What an address takes of a media type.
        share_of_port: Which share of the network a connection belongs to; each has a room of its
            own, so that none is told how much another one is sending. None: there is one room.
        room_bytes: For bodies that are coming in; of each room.
    """
    most = room_bytes or (SHARE_ROOM_BYTES if share_of_port else ROOM_BYTES)
    rooms = defaultdict[str, Room](lambda: Room(most))
    gate = Gate(most_bytes, rooms, share_of_port or (lambda _port: ""))
    return type("GatedChannel", (Channel,), {"gate": gate})


def too_large(media_type: str) -> Refusal:
    """413, in the words that the application has for it."""
    detail = "This is longer than the kiosk can take. Please make it shorter."
    if media_type.startswith("image/"):
        detail = "This picture is too large, or it moves. Please take a smaller one."
    return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def no_room() -> Refusal:
    """503: many are sending large bodies at once."""
    detail = "Many people are here at once. Please try again in a moment; nothing is lost."
    return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, detail, **{"Retry-After": "5"})


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
