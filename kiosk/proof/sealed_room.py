"""A network that leads nowhere and writes down whatever is sent to it.

Run as a program in network and mount namespaces of its own (`kiosk.proof.proof`): all routes end in
a device whose other end is this program, so nothing can leave without being seen, be it one lookup
of a name. First it sends something itself, to show that it would be heard. Prints JSON: what was
heard of that, what was heard of the program it was given, and what that program printed.
"""

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000  # linux/if_tun.h
DEVICE = "out"
SETTLE_SECONDS = 0.5
SETTING_UP = (
    ("ip", "link", "set", "lo", "up"),
    ("ip", "address", "add", "10.9.0.1/24", "dev", DEVICE),
    ("ip", "link", "set", DEVICE, "up"),
    ("ip", "route", "add", "default", "dev", DEVICE),
    ("ip", "-6", "route", "add", "default", "dev", DEVICE),
)
KERNELS_OWN = {0, 2, 58}  # hop-by-hop, IGMP, ICMPv6: what a device says when it comes up


def room() -> list[str]:
    """Set the network up; what is sent to it appears in the list."""
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", DEVICE.encode(), IFF_TUN | IFF_NO_PI))
    for command in SETTING_UP:
        subprocess.run(command, check=command[1] != "-6")  # noqa: S603
    names = Path(tempfile.gettempdir()) / f"resolv-{os.getpid()}.conf"  # bound over a file at once
    names.write_text("nameserver 10.9.0.53\noptions timeout:1 attempts:1\n")
    subprocess.run(["mount", "--bind", names, "/etc/resolv.conf"], check=True)  # noqa: S603, S607
    names.unlink()
    seen: list[str] = []

    def listen() -> None:
        while True:
            said = told(os.read(device, 65_536))
            if said:
                seen.append(said)

    threading.Thread(target=listen, daemon=True).start()
    return seen


def told(packet: bytes) -> str:
    """A packet in a few words; nothing for what the kernel says by itself."""
    if packet[0] >> 4 == 4:
        protocol, body = packet[9], packet[(packet[0] & 15) * 4 :]
        to = ".".join(map(str, packet[16:20]))
    else:
        protocol, body, to = packet[6], packet[40:], packet[24:40].hex()
    if protocol in KERNELS_OWN:
        return ""
    port = int.from_bytes(body[2:4])
    name = b".".join(_labels(body[8 + 12 :])).decode("ascii", "replace") if port == 53 else ""
    return f"{ {6: 'tcp', 17: 'udp'}.get(protocol, protocol) } {to}:{port} {name}".strip()


def _labels(question: bytes) -> list[bytes]:
    found = []
    while question and question[0]:
        found.append(question[1 : 1 + question[0]])
        question = question[1 + question[0] :]
    return found


def control(seen: list[str]) -> list[str]:
    """Look a name up, announce something, ask for the time; return what was heard of it."""
    with suppress(OSError):
        socket.getaddrinfo("updates.example", 443)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as chatty:
        chatty.sendto(b"here I am", ("224.0.0.251", 5353))  # mDNS
        chatty.sendto(b"", ("192.0.2.7", 123))
    time.sleep(SETTLE_SECONDS)
    heard = sorted(set(seen))
    seen.clear()
    return heard


def main() -> None:
    """Run a program in the room."""
    watched = room()
    heard_of_control = control(watched)
    done = subprocess.run(sys.argv[1:], check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603
    time.sleep(SETTLE_SECONDS)
    answer = {"control": heard_of_control, "heard": sorted(set(watched)), "printed": done.stdout}
    sys.stdout.write(json.dumps(answer))
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
