# ruff: noqa: S608 - the names in statements are our own tables and columns; values are bound
"""Rows of sealed parts: put in, found, given fresh ids, taken out.

Plain SQL, because keeping must cost little more than its own fsync: peewee spends three
milliseconds on wording the statements of one keep.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from nacl.public import PrivateKey, SealedBox

from store import errors
from store.rows import adding, database
from store.rows.models import digest_of
from store.seals import derive, keys, sealing
from store.seals.keys import MasterKey
from store.seals.sealing import Part
from store.status import State, Status, step

# rows read at a time, 4 MiB of them: nobody waits long for the database, memory stays small
_BATCHES = {"item": (4 << 20) // sealing.HEAD_BYTES, "piece": (4 << 20) // sealing.PIECE_BYTES}
_INSERTED = 64  # rows put in by one statement
_PIECE = ("gathering", "id", "sealed_to", "sealed")
_STATUS_OF = {status.value: status for status in Status}


class Head(NamedTuple):
    """An item's row."""

    gathering: bytes
    id: bytes
    sealed_to: bytes
    status: Status
    version: int
    mark: bytes | None
    sealed: bytes
    notes: bytes | None


class Boxes:
    """Opens with the keys that a gathering holds, its own and those merged into it."""

    def __init__(self, master: MasterKey) -> None:
        self._master = master
        self._made: dict[bytes, tuple[PrivateKey, SealedBox[PrivateKey]]] = {}

    def of(self, sealed_to: bytes) -> SealedBox[PrivateKey]:
        """Return what opens parts that were sealed to a gathering."""
        return self._both(sealed_to)[1]

    def public_key(self, sealed_to: bytes) -> bytes:
        """Return what seals new parts beside those that are there."""
        return bytes(self._both(sealed_to)[0].public_key)

    def _both(self, sealed_to: bytes) -> tuple[PrivateKey, SealedBox[PrivateKey]]:
        if sealed_to not in self._made:
            with database.reading():
                private = keys.gathering_key(self._master, sealed_to)
            # Making what opens costs as much as opening: once.
            self._made[sealed_to] = private, SealedBox(private)
        return self._made[sealed_to]


def public_key(gathering_id: str) -> bytes:
    """Return what seals for a gathering; a new master key changes it while it collects."""
    found = database.rows(
        "SELECT public_key FROM gathering WHERE id = ?", database.key_of_gathering(gathering_id)
    )
    if not found:
        raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING)
    return bytes(found[0][0])


def seal_all(content: bytes, public_key: bytes, *, first: int = sealing.HEAD_BYTES) -> list[bytes]:
    """Cut and seal a contribution: the head first."""
    return [sealing.seal(padded, public_key) for padded in sealing.cut(content, first=first)]


def piece_ids(root: bytes) -> Iterator[bytes]:
    """Return the ids of a contribution's pieces, as they follow from its words until release."""
    return (derive.fast(root, b"%d" % place, use="piece", size=16) for place in count())


def put_head(head: Head) -> None:
    """Insert an item's row."""
    _insert("item", Head._fields, [head._asdict()])


def put_new_head(head: Head, public_key: bytes) -> bool:
    """Insert an item's row if its gathering is open and has that key, and nothing has the id yet.

    Says False where it is not so; the caller finds out what is.
    """
    return database.add(adding.STATEMENT, *adding.values(head._asdict(), State.OPEN, public_key))


def put_heads(heads: Sequence[Head]) -> None:
    """Insert rows of items, many at once."""
    _insert("item", Head._fields, [head._asdict() for head in heads])


def change_head(head: Head) -> None:
    """Put other values in place of an item's row."""
    remove(head.gathering, head.id)
    put_head(head)


def head(head_id: bytes) -> Head | None:
    """Return an item's row by its id alone.

    Raises:
        DamagedError: It is not what was written.
    """
    found = database.rows(
        "SELECT gathering FROM item WHERE gathering IN (SELECT id FROM gathering) AND id = ?",
        head_id,
    )
    if not found:
        return None
    values, is_whole = _one("item", Head._fields, found[0][0], head_id)
    if not is_whole:
        raise errors.DamagedError("An item is damaged.")
    return _head(values)


def put_pieces(
    owner: bytes, sealed_to: bytes, ids: Iterator[bytes], sealed: Sequence[bytes]
) -> None:
    """Insert the pieces of an item."""
    rows = [
        {"gathering": owner, "id": piece_id, "sealed_to": sealed_to, "sealed": each}
        for each, piece_id in zip(sealed, ids, strict=False)
    ]
    if rows:
        _insert("piece", _PIECE, rows)


def remove(owner: bytes, head_id: bytes) -> None:
    """Delete an item's row, not its pieces."""
    database.run("DELETE FROM item WHERE gathering = ? AND id = ?", owner, head_id)


def remove_pieces(owner: bytes, ids: Iterator[bytes]) -> None:
    """Delete pieces until an id leads to none."""
    for piece_id in ids:
        if not database.run("DELETE FROM piece WHERE gathering = ? AND id = ?", owner, piece_id):
            return


def pieces_by_id(owner: bytes, ids: Iterable[bytes]) -> list[bytes]:
    """Return sealed pieces until an id leads to none."""
    found = []
    for piece_id in ids:
        rows = database.rows(
            "SELECT sealed FROM piece WHERE gathering = ? AND id = ?", owner, piece_id
        )
        if not rows:
            break
        found.append(bytes(rows[0][0]))
    return found


