"""Four words to take along: they withdraw until release, and afterwards lead to the answer.

The words derive from the idempotency token by a keyed hash, and the row's id from the words by a
slow one. So the same token always gives the same receipt, no table remembers tokens, and nothing
on disk gives the words back. At release every item gets a fresh id: from then on the words lead to
the gathering's answer, and to no item.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from store import board, errors, words
from store.rows import database, meta
from store.rows.models import GatheringRow, ReceiptRow
from store.seals import derive, vault
from store.status import State, Status, may

TOKEN_CHARACTERS = 16  # fewest; 96 bits in base 64. The caller makes them random
ANSWER_SECONDS = 0.25  # answers leave on multiples of this, so right and wrong words look alike
TAKING_BACK_SECONDS = 0.5  # the same for taking back, which writes and syncs


@dataclass(frozen=True)
class Receipt:
    """What the visitor may take along."""

    words: str = field(repr=False)


@dataclass(frozen=True)
class PreparedReceipt:
    """A receipt worked out ahead of keeping, while the visitor reads the preview."""

    token: str = field(repr=False)
    words: str = field(repr=False)
    id: bytes = field(repr=False)
    root: bytes = field(repr=False)  # the ids of the pieces derive from it
    mark: bytes = field(repr=False)


@dataclass(frozen=True)
class ReceiptState:
    """What four words tell.

    Attributes:
        state: `unknown` for wrong words and for withdrawn or purged contributions alike; `kept`
            until release; `released` afterwards.
        answer: What stands on the board for the gathering, if anything yet.
        title: Of the gathering, or empty.
        can_withdraw: Whether `withdraw` would still work.
    """

    state: Literal["unknown", "kept", "released"]
    answer: tuple[board.Answer, ...] = ()
    title: str = ""
    can_withdraw: bool = False


UNKNOWN = ReceiptState("unknown")


def prepare(token: str, *, attempt: int = 0) -> PreparedReceipt:
    """Work out the receipt of a token; slow on purpose.

    Args:
        token: At least 16 characters from a secure generator.
        attempt: Counts up where another token led to the same words; once in years.

    Raises:
        TokenTooShortError: Somebody could guess it.
    """
    return begin(token, attempt=attempt)()


def begin(token: str, *, attempt: int = 0) -> Callable[[], PreparedReceipt]:
    """Return what `prepare` still has to work out, for a thread to do while the visitor reads.

    All that is stored is read here: that thread needs no connection.

    Raises:
        TokenTooShortError: Somebody could guess it.
    """
    if len(token) < TOKEN_CHARACTERS:
        raise errors.TokenTooShortError("The token is too short.")
    device = _device()
    mark = derive.fast(device, token.encode(), use="mark", size=8)
    drawn = derive.fast(device, b"%d:" % attempt + token.encode(), use="words")
    chosen = words.from_bytes(drawn)
    ids = _ids_of(chosen)

    def finish() -> PreparedReceipt:
        receipt_id, root = ids()
        return PreparedReceipt(token, chosen, receipt_id, root, mark)

    return finish


def ids_of(plain_words: str) -> tuple[bytes, bytes]:
    """Return the row id that belongs to four words, and the root of its pieces' ids."""
    return _ids_of(plain_words)()


def _ids_of(plain_words: str) -> Callable[[], tuple[bytes, bytes]]:
    salt = derive.fast(_device(), b"", use="salt", size=16)
    cost = derive.Cost.unpack(database.constant(meta.RECEIPT_COST, meta.need))

    def work_out() -> tuple[bytes, bytes]:
        slow = derive.slow(plain_words.encode(), salt=salt, cost=cost)
        return slow[:16], slow[16:]

    return work_out


def look_up(typed: str, *, place: str = "") -> ReceiptState:
    """Tell what became of a contribution; wrong words take as long as right ones.

    Args:
        typed: Four words, or what somebody takes for them.
        place: Where somebody asks; each has its own count.

    Raises:
        TooManyTriesError: More than 20 to 200 tries in a minute from there.
    """
    database.tries().receipts.take(place)
    with _Metronome(ANSWER_SECONDS):
        receipt_id, _ = _ids_of_typed(typed)
        with database.reading():
            return _state(receipt_id)


