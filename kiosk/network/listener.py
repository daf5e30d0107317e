"""What listens for plain HTTP, as waitress makes it; waitress itself has no types."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Protocol

from waitress import create_server

from kiosk.network.early import MostBytes, channel

Application = Callable[..., Iterable[bytes]]
Environ = dict[str, Any]

MOST_HEAD_BYTES = 32 << 10  # a browser sends one; hundreds of connections may each hold so much
IN_MEMORY_BYTES = 128 << 20  # above any body we take: waitress then never opens a temporary file


class Listener(Protocol):
    """A server that has its socket, and begins with `run`."""

    def run(self) -> None:
        """Serve until closed."""

    def close(self) -> None:
        """Take no more connections."""


def listener(
    app: Application,
    *,
    host: str,
    port: int,
    threads: int,
    most: int,
    most_bytes: MostBytes,
    share_of_port: Callable[[int], str] | None = None,
) -> Listener:
    """Listen, and serve nothing yet.

    Args:
        app: The application.
        host: Address to listen at.
        port: 0 picks a free one; see `port_of`.
        threads: How many requests are answered at once.
        most: Connections held at once.
        most_bytes: What an address takes of a media type; more is refused before it is read.
        share_of_port: Which share of the network a connection belongs to; None: none.

    Raises:
        OSError, ValueError: There is no listening there.
    """
    made = create_server(
        app,
        host=host,
        port=port,
        threads=threads,
        connection_limit=most,
        inbuf_overflow=IN_MEMORY_BYTES,
        outbuf_overflow=IN_MEMORY_BYTES,
        max_request_header_size=MOST_HEAD_BYTES,
        max_request_body_size=65_000_000,
        channel_timeout=30,
        cleanup_interval=5,
        ident="",
        clear_untrusted_proxy_headers=True,
    )
    kind = channel(most_bytes, share_of_port=share_of_port)
    for each in [made, *getattr(made, "map", {}).values()]:  # a name can stand for two addresses
        each.channel_class = kind
    listening: Listener = made
    return listening


def port_of(server: Listener) -> int:
    """Where it listens; a server at several addresses tells its first."""
    several = getattr(server, "effective_listen", None)
    return int(several[0][1] if several else getattr(server, "effective_port", 0))


def run_until_closed(server: Listener) -> None:
    """Serve in a thread; closing takes the sockets away from under its loop."""
    with suppress(OSError):
        server.run()
