"""A body that is too large is refused by its head, and the one who sends it hears so."""

import gc
import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from kiosk.i18n import languages, said_in
from kiosk.network import early
from kiosk.network.listener import listener, port_of, run_until_closed
from kiosk.protection import give_memory_back
from kiosk.settings import Limits
from kiosk.visit.request import most_bytes_at

MB = 1 << 20


@pytest.fixture
def seen() -> list[int]:
    """Sizes of the bodies that reached the application."""
    return []


@pytest.fixture
def port(seen: list[int]) -> Iterator[int]:
    def app(environ, start_response):
        seen.append(len(environ["wsgi.input"].read()))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"taken"]

    def most(path: str, _media_type: str) -> int:
        return 8 * MB if path == "/large" else 64_000

    server = listener(app, host="127.0.0.1", port=0, threads=2, most=50, most_bytes=most)
    threading.Thread(target=run_until_closed, args=(server,), daemon=True).start()
    yield port_of(server)
    server.close()


def head(port: int, path: str, length: int, more: str = "") -> bytes:
    """What is answered to the head alone: not one byte of the body is sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(
            f"POST {path} HTTP/1.1\r\nHost: k\r\nContent-Length: {length}\r\n{more}\r\n".encode()
        )
        answer = b""
        while some := client.recv(4096):
            answer += some
        return answer


def test_the_head_is_enough(port: int, seen: list[int]):
    answer = head(port, "/small", 59_000_000)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answer
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 413
    assert head(port, "/large", 8 * MB + 1).startswith(b"HTTP/1.1 413 ")
    assert seen == []


def test_a_head_without_an_end_is_refused(port: int, seen: list[int]):
    """Hundreds of connections could hold one each; a browser's has one or two thousand letters."""
    assert head(port, "/small", 0, f"Connection: close\r\nX-Long: {'x' * 20_000}\r\n").startswith(
        b"HTTP/1.1 200 "
    )
    assert seen == [0]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET /small HTTP/1.1\r\nHost: k\r\nX-Long: " + b"x" * 40_000)
        assert client.recv(4096).startswith(b"HTTP/1.0 431 ")
    assert seen == [0]


def test_a_refusal_by_the_head_is_in_the_language_of_the_page(port: int):
    english = "This is longer than the kiosk can take. Please make it shorter."
    said = {}
    for language in languages():
        accepted = f"Accept-Language: {language}\r\n"
        answer = head(port, "/small", 59_000_000, accepted)
        said[language] = json.loads(answer.partition(b"\r\n\r\n")[2])["detail"]
        assert said[language] == said_in(language, english)
        by_query = head(port, f"/small?lang={language}", 59_000_000)
        assert json.loads(by_query.partition(b"\r\n\r\n")[2])["detail"] == said[language]
    assert said.pop("en") == english
    assert english not in said.values()
    assert len(set(said.values())) == len(said) >= 5
    _, _, busy = early.no_room().to_response()
    sentence = json.loads(busy)["detail"]
    assert [each for each in said if said_in(each, sentence) == sentence] == []


def test_no_share_learns_how_much_another_one_sends(seen: list[int]):
    """Reported: who filled the room for bodies saw by the first refusal that others were sending.

    The control is one room for all.
    """

    def app(environ, start_response):
        seen.append(len(environ["wsgi.input"].read()))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"taken"]

    def status_beside(share_of_port: Callable[[int], str] | None) -> int:
        server = listener(
            app, host="127.0.0.1", port=0, threads=2, most=50, most_bytes=lambda *_: 8 * MB
        )
        kind = early.channel(lambda *_: 8 * MB, share_of_port=share_of_port, room_bytes=6 * MB)
        server.channel_class = kind  # type: ignore[attr-defined]
        threading.Thread(target=run_until_closed, args=(server,), daemon=True).start()
        with socket.create_connection(("127.0.0.1", port_of(server)), timeout=10) as other:
            shares[other.getsockname()[1]] = "network 1"
            other.sendall(b"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 8000000\r\n\r\n")
            other.sendall(bytes(4 * MB))
            room = kind.gate.rooms[share_of_port(other.getsockname()[1]) if share_of_port else ""]
            deadline = time.monotonic() + 20
            while room.take(3 * MB) and time.monotonic() < deadline:  # until all of it has come
                room.give_back([3 * MB])
                time.sleep(0.05)
            client = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=30)
            client.request("POST", "/", bytes(4 * MB))
            status = client.getresponse().status
            client.close()
        server.close()
        return status

    shares: dict[int, str] = {}
    assert status_beside(None) == 503
    assert status_beside(lambda port: shares.get(port, "network 2")) == 200