def piece(owner: bytes, piece_id: bytes) -> bytes | None:
    """Return a sealed piece; None for a damaged one."""
    values, is_whole = _one("piece", _PIECE, owner, piece_id)
    return bytes(values["sealed"]) if is_whole else None


def heads(owner: bytes) -> Iterator[Head | None]:
    """Read a gathering's items in the order of their ids; None for a damaged row."""
    for values in _rows("item", Head._fields, owner):
        yield None if values is None else _head(values)


def pieces(owner: bytes, boxes: Boxes) -> Iterator[tuple[bytes, Part]]:
    """Open a gathering's pieces, each with its row's id; damaged ones are left out."""
    for values in _rows("piece", _PIECE, owner):
        if values is not None:
            try:
                opened = sealing.unseal(values["sealed"], boxes.of(values["sealed_to"]))
                yield values["id"], sealing.part(opened)
            except errors.DamagedError:
                continue


def leave_receipts(owner: bytes) -> None:
    """Note which ids were given out, apart from the items."""
    found = database.rows("SELECT id, mark FROM item WHERE gathering = ?", owner)
    rows = [{"id": key, "gathering": owner, "mark": mark or b""} for key, mark in found]
    _insert("receipt", ("id", "gathering", "mark"), rows)


def give_fresh_ids(owner: bytes) -> None:
    """Cut the ties between words and rows: every row gets a random id."""
    for table, columns in (("item", Head._fields), ("piece", _PIECE)):
        there = database.rows(f"SELECT id FROM {table} WHERE gathering = ? ORDER BY id", owner)
        for at in range(0, len(there), _INSERTED):
            some = [key for (key,) in there[at : at + _INSERTED]]
            found = _taken_out(table, columns, owner, some)
            _insert(table, columns, [_released(values) for values in found])


def _taken_out(
    table: str, columns: Sequence[str], owner: bytes, some: Sequence[bytes]
) -> list[dict[str, Any]]:
    """Delete rows, and return what they held; a damaged one keeps a digest that fits nothing.

    The ids come in their order: a server without statistics would read all others, too, if it were
    only told which, and not from where to where.
    """
    named = ", ".join("?" * len(some))
    these = f"WHERE gathering = ? AND id >= ? AND id <= ? AND id IN ({named})"
    which = owner, some[0], some[-1], *some
    taken = []
    names = ("digest", *columns)
    for found in database.rows(f"SELECT {', '.join(names)} FROM {table} {these}", *which):
        values = dict(zip(names, found, strict=True))
        if values.pop("digest") != digest_of(table, values):
            values["digest"] = bytes(16)
        taken.append(values)
    database.run(f"DELETE FROM {table} {these}", *which)
    return taken


def _released(values: dict[str, Any]) -> dict[str, Any]:
    fresh = {**values, "id": database.random_id()}
    if "status" in values:
        if values["status"] in {Status.SEALED, Status.SILENT}:
            fresh["status"] = step(values["status"], Status.RELEASED)
        fresh |= {"mark": None, "version": 1}
    return fresh


def _head(values: dict[str, Any]) -> Head:
    values["status"] = _STATUS_OF[values["status"]]
    return Head(**values)


def _one(
    table: str, columns: Sequence[str], owner: bytes, key: bytes
) -> tuple[dict[str, Any], bool]:
    """Return a row's values, and whether they are what was written."""
    names = ", ".join(columns)
    ((digest, *found),) = database.rows(
        f"SELECT digest, {names} FROM {table} WHERE gathering = ? AND id = ?", owner, key
    )
    values = dict(zip(columns, found, strict=True))
    return values, digest == digest_of(table, values)


def _rows(table: str, columns: Sequence[str], owner: bytes) -> Iterator[dict[str, Any] | None]:
    """Read a gathering's rows in the order of their ids, some at a time; None for a damaged one."""
    last, most = b"", _BATCHES[table]
    while True:
        try:
            with database.reading():
                some = database.rows(
                    f"SELECT digest, {', '.join(columns)} FROM {table}"
                    f" WHERE gathering = ? AND id > ? ORDER BY id LIMIT {most}",
                    owner, last,
                )  # fmt: skip
        except errors.DamagedError:
            yield from _salvaged(table, columns, owner, last)
            return
        for digest, *found in some:
            values = dict(zip(columns, found, strict=True))
            yield values if digest == digest_of(table, values) else None
            last = values["id"]
        if len(some) < most:
            return


def _salvaged(
    table: str, columns: Sequence[str], owner: bytes, last: bytes
) -> Iterator[dict[str, Any]]:
    """Go on without SQLite where pages do not hang together any more."""
    stored = (*columns[:2], "digest", *columns[2:])
    found = database.engine().salvaged(table, stored)
    mine = (row for row in found if row["gathering"] == owner and row["id"] > last)
    yield from sorted(mine, key=lambda row: bytes(row["id"]))


def _insert(table: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Put rows in; one that brings a digest is known to be damaged and stays so."""
    names = ", ".join(("digest", *columns))
    places = f"({', '.join('?' * (len(columns) + 1))})"
    for at in range(0, len(rows), _INSERTED):
        some = rows[at : at + _INSERTED]
        database.run(
            f"INSERT INTO {table} ({names}) VALUES {', '.join([places] * len(some))}",
            *(
                value
                for values in some
                for value in (
                    values.get("digest") or digest_of(table, values),
                    *(values[name] for name in columns),
                )
            ),
        )
