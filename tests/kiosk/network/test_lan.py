"""Other tablets: a certificate for this machine alone, and a front that never hangs."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import sys
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from flask import Flask

from kiosk.guard import FROM_NETWORK
from kiosk.network import lan
from kiosk.network.tablet_page import tablet
from kiosk.network.tablets import OWN_TITLE
from kiosk.network.told import picture, tell
from kiosk.serve import ServeError, _from_network, _listen_to_network
from kiosk.settings import Server, Settings

NAMES = ("kiosk.local", "127.0.0.1")


def test_the_authority_can_vouch_for_this_machine_alone(tmp_path: Path):
    lan.ensure_certificate(tmp_path / "tls", NAMES)
    authority = x509.load_pem_x509_certificate((tmp_path / "tls" / "ca.crt").read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    permitted = limits.value.permitted_subtrees or []
    assert limits.critical
    assert [each.value for each in permitted] == [
        "kiosk.local",
        ipaddress.ip_network("127.0.0.1/32"),
        "localhost",
    ]


def test_only_the_leafs_key_is_written_and_only_its_owner_reads_it(tmp_path: Path):
    _leaf, key = lan.ensure_certificate(tmp_path / "tls", NAMES)
    assert key.stat().st_mode & 0o077 == 0
    files = sorted(path.name for path in (tmp_path / "tls").iterdir())
    assert files == ["ca.crt", "kiosk.crt", "kiosk.key"]


def test_a_good_certificate_stays_and_a_new_name_makes_a_new_one(tmp_path: Path):
    leaf, _key = lan.ensure_certificate(tmp_path / "tls", NAMES)
    first = leaf.read_bytes()
    lan.ensure_certificate(tmp_path / "tls", NAMES)
    assert leaf.read_bytes() == first
    lan.ensure_certificate(tmp_path / "tls", (*NAMES, "192.0.2.7"))
    assert leaf.read_bytes() != first


@pytest.fixture
def front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An application behind the TLS front; gives its port and the authority's certificate."""

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"network" if environ.get(FROM_NETWORK) else b"local"]

    monkeypatch.setattr(lan, "own_addresses", lambda: ["127.0.0.1"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(data_dir=tmp_path, server=Server(threads=4))
    stop = lan.listen(
        _from_network(app),
        settings,
        local_port=port - lan.TLS_PORT_ABOVE,
        most_bytes=lambda *_: 64_000,
    )
    yield port, tmp_path / "tls" / "ca.crt"
    stop()


def get(port: int, authority: Path) -> str:
    context = ssl.create_default_context(cafile=str(authority))
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=5)
    connection.request("GET", "/")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_a_tablet_that_trusts_the_authority_is_served_and_marked_as_from_the_network(front):
    assert get(*front) == "network"


def test_a_tablet_is_known_by_its_connection_and_nothing_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The application is told the title of its gathering, and no address."""
    seen: list[dict[str, object]] = []

    def app(environ, start_response):
        seen.append(environ)
        start_response("200 OK", [])
        return [b""]

    monkeypatch.setattr(lan, "own_addresses", lambda: ["127.0.0.1"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    stop = lan.listen(
        app,
        Settings(data_dir=tmp_path, tablets={"127.0.0.2": "Night"}),
        local_port=port - lan.TLS_PORT_ABOVE,
        most_bytes=lambda *_: 64_000,
    )
    says = "X-Forwarded-For: 127.0.0.2\r\nForwarded: for=127.0.0.2\r\nkiosk.own_title: Night\r\n"
    for source in ("127.0.0.2", "127.0.0.3"):
        with open_tls(port, tmp_path / "tls" / "ca.crt", source) as made:
            made.sendall(f"GET / HTTP/1.1\r\nHost: localhost\r\n{says}\r\n".encode())
            assert made.recv(100).startswith(b"HTTP/1.1 200")
    stop()
    assert [each[OWN_TITLE] for each in seen] == ["Night", ""]
    for each in seen:
        each.pop("HTTP_FORWARDED", None)
        assert "127.0.0.2" not in repr(each)
        assert "127.0.0.3" not in repr(each)


def test_silent_connections_do_not_keep_others_waiting(front):
    port, authority = front
    silent = [socket.create_connection(("127.0.0.1", port)) for _number in range(40)]
    start = time.monotonic()
    assert get(port, authority) == "network"
    assert time.monotonic() - start < 2
    for connection in silent:
        connection.close()


def open_tls(port: int, authority: Path, source: str) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(authority))
    plain = socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(source, 0))
    return context.wrap_socket(plain, server_hostname="127.0.0.1")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
def test_one_address_cannot_keep_the_others_out(front):
    """Sixty connections that never finish their sentence; a tablet at another address is served."""
    port, authority = front
    stalled = [open_tls(port, authority, "127.0.0.3") for _number in range(60)]
    for each in stalled:
        with contextlib.suppress(OSError):
            each.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
    refused = 0
    for each in stalled:
        each.settimeout(0.05)
        with contextlib.suppress(TimeoutError):
            try:
                refused += each.recv(1) == b""
            except (ConnectionError, ssl.SSLError):
                refused += 1
    assert refused == 60 - lan.MOST_FROM_ONE_ADDRESS
    start = time.monotonic()
    assert get(port, authority) == "network"
    assert time.monotonic() - start < 2
    for each in stalled:
        each.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
def test_connections_count_from_the_first_moment(front):
    """Hundreds that never shake hands: those over the count are dropped at once, others served."""
    port, authority = front
    silent = [
        socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.3", 0))
        for _number in range(100)
    ]
    assert get(port, authority) == "network"
    dropped = 0
    for each in silent:
        each.settimeout(0.05)
        with contextlib.suppress(TimeoutError):
            try:
                dropped += each.recv(1) == b""
            except ConnectionResetError:
                dropped += 1
        each.close()
    assert dropped >= 30


def test_the_terminal_tells_the_address_and_what_the_certificate_is_known_by(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a tablet shows can be compared by eye; the picture is of that address and no other."""
    lan.ensure_certificate(tmp_path / "tls", ("kiosk.local",))
    authority = tmp_path / "tls" / "ca.crt"
    tell(["192.0.2.7"], 8443, authority)
    said = capsys.readouterr().out
    known = x509.load_pem_x509_certificate(authority.read_bytes()).fingerprint(hashes.SHA256())
    assert "https://192.0.2.7:8443" in said
    assert f"https://192.0.2.7:8443{tablet.url_prefix}/" in said  # the steps
    assert known.hex() in said.replace("\n  ", "").replace(":", "").lower()
    assert picture("https://192.0.2.7:8443") != picture("https://192.0.2.8:8443")
    assert set(picture("https://192.0.2.7:8443")) <= set(" \n█▀▄")


def test_a_port_that_tablets_cannot_have_stops_the_start_with_one_sentence(tmp_path: Path):
    """Theirs is another than the one that was given; both are named."""
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(ServeError, match="65663, which is 363 above 65300: there is no such port"):
        _listen_to_network(Flask(__name__), settings, 65_300)
    with socket.create_server(("", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"at port {port}, .*: Address already in use"):
            _listen_to_network(Flask(__name__), settings, port - lan.TLS_PORT_ABOVE)
