"""Looks for words in files as a thief of the disk would: plain, encoded, compressed."""

import base64
import re
import zlib
from pathlib import Path

ZLIB_HEADS = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
MOST_BYTES = 4_000_000  # of one deflated stretch, and of what it inflates to


def files_holding(folder: Path, *words: str) -> list[Path]:
    """The files below a folder in which any of these words stand, in any usual form."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and holds(path, *words)]


def holds(path: Path, *words: str) -> bool:
    """Whether one file holds any of the words: UTF-8, UTF-16, base64 or deflated."""
    content = path.read_bytes()
    return any(_has(form, each) for form in (content, *_inflated(content)) for each in words)


def _has(content: bytes, words: str) -> bool:
    lowered = content.lower()
    plain = (words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be"))
    return any(form.lower() in lowered for form in plain) or any(
        form in content for form in _base64_forms(words.encode())
    )


def _base64_forms(words: bytes) -> list[bytes]:
    """What the words look like inside base64, at each of its three alignments."""
    forms = []
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + words)
        forms.append(encoded[4 if shift else 0 : -4])
    return forms


def _inflated(content: bytes) -> list[bytes]:
    found = []
    whole = memoryview(content)
    for head in ZLIB_HEADS.finditer(content):
        try:
            inflater = zlib.decompressobj(wbits=47)  # zlib or gzip, by its header
            stretch = whole[head.start() : head.start() + MOST_BYTES]
            found.append(inflater.decompress(stretch, MOST_BYTES))
        except zlib.error:
            continue
    return found
