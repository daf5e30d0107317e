"""Keep contributions, and open them once their gathering is released."""

from dataclasses import replace
from typing import Literal

from store import errors, payloads, receipts
from store.backlog import SPARE_PIECES
from store.desk import Item, Released, changed, find, released, revision, with_marks
from store.gatherings import Gathering
from store.payloads import NOTHING_SAID, Drawing, Kind, Memo, Note, Payload, Said, Silence, Sound
from store.receipts import PreparedReceipt, Receipt
from store.review import annotate, cover, label, move, together, worry
from store.rows import database
from store.rows.models import GatheringRow, WorkRow
from store.seals import sealing, vault
from store.status import State, Status, step

__all__ = [
    "Drawing", "Item", "Kind", "Memo", "Note", "Payload", "Receipt", "Released", "Silence",
    "Status", "annotate", "changed", "cover", "find", "find_receipt", "hold_sound", "keep",
    "label", "move", "participation", "released", "revision", "together", "with_marks", "worry",
]  # fmt: skip

_Kept = Literal[Status.SEALED, Status.SILENT, Status.WAITING]
_COLLISIONS = 4  # 44 bits: a second attempt is needed once in years
_NEW_KEYS = 5  # tries, where facilitators make new keys meanwhile


class _OtherKeyError(Exception):
    """The gathering has another key than the one that was sealed for."""


def keep(payload: Payload, gathering: Gathering | str, *, token: str | PreparedReceipt) -> Receipt:
    """Seal a contribution and store it; returns once it is on disk.

    The same token gives the same receipt and stores nothing twice, also after a restart and after
    the gathering has closed.

    Raises:
        GatheringClosedError: It takes no more contributions.
        FullError, BusyError, ReadOnlyError: Nothing was stored.
    """
    is_full = payloads.has_content(payload)
    status: _Kept = Status.SEALED if is_full else Status.SILENT
    return _keep(payload, gathering, token=token, status=status)


def find_receipt(token: str | PreparedReceipt) -> Receipt | None:
    """Return the receipt of a token whose contribution is stored."""
    with database.reading():
        prepared, is_stored = _place_of(token)
    return Receipt(prepared.words) if is_stored else None


def participation(gathering_id: str) -> int | None:
    """Return how many took part; None before release, so never fewer than k."""
    with database.reading():
        row = GatheringRow.get_or_none(GatheringRow.id == database.key_of_gathering(gathering_id))
        return row.participation if row and row.state == State.RELEASED else None


def hold_sound(
    raw_sound: bytes,
    gathering: Gathering | str,
    *,
    token: str | PreparedReceipt,
    media_type: str = "",
    recorded_seconds: float = 0.0,
    language: str = "",
    said: Said = NOTHING_SAID,
    worker_public_key: bytes | None = None,
) -> Receipt:
    """Seal a memo that cannot become words yet; it counts as kept and waits.

    Args:
        raw_sound: As recorded.
        gathering: That it was said to.
        token: As in `keep`.
        media_type: As the browser named it.
        recorded_seconds: By the browser's clock.
        language: If known.
        said: What the visitor says beside it.
        worker_public_key: Of a live worker, which gets a copy that only its memory can open.
    """
    said = replace(said, is_unpreviewed=True)
    sound = Sound(raw_sound, media_type, recorded_seconds, language, said)
    return _keep(sound, gathering, token=token, status=Status.WAITING, worker=worker_public_key)


def _keep(
    payload: Payload | Sound,
    gathering: Gathering | str,
    *,
    token: str | PreparedReceipt,
    status: _Kept,
    worker: bytes | None = None,
) -> Receipt:
    owner = database.key_of_gathering(gathering if isinstance(gathering, str) else gathering.id)
    prepared = receipts.prepare(token) if isinstance(token, str) else token
    content = payloads.encode(payload)
    # Sound begins in a piece: pieces can be erased without the key.
    first = payloads.media_starts(content) if status is Status.WAITING else len(content)
    copied = sealing.seal(sealing.pad(content), worker) if worker else None
    for _ in range(_NEW_KEYS):
        public = database.constant(owner.hex(), vault.public_key)
        sealed = vault.seal_all(content, public, first=first)
        try:
            return _put(owner, prepared, status, public, sealed, worker=worker, copied=copied)
        except errors.TakenError:
            continue  # the same was kept at once
        except _OtherKeyError:  # a facilitator has made a new one
            database.forget_constant(owner.hex())
    raise errors.BusyError("The gathering's key changes; please try again.")


def _put(
    owner: bytes,
    prepared: PreparedReceipt,
    status: _Kept,
    public: bytes,
    sealed: list[bytes],
    *,
    worker: bytes | None,
    copied: bytes | None,
) -> Receipt:
    new = vault.Head(
        gathering=owner,
        id=prepared.id,
        sealed_to=owner,
        status=step(None, status),
        version=0,
        mark=prepared.mark,
        sealed=sealed[0],
        notes=None,
    )
    is_whole = len(sealed) == 1 and status is not Status.WAITING
    if is_whole and vault.put_new_head(new, public):
        return Receipt(prepared.words)
    with database.adding():
        state, key, is_taken = _look(owner, prepared.id)
        if is_taken:
            prepared, is_stored = _place_of(prepared)
            if is_stored:
                return Receipt(prepared.words)
        if state != State.OPEN:
            raise errors.GatheringClosedError("This gathering takes no more contributions.")
        if key != public:
            raise _OtherKeyError
        vault.put_head(new._replace(id=prepared.id, mark=prepared.mark))
        rest = sealed[1:]
        vault.put_pieces(owner, owner, vault.piece_ids(prepared.root), rest)
        if status is Status.WAITING:
            _let_wait(owner, prepared, len(rest), worker, copied)
    return Receipt(prepared.words)


def _let_wait(
    owner: bytes, prepared: PreparedReceipt, count: int, worker: bytes | None, copied: bytes | None
) -> None:
    ids = vault.piece_ids(prepared.root)
    WorkRow(
        id=prepared.id,
        gathering=owner,
        beat=0,
        tries=0,
        pieces=b"".join(next(ids) for _ in range(count + SPARE_PIECES)),
        worker=worker,
        copied=copied,
    ).put()


def _place_of(token: str | PreparedReceipt) -> tuple[PreparedReceipt, bool]:
    """Return where a token's contribution is or would be, and whether it is there."""
    prepared = receipts.prepare(token) if isinstance(token, str) else token
    for attempt in range(1, _COLLISIONS):
        mark = receipts.mark_at(prepared.id)
        if mark is None or mark == prepared.mark:
            return prepared, mark is not None
        prepared = receipts.prepare(prepared.token, attempt=attempt)
    raise errors.BusyError("No free receipt was found; another token will do.")


def _look(owner: bytes, receipt_id: bytes) -> tuple[str, bytes, bool]:
    """Return a gathering's state and key, and whether an id is taken: all in one question."""
    found = database.rows(
        "SELECT state, public_key FROM gathering WHERE id = ? UNION ALL SELECT NULL, NULL FROM item"
        " WHERE gathering IN (SELECT id FROM gathering) AND id = ?"
        " UNION ALL SELECT NULL, NULL FROM receipt WHERE id = ?",
        owner, receipt_id, receipt_id,
    )  # fmt: skip
    states = [(str(state), bytes(key)) for state, key in found if state is not None]
    if not states:
        raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING)
    return *states[0], len(found) > len(states)
