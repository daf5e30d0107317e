"""Other tablets on the local network: an own certificate authority and a TLS front.

Browsers hide the microphone from pages that are neither on their own machine nor on HTTPS. With
`--lan` the kiosk makes a certificate authority that can vouch for this one machine only (name
constraints), signs a certificate with it, and listens with TLS on every address. The TLS front
copies bytes to a second listener on the loopback, so the application never sees an address.
"""

import asyncio
import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.network.early import MostBytes
from kiosk.network.listener import Application, Environ, listener, port_of, run_until_closed
from kiosk.network.tablets import OWN_TITLE, title_of
from kiosk.network.told import tell
from kiosk.places import FROM_SHARE, NETWORK, machine_of, share_of
from kiosk.settings import Settings

TLS_PORT_ABOVE = 363  # 8080 -> 8443
NAME = "kiosk.local"
HANDSHAKE_SECONDS = 5.0
QUIET_SECONDS = 60.0
MOST_CONNECTIONS = 200
MOST_SHAKING_FROM_ONE, MOST_AT_ONCE = 60, 200  # connections that have not shaken hands yet
MOST_FROM_ONE_ADDRESS = 30  # a browser opens six; more would keep other tablets out
AUTHORITY_DAYS = 3650
LEAF_DAYS = 397  # the longest that browsers take
Known = tuple[str, str]  # of a connection: its share, the title of its tablet's own gathering
NOBODY: Known = (NETWORK, "")


def own_addresses() -> list[str]:
    """The addresses of this machine on its network, without asking anybody."""
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1; UDP connect sends nothing
            return [probe.getsockname()[0]]
        except OSError:
            return []


def names() -> tuple[str, ...]:
    """Host names and addresses under which tablets may call this machine."""
    return (NAME, *own_addresses())


