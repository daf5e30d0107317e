"""What the fault tests share: invented words, byte search, order statistics."""

import base64
import itertools
import math
import secrets
import zlib
from pathlib import Path


def token() -> str:
    """An idempotency token as a browser makes it."""
    return secrets.token_urlsafe(18)


def forms(text: str) -> list[bytes]:
    """Return what a text looks like in the encodings that could hide it."""
    plain = text.encode()
    found = [plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode()]
    for shift in range(3):  # base64 has three alignments; the ends depend on the neighbours
        encoded = base64.b64encode(b"\0" * shift + plain)
        found.append(encoded[4 if shift else 0 : -4])
    return found


def files_holding(folder: Path, *texts: str) -> dict[str, list[str]]:
    """Return the files in which a text is found, plain, encoded or deflated, with what was found."""
    wanted = {text: forms(text) for text in texts}
    found: dict[str, list[str]] = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        contents = [path.read_bytes()]
        contents += inflated(contents[0])
        for text, looks in wanted.items():
            if any(look in content for look in looks for content in contents):
                found.setdefault(path.name, []).append(text)
    return found


def inflated(content: bytes) -> list[bytes]:
    """Return what unpacks from any place in a file that begins like zlib or gzip."""
    found = []
    for start, bits in (
        (b"\x78\x01", 15),
        (b"\x78\x5e", 15),
        (b"\x78\x9c", 15),
        (b"\x78\xda", 15),
        (b"\x1f\x8b\x08", 31),
    ):
        at = content.find(start)
        while at >= 0:
            try:
                unpacked = zlib.decompressobj(bits).decompress(
                    content[at : at + (1 << 20)], 1 << 22
                )
                if len(unpacked) > 8:
                    found.append(unpacked)
            except zlib.error:
                pass
            at = content.find(start, at + 1)
    return found


def kendall(order: list[int]) -> float:
    """Return Kendall's tau of an order against 0, 1, 2, ...: 1 the same, -1 reversed, 0 by chance."""
    agree = sum(1 if a < b else -1 for a, b in itertools.combinations(order, 2))
    return agree / math.comb(len(order), 2)


def kendall_deviation(count: int) -> float:
    """Return tau's standard deviation for orders that are pure chance (Kendall 1938)."""
    return math.sqrt(2 * (2 * count + 5) / (9 * count * (count - 1)))