def test_who_sends_everything_first_still_hears_it_and_nothing_is_held(port: int, seen: list[int]):
    """As most clients do; cut off, they would see a reset. A body that fits comes through."""
    body = os.urandom(30 * MB)
    gc.collect()
    give_memory_back()  # what other tests have freed would hide what is held
    with_one = psutil.Process().memory_info().rss
    held = bytearray(os.urandom(60 * MB))
    assert psutil.Process().memory_info().rss - with_one > 20 * MB, "a held body would be seen"
    del held
    for _ in range(3):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        client.request("POST", "/small", body)
        answer = client.getresponse()
        assert answer.status == 413
        assert b"shorter" in answer.read()
        client.close()
    assert psutil.Process().memory_info().rss - with_one < 20 * MB
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request("POST", "/large", body[: 8 * MB])
    assert client.getresponse().status == 200
    client.close()
    assert seen == [8 * MB]


def test_pieces_without_a_length_are_counted(port: int, seen: list[int]):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    client.request("POST", "/small", iter([b"x" * 40_000] * 4), encode_chunked=True)
    assert client.getresponse().status == 413
    client.close()
    assert seen == []


def test_all_bodies_together_have_a_room_and_give_it_back(seen: list[int]):
    """Many that send slowly fill the room, not the machine; when they go, there is room again."""

    def app(environ, start_response):
        seen.append(len(environ["wsgi.input"].read()))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"taken"]

    server = listener(
        app, host="127.0.0.1", port=0, threads=2, most=50, most_bytes=lambda *_: 8 * MB
    )
    server.channel_class = early.channel(lambda *_: 8 * MB, room_bytes=10 * MB)  # type: ignore[attr-defined]
    threading.Thread(target=run_until_closed, args=(server,), daemon=True).start()
    port = port_of(server)
    slow = []
    for _ in range(2):
        client = socket.create_connection(("127.0.0.1", port), timeout=10)
        client.sendall(b"POST / HTTP/1.1\r\nHost: k\r\nContent-Length: 8000000\r\n\r\n")
        client.sendall(bytes(4 * MB))
        slow.append(client)
    time.sleep(0.5)

    def send() -> int:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        client.request("POST", "/", bytes(4 * MB))
        answer = client.getresponse()
        answer.read()
        client.close()
        return answer.status

    assert send() == 503
    gc.disable()  # room comes back when they go, not when somebody tidies memory
    for client in slow:
        client.close()
    deadline = time.monotonic() + 10
    while (status := send()) == 503 and time.monotonic() < deadline:
        time.sleep(0.2)
    gc.enable()
    assert status == 200
    assert [send() for _ in range(5)] == [200] * 5
    server.close()


@pytest.mark.parametrize(
    ("path", "media_type", "most"),
    [
        ("/api/receipt", "application/json", 64_000),
        ("/api/drafts/x/keep", "application/json", 64_000),
        ("/api/drafts", "text/plain", 64_000),
        ("/api/drafts", "audio/webm", 8_000_000),
        ("/api/drafts/x/pieces", "audio/webm", 8_000_000),
        ("/api/items", "image/png", 8_000_000),
        ("/api/items", "image/jpeg", 8_000_000),
        ("/api/items", "image/gif", 8_000_000),  # to hear that it is the wrong type
        ("/review/lists/import", "multipart/form-data", 8_000_000),
        ("/", "", 64_000),
    ],
)
def test_each_address_takes_what_it_needs(path: str, media_type: str, most: int):
    assert most_bytes_at(Limits(), path, media_type) == most