def listen(
    app: Application, settings: Settings, *, local_port: int, most_bytes: MostBytes
) -> Callable[[], None]:
    """Serve an application with TLS to the local network; returns what stops it."""
    threads, most = settings.server.threads, 2 * MOST_CONNECTIONS
    known: dict[str, Known] = {}  # by the port of the inner connection, while it lasts

    def share_of_port(port: int) -> str:
        return known.get(str(port), NOBODY)[0]

    def told(environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
        found = known.get(str(environ["REMOTE_PORT"]), NOBODY)
        environ[FROM_SHARE], environ[OWN_TITLE] = found
        return app(environ, start_response)

    inner = listener(
        told,
        host="127.0.0.1",
        port=0,
        threads=threads,
        most=most,
        most_bytes=most_bytes,
        share_of_port=share_of_port,
    )
    threading.Thread(target=run_until_closed, args=(inner,), daemon=True).start()
    folder = settings.data_dir / "tls"
    certificate, key = ensure_certificate(folder, names())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    context.num_tickets = 0  # no sessions to go on with: each would be remembered, by thousands
    port = local_port + TLS_PORT_ABOVE
    front = _Front(
        context, port=port, inner_port=port_of(inner), known=known, tablets=settings.tablets
    )
    front.start()
    tell(own_addresses() or [NAME], port, folder / "ca.crt")

    def stop() -> None:
        front.stop()
        inner.close()

    return stop


class _Front:
    """Ends TLS and copies bytes, in a thread with an event loop of its own."""

    def __init__(
        self,
        context: ssl.SSLContext,
        *,
        port: int,
        inner_port: int,
        known: dict[str, Known],
        tablets: Mapping[str, str],
    ) -> None:
        self._context, self._port, self._inner_port = context, port, inner_port
        self._known, self._tablets = known, tablets
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Semaphore(MOST_CONNECTIONS)
        self._held: Counter[str] = Counter()  # connections by address, while they last
        self._shaking: Counter[str] = Counter()  # those that have not shaken hands yet

    def start(self) -> None:
        self._loop.set_exception_handler(lambda _loop, _context: None)  # a reset peer is no news
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(timeout=10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        self._loop.run_forever()
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(
            self._serve,
            host=None,
            port=self._port,
        )

    async def _end(self) -> None:
        self._server.close()
        copying = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in copying:
            task.cancel()
        await asyncio.gather(*copying, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = str(writer.get_extra_info("peername", ("",))[0])
        address = machine_of(peer)
        waiting = self._shaking[address]
        if waiting >= MOST_SHAKING_FROM_ONE or self._shaking.total() >= MOST_AT_ONCE:
            writer.transport.abort()
            return
        self._shaking[address] += 1  # from the first moment: one that never ends it counts, too
        try:
            await writer.start_tls(self._context, ssl_handshake_timeout=HANDSHAKE_SECONDS)
        except OSError:
            writer.transport.abort()
            return
        finally:
            self._shaking -= Counter([address])
        if self._held[address] >= MOST_FROM_ONE_ADDRESS:
            writer.close()
            return
        self._held[address] += 1
        try:
            await self._join(reader, writer, (share_of(peer), title_of(peer, self._tablets)))
        finally:
            self._held -= Counter([address])  # which forgets the address with its last connection

    async def _join(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, known: Known
    ) -> None:
        async with self._open:
            with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
                inner = await asyncio.open_connection("127.0.0.1", self._inner_port)
                own_port = str(inner[1].get_extra_info("sockname")[1])
                self._known[own_port] = known
                try:
                    await asyncio.gather(_copy(reader, inner[1]), _copy(inner[0], writer))
                finally:
                    self._known.pop(own_port, None)
            with contextlib.suppress(OSError):
                writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while block := await asyncio.wait_for(reader.read(65_536), QUIET_SECONDS):
            writer.write(block)
            await writer.drain()
    finally:
        with contextlib.suppress(OSError):
            writer.close()


def ensure_certificate(folder: Path, wanted: tuple[str, ...]) -> tuple[Path, Path]:
    """The certificate and key for some names, made anew when names or dates have changed."""
    folder.mkdir(mode=0o700, exist_ok=True)
    leaf, key = folder / "kiosk.crt", folder / "kiosk.key"
    if leaf.exists() and key.exists() and _still_good(leaf, wanted):
        return leaf, key
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _authority(authority_key, wanted)
    leaf_key = ec.generate_private_key(ec.SECP256R1())
    signed = _leaf(leaf_key, authority_key, authority, wanted)
    key.write_bytes(_pem(leaf_key))
    key.chmod(0o600)
    leaf.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "ca.crt").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    return leaf, key  # the authority's key is forgotten: it can never vouch for anything else


def _still_good(leaf: Path, wanted: tuple[str, ...]) -> bool:
    try:
        found = x509.load_pem_x509_certificate(leaf.read_bytes())
    except ValueError:
        return False
    alternative = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = {str(each.value) for each in alternative}
    soon = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=14)
    return set(wanted) <= known and found.not_valid_after_utc > soon


def _general_name(name: str, *, as_network: bool) -> x509.GeneralName:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return x509.DNSName(name)
    return x509.IPAddress(ipaddress.ip_network(address) if as_network else address)


def _authority(key: ec.EllipticCurvePrivateKey, wanted: tuple[str, ...]) -> x509.Certificate:
    permitted = [_general_name(name, as_network=True) for name in (*wanted, "localhost")]
    return (
        _builder(key.public_key(), "Release kiosk authority", AUTHORITY_DAYS)
        .issuer_name(_named("Release kiosk authority"))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _leaf(
    key: ec.EllipticCurvePrivateKey,
    authority_key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    wanted: tuple[str, ...],
) -> x509.Certificate:
    alternative = [_general_name(name, as_network=False) for name in (*wanted, "localhost")]
    return (
        _builder(key.public_key(), NAME, LEAF_DAYS)
        .issuer_name(authority.subject)
        .add_extension(x509.SubjectAlternativeName(alternative), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )


def _builder(
    public_key: ec.EllipticCurvePublicKey, name: str, days: int
) -> x509.CertificateBuilder:
    start = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=days))
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates,
        crl_sign=signs_certificates, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
