"""Whether memory stays flat while ten thousand TLS connections come and go.

    ./dev bench connections [--count 10000]

A real kiosk with `--lan`. Of four connections two ask for something, one says nothing after its
handshake, one hangs up instead of shaking hands. Printed is what the kiosk's process holds in
memory after each tenth of them and after the next round of housekeeping, and what else is open.
"""

import argparse
import contextlib
import socket
import ssl
import sys
import tempfile
import time
from pathlib import Path

import psutil

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME)]

from kiosk.network.lan import TLS_PORT_ABOVE  # noqa: E402
from kiosk.serve import HOUSEKEEPING_SECONDS  # noqa: E402
from tests.support.running import init, running  # noqa: E402

ASK = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def come_and_go(port: int, context: ssl.SSLContext, number: int) -> bool:
    """One connection; returns whether it was answered, or wanted no answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        if number % 4 == 3:
            return True
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            if number % 4 == 2:
                return True
            secure.sendall(ASK)
            return b" 200 " in secure.recv(4096)


def main() -> None:
    """Run it, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    count = parser.parse_args().count
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with tempfile.TemporaryDirectory() as folder:
        init(Path(folder) / "data")
        with running(Path(folder) / "data", "--lan") as kiosk:
            port = int(kiosk.url.rpartition(":")[2]) + TLS_PORT_ABOVE
            process = psutil.Process(kiosk.process.pid)
            answered, begun = 0, time.monotonic()
            for number in range(count):
                with contextlib.suppress(OSError):
                    answered += come_and_go(port, context, number)
                if (number + 1) % max(count // 10, 1) == 0:
                    held = process.memory_info().rss / 1e6
                    print(f"{number + 1:6} connections: {held:.1f} MB")
            seconds = time.monotonic() - begun
            print(f"{answered} of {count} as they wished, in {seconds:.0f} s")
            time.sleep(HOUSEKEEPING_SECONDS + 2)
            held = process.memory_info().rss / 1e6
            print(f"after the next round of housekeeping: {held:.1f} MB,", end=" ")
            print(f"{process.num_fds()} descriptors, {process.num_threads()} threads")


if __name__ == "__main__":
    main()