def withdraw(typed: str) -> bool:
    """Remove a contribution for good, if it is not released; returns whether there was one.

    Raises:
        TooManyTriesError: More than 20 to 200 tries in a minute.
    """
    return take_back(typed) is None


def take_back(typed: str, *, place: str = "") -> ReceiptState | None:
    """Remove a contribution for good, if it is not released; wrong words take as long.

    One question either way: asking what stands there instead would be a second slow hash, for
    wrong words alone.

    Args:
        typed: Four words, or what somebody takes for them.
        place: Where somebody asks; each has its own count.

    Returns:
        None once it is gone; else what the words tell.

    Raises:
        TooManyTriesError: More than 20 to 200 tries in a minute from there.
    """
    database.tries().receipts.take(place)
    with _Metronome(TAKING_BACK_SECONDS):
        receipt_id, root = _ids_of_typed(typed)
        is_gone = database.engine().with_room(lambda: _remove(receipt_id, root))
        with database.reading():
            found = _state(receipt_id)
        return None if is_gone else found


def _remove(receipt_id: bytes, root: bytes) -> bool:
    with database.writing():
        # Written in either case, so that both write a page and sync it.
        meta.write(meta.HEARTBEAT, secrets.token_bytes(16))
        found = _find(receipt_id)
        if found is None or not found[1]:
            return False
        owner = found[0]
        vault.remove_pieces(owner, vault.piece_ids(root))
        vault.remove(owner, receipt_id)
        database.run("DELETE FROM work WHERE id = ?", receipt_id)
        return True


def mark_at(receipt_id: bytes) -> bytes | None:
    """Return which token an id is taken by, or None where it is free."""
    found = database.rows(
        "SELECT mark FROM item WHERE gathering IN (SELECT id FROM gathering) AND id = ?"
        " UNION ALL SELECT mark FROM receipt WHERE id = ?",
        receipt_id, receipt_id,
    )  # fmt: skip
    return (found[0][0] or b"") if found else None


def _find(receipt_id: bytes) -> tuple[bytes, bool] | None:
    """Return an unreleased item's gathering, and whether it can be withdrawn."""
    found = database.rows(
        "SELECT gathering.id, gathering.state, item.status FROM gathering"
        " JOIN item ON item.gathering = gathering.id WHERE item.id = ?",
        receipt_id,
    )  # fmt: skip
    if not found:
        return None
    owner, state, status = found[0]
    return owner, state in {State.OPEN, State.CLOSED} and may(status, Status.WITHDRAWN)


def _state(receipt_id: bytes) -> ReceiptState:
    item = _find(receipt_id)
    spent = ReceiptRow.get_or_none(ReceiptRow.id == receipt_id)
    owner = item[0] if item else spent.gathering if spent else b""
    gathering = GatheringRow.get_or_none(GatheringRow.id == owner)
    answers = board.of(bytes(owner).hex())
    if gathering is None:
        return UNKNOWN
    if item is None:
        return ReceiptState("released", answers, gathering.title)
    return ReceiptState("kept", answers, gathering.title, item[1])


def _ids_of_typed(typed: str) -> tuple[bytes, bytes]:
    """Spend the same effort on what cannot be a receipt."""
    return ids_of(words.read(typed) or "no such words")


def _device() -> bytes:
    return database.constant(meta.DEVICE, meta.need)


class _Metronome:
    """Hold an answer back until the next beat since the question, whatever the answer is."""

    def __init__(self, beat_seconds: float) -> None:
        self._beat = beat_seconds

    def __enter__(self) -> None:
        self._started = time.monotonic()

    def __exit__(self, *_: object) -> None:
        spent = time.monotonic() - self._started
        time.sleep(self._beat - spent % self._beat)
