"""The tables. No row has a time or a sequence; only a gathering has dates.

Every table is WITHOUT ROWID, or SQLite would number the rows itself, and every row carries a
digest over its other columns: SQLite's own integrity check misses most changed bytes.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Self

import peewee

from store import errors
from store.rows.database import db


def digest_of(table: str, values: Mapping[str, object]) -> bytes:
    """Compute a row's digest over the columns that hold something, in order of their names.

    So a later schema can add a column without touching old rows.
    """
    parts = [table.encode()]
    for name, encoded in _in_order(tuple(values)):
        value = values[name]
        if value is not None:
            data = value if isinstance(value, bytes) else _as_bytes(value)
            parts += encoded, b"%d" % len(data), data
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()


@cache
def _in_order(names: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, name.encode()) for name in sorted(names))


def _as_bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return b"%d" % value if isinstance(value, int) else bytes(value)  # type: ignore[call-overload]


class Row(peewee.Model):
    """A row that knows whether it is still what was written."""

    digest = peewee.BlobField()

    class Meta:
        """All tables live in the one database."""

        database = db
        without_rowid = True

    def sum(self) -> bytes:
        """Compute the digest over all other columns."""
        values = {name: getattr(self, name) for name in self._meta.fields if name != "digest"}
        return digest_of(self._meta.table_name, values)

    def is_whole(self) -> bool:
        """Say whether the row is what was written."""
        return bytes(self.digest) == self.sum()

    def whole(self) -> Self:
        """Return the row, or refuse it if it is damaged."""
        if not self.is_whole():
            raise errors.DamagedError(f"A row of {type(self).__name__} is damaged.")
        return self

    def put(self) -> Self:
        """Insert the row."""
        self.digest = self.sum()
        self.save(force_insert=True)
        return self

    def rewrite(self, **values: object) -> Self:
        """Change columns of a stored row, the key among them if given."""
        key = self._pk_expr()  # type: ignore[attr-defined]
        was_whole = self.is_whole()
        for name, value in values.items():
            setattr(self, name, value)
        self.digest = self.sum() if was_whole else bytes(16)  # damage stays noticed
        type(self).update({**values, "digest": self.digest}).where(key).execute()
        return self


class Owned(Row):
    """A row that belongs to a gathering and goes with it."""

    gathering = peewee.BlobField()  # whose key opens it; purged together

    @classmethod
    def keys_of(cls, owner: bytes, *, limit: int | None = None) -> list[bytes]:
        """Return the ids of a gathering's rows."""
        column = cls._meta.fields["id"]
        rows = cls.select(column).where(cls.gathering == owner).limit(limit).tuples()
        return [bytes(row[0]) for row in rows]  # type: ignore[index] # tuples() is not in the stubs


class Meta(Row):
    """Single values: the device secret, the master public key, sealed lists."""

    name = peewee.TextField(primary_key=True)
    content = peewee.BlobField()


class Slot(Row):
    """A key pair of one facilitator or of the recovery code, to which the master key is sealed."""

    id = peewee.BlobField(primary_key=True)
    kind = peewee.TextField()
    name = peewee.TextField()
    salt = peewee.BlobField()
    passes = peewee.IntegerField()
    memory_bytes = peewee.IntegerField()
    wrapped = peewee.BlobField()  # the private half; in slots of older versions the master key
    public_key = peewee.BlobField(null=True)  # empty in slots of older versions
    master = peewee.BlobField(null=True)


class GatheringRow(Row):
    """A gathering. Title, questions and promise stand on the kiosk's screen, so they are plain."""

    id = peewee.BlobField(primary_key=True)
    title = peewee.TextField()
    questions = peewee.TextField()
    promise = peewee.TextField()
    state = peewee.TextField()
    opens = peewee.TextField()
    closes = peewee.TextField(null=True)
    released = peewee.TextField(null=True)
    repeats = peewee.TextField()
    public_key = peewee.BlobField()
    participation = peewee.IntegerField(null=True)  # fixed at release, never below k
    revision = peewee.IntegerField(null=True)  # counts what desks changed since release
    kind = peewee.TextField(null=True)  # in rows of older versions empty

    class Meta:
        """The class is called Row so that the dataclass can have the plain name."""

        table_name = "gathering"


class KeyRow(Owned):
    """A gathering's private key, sealed to the facilitators.

    Apart from its gathering, because items merged forward take their key along.
    """

    id = peewee.BlobField(primary_key=True)  # of the gathering that the key was made for
    sealed = peewee.BlobField()

    class Meta:
        """Named after its content."""

        table_name = "gathering_key"


class ItemRow(Owned):
    """A sealed contribution. Its id comes from the receipt until release, then from `secrets`."""

    id = peewee.BlobField()
    sealed_to = peewee.BlobField()
    status = peewee.TextField()
    version = peewee.IntegerField()
    mark = peewee.BlobField(null=True)  # tells a repeated token from another one with equal words
    sealed = peewee.BlobField()
    notes = peewee.BlobField(null=True)  # what facilitators added, sealed

    class Meta:
        """Clustered by gathering, so that no index is needed."""

        table_name = "item"
        primary_key = peewee.CompositeKey("gathering", "id")


class PieceRow(Owned):
    """The rest of a contribution that is longer than its item's row holds."""

    id = peewee.BlobField()
    sealed_to = peewee.BlobField()
    sealed = peewee.BlobField()

    class Meta:
        """Clustered by gathering, like the items."""

        table_name = "piece"
        primary_key = peewee.CompositeKey("gathering", "id")


class ReceiptRow(Owned):
    """After release: the words still find their gathering's answer, but no longer an item."""

    id = peewee.BlobField(primary_key=True)
    mark = peewee.BlobField()

    class Meta:
        """Named after its content."""

        table_name = "receipt"


class AnswerRow(Row):
    """An answer on the board: public words of the facilitators."""

    id = peewee.BlobField(primary_key=True)
    gathering = peewee.BlobField()
    place = peewee.IntegerField()
    theme = peewee.TextField()
    answer = peewee.TextField()
    stage = peewee.TextField(null=True)  # how far it is
    due = peewee.TextField(null=True)  # day of the next word

    class Meta:
        """Named after its content."""

        table_name = "answer"


class ThemesRow(Owned):
    """What facilitators made of a released gathering, sealed to it; one row each."""

    id = peewee.BlobField(primary_key=True)  # of the gathering
    sealed = peewee.BlobField()

    class Meta:
        """Named after its content."""

        table_name = "themes"


class WorkRow(Owned):
    """A memo that waits for a worker. `beat` counts up while a worker lives; there is no time."""

    id = peewee.BlobField(primary_key=True)  # of the item
    owner = peewee.BlobField(null=True)
    beat = peewee.IntegerField()
    tries = peewee.IntegerField()
    pieces = peewee.BlobField()  # ids of the sound's pieces, one after the other
    worker = peewee.BlobField(null=True)  # public key of the live worker that has a copy
    copied = peewee.BlobField(null=True)  # the sound, sealed to that worker

    class Meta:
        """Named after its content."""

        table_name = "work"


TABLES: tuple[type[Row], ...] = (
    Meta, Slot, GatheringRow, KeyRow, ItemRow, PieceRow, ReceiptRow, AnswerRow, WorkRow,
    ThemesRow,
)  # fmt: skip
