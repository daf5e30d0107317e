"""Read rows out of a file whose structure is damaged, page by page, without SQLite.

SQLite reads down from the root of a table: one damaged page in between hides all rows below it.
Here every page is looked at by itself. Nothing found is believed unless its digest is right, so a
page that only looks like one of ours, or an old one, does no harm.

All our tables are WITHOUT ROWID, which SQLite stores as index pages
(https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1).
"""

import struct
from collections.abc import Iterator
from typing import Any

from store.rows.models import digest_of

_LEAF, _INTERIOR = 0x0A, 0x02
_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
_OUR_SIZE = 4096  # bytes of a page, unless SQLite was built with another default
_MOST_BYTES = 1 << 20  # of one row; ours have 40 KiB at most


def rows(data: bytes, table: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Return every row of a table whose digest is right, each once.

    Args:
        data: The database file.
        table: Its name.
        columns: As stored: the key's first, then the others in the order of the schema.
    """
    seen: set[bytes] = set()
    for size in {_page_size(data), _OUR_SIZE}:
        for record in _all_records(data, size):
            row = _row(record, columns)
            if row is None:
                continue
            digest = row.pop("digest")
            if isinstance(digest, bytes) and digest not in seen and digest == digest_of(table, row):
                seen.add(digest)
                yield row


def _page_size(data: bytes) -> int:
    """Read it in the header, which can be damaged, too."""
    if len(data) < 18:
        return _OUR_SIZE
    (size,) = struct.unpack_from(">H", data, 16)
    is_plausible = size in {512, 1024, 2048, 4096, 8192, 16384, 32768}
    return int(size) if is_plausible else _OUR_SIZE


def _all_records(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data) - size + 1, size):
        yield from _records(data, start, size)


def _records(data: bytes, start: int, size: int) -> Iterator[bytes]:
    head = start + (100 if start == 0 else 0)
    kind = data[head]
    if kind not in {_LEAF, _INTERIOR}:
        return
    (count,) = struct.unpack_from(">H", data, head + 3)
    pointers = head + (8 if kind == _LEAF else 12)
    for place in range(min(count, size // 4)):
        at = pointers + 2 * place
        if at + 2 > start + size:
            return
        (offset,) = struct.unpack_from(">H", data, at)
        try:
            yield _payload(data, start + offset + (0 if kind == _LEAF else 4), size)
        except (IndexError, ValueError, struct.error):
            continue


def _payload(data: bytes, at: int, size: int) -> bytes:
    """Collect a cell's content: its local part, then its chain of overflow pages."""
    length, at = _varint(data, at)
    if length > _MOST_BYTES:
        raise ValueError("not a row of ours")
    most, least = (size - 12) * 64 // 255 - 23, (size - 12) * 32 // 255 - 23
    local = length
    if length > most:
        local = least + (length - least) % (size - 4)
        local = local if local <= most else least
    content = data[at : at + local]
    if local == length:
        return content
    (page,) = struct.unpack_from(">I", data, at + local)
    parts = [content]
    missing = length - local
    while missing > 0:
        start = (page - 1) * size
        if page < 2 or start + size > len(data):
            raise ValueError("a chain leads nowhere")
        parts.append(data[start + 4 : start + 4 + min(missing, size - 4)])
        missing -= size - 4
        (page,) = struct.unpack_from(">I", data, start)
    return b"".join(parts)


def _row(record: bytes, columns: tuple[str, ...]) -> dict[str, Any] | None:
    try:
        end, at = _varint(record, 0)
        kinds = []
        while at < end:
            kind, at = _varint(record, at)
            kinds.append(kind)
        if len(kinds) > len(columns):
            return None
        values = []
        for kind in kinds:
            value, at = _value(record, at, kind)
            values.append(value)
        values += [None] * (len(columns) - len(values))  # of before the table had them all
        return dict(zip(columns, values, strict=True))
    except (IndexError, ValueError):
        return None


def _value(record: bytes, at: int, kind: int) -> tuple[object, int]:
    length = (kind - 12) // 2 if kind >= 12 else _SIZES.get(kind, -1)
    if length < 0 or at + length > len(record):
        raise ValueError("not a row of ours")
    content = record[at : at + length]
    if kind == 0:
        return None, at
    if kind < 12:
        return (kind - 8 if kind in {8, 9} else int.from_bytes(content, signed=True)), at + length
    return (content if kind % 2 == 0 else content.decode()), at + length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("unreachable")
