"""Memos that wait to become words: claimed by a worker, renewed while it lives, finished or failed.

A lease has no time in it, so no jump of a clock ends it and nothing on disk tells when somebody
spoke. A worker counts its `beat` up; whoever wants the memo watches, by its own monotonic clock,
and takes it when the beat has stood still for `LEASE_SECONDS`.

The sound lies sealed to the gathering, and as long as a worker lives, a copy lies sealed to that
worker's key, which exists in its memory only. After a restart the backlog waits for a facilitator.
"""

import contextlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from nacl.public import PrivateKey, SealedBox

from store import errors, payloads
from store.payloads import Memo, Sound
from store.rows import database, meta
from store.rows.models import WorkRow
from store.seals import held, sealing, vault
from store.seals.keys import MasterKey
from store.seals.vault import Boxes
from store.status import State, Status, step

LEASE_SECONDS = 60.0  # a worker renews about every 15
MOST_TRIES = 3
SPARE_PIECES = 4  # ids kept for the words; 128 KiB of text
WORKER_KEY = "worker key"


@dataclass(frozen=True)
class Job:
    """A claimed memo."""

    id: bytes = field(repr=False)
    gathering: str
    sound: Sound
    tries: int


class Worker:
    """One who transcribes: a key pair in memory, and what it has seen of others' leases."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = secrets.token_bytes(16)
        self._private = PrivateKey.generate()
        self._clock = clock
        self._seen: dict[bytes, tuple[bytes, int, float]] = {}

    @property
    def public_key(self) -> bytes:
        """Return what seals a copy for this worker."""
        return bytes(self._private.public_key)

    def open(self, copied: bytes) -> bytes:
        """Open a copy that was sealed to this worker."""
        return sealing.unpad(sealing.unseal(copied, SealedBox(self._private)))

    def is_stale(self, row: WorkRow) -> bool:
        """Say whether a lease has stood still for long enough, as seen from here."""
        owner, beat = bytes(row.owner or b""), row.beat
        seen = self._seen.get(bytes(row.id))
        if seen is None or seen[:2] != (owner, beat):
            self._seen[bytes(row.id)] = owner, beat, self._clock()
            return False
        return self._clock() - seen[2] >= LEASE_SECONDS

    def forget(self, job_id: bytes) -> None:
        """Stop watching a memo."""
        self._seen.pop(job_id, None)


def announce(worker: Worker) -> None:
    """Let memos that cannot be done at once be sealed to this worker, too."""
    with database.writing():
        meta.write(WORKER_KEY, worker.public_key)
    database.remember(WORKER_KEY, worker.public_key)


def announced() -> bytes | None:
    """Return the public key of this process's own worker, or of the one announced last elsewhere.

    So on a site with several hosts each host's memos go to the worker beside its tablets.
    """
    with database.reading():
        return database.remembered(WORKER_KEY) or meta.read(WORKER_KEY) or None


def withdraw_announcement(worker: Worker) -> None:
    """Take the announcement back, and let go of every lease; for an orderly stop."""
    with database.writing():
        if database.remembered(WORKER_KEY) == worker.public_key:
            database.forget_constant(WORKER_KEY)
        if meta.read(WORKER_KEY) == worker.public_key:
            meta.write(WORKER_KEY, b"")
        for row in WorkRow.select().where(WorkRow.owner == worker.name):
            _let_go(row)


def is_waiting() -> bool:
    """Say whether any memo waits. How many, nobody is told."""
    with database.reading():
        return bool(database.rows("SELECT 1 FROM work LIMIT 1"))


def claim(worker: Worker, *, master: MasterKey | None = None) -> Job | None:
    """Take a memo that nobody works on.

    Args:
        worker: Who takes it; without the master key, it only gets what was sealed to it.
        master: Opens memos of earlier days.

    Returns:
        The memo, or None if there is none for this worker now.
    """
    while True:
        with database.adding():
            row = _free(worker, master)
            if row is None:
                return None
            worker.forget(bytes(row.id))
            row.rewrite(owner=worker.name, beat=row.beat + 1, tries=row.tries + 1)
        try:
            return Job(
                bytes(row.id), bytes(row.gathering).hex(), _sound(row, worker, master), row.tries
            )
        except errors.DamagedError:
            with database.writing():
                give_up(row)


def renew(worker: Worker, job: Job) -> None:
    """Say that the worker still lives.

    Raises:
        LeaseLostError: Somebody else has the memo, or it was withdrawn: stop working on it.
    """
    with database.writing():
        row = _own(worker, job)
        row.rewrite(beat=row.beat + 1)


def finish(worker: Worker, job: Job, memo: Memo) -> None:
    """Put the words in the place of the sound, which is erased in the same transaction.

    Call `gatherings.tick` when the backlog is done: a closed gathering waits for it.

    Raises:
        LeaseLostError: Somebody else has the memo, or it was withdrawn; nothing was stored.
    """
    with database.writing():
        row = _own(worker, job)
        head = vault.head(job.id)
        if head is None:
            raise errors.LeaseLostError("The memo is gone.")
        public = vault.public_key(head.sealed_to.hex())
        first, *rest = vault.seal_all(payloads.encode(memo), public)
        ids = ids_of(row)
        if len(rest) > len(ids):
            raise errors.TooLargeError("The transcript is longer than the store takes.")
        vault.remove_pieces(head.gathering, iter(ids))
        vault.put_pieces(head.gathering, head.sealed_to, iter(ids), rest)
        heard = Status.SEALED if payloads.has_content(memo) else Status.SILENT
        vault.change_head(head._replace(status=step(head.status, heard), sealed=first))
        _remove(row)


def fail(worker: Worker, job: Job) -> None:
    """Give a memo back; after three tries it counts as one that could not be transcribed."""
    with database.writing():
        row = _own(worker, job)
        if row.tries >= MOST_TRIES:
            give_up(row)
        else:
            row.rewrite(owner=None)


def give_back(worker: Worker, job: Job) -> None:
    """Give a memo back for which nothing could be stored just now; that costs it no try."""
    with database.writing():
        _let_go(_own(worker, job))


def retry(gathering_id: str) -> None:
    """Let memos that could not be transcribed wait again, for instance for a better model."""
    owner = database.key_of_gathering(gathering_id)
    with database.writing():
        if database.rows("SELECT state FROM gathering WHERE id = ?", owner) == [(State.RELEASED,)]:
            raise errors.WrongStateError("This gathering is released; the sound is gone.")
        for row in WorkRow.select().where(WorkRow.gathering == owner):
            head = vault.head(bytes(row.id))
            if head is not None and head.status is Status.FAILED:
                vault.change_head(head._replace(status=step(head.status, Status.WAITING)))
                row.rewrite(owner=None, tries=0)


def _free(worker: Worker, master: MasterKey | None) -> WorkRow | None:
    """Find a memo to take; one whose third worker fell silent is given up on the way.

    Each is locked before it is read again, so that two hosts never take the same.
    """
    for (key,) in database.rows("SELECT id FROM work ORDER BY id"):
        if not database.engine().may_take("work", key):
            continue
        row = WorkRow.get_or_none(WorkRow.id == key)
        head = _whole_head(key)
        if row is None or head is None or head.status is not Status.WAITING:
            continue
        if row.copied is None and held.holds(bytes(row.gathering)):
            continue
        if row.owner is not None and (bytes(row.owner) == worker.name or not worker.is_stale(row)):
            continue
        if row.tries >= MOST_TRIES:
            give_up(row)
            continue
        if master is not None or row.worker == worker.public_key:
            found: WorkRow = row
            return found
    return None


def _whole_head(key: bytes) -> vault.Head | None:
    """Find a memo's item; a damaged one keeps no other memo waiting."""
    with contextlib.suppress(errors.DamagedError):
        return vault.head(key)
    return None


def _sound(row: WorkRow, worker: Worker, master: MasterKey | None) -> Sound:
    if row.copied is not None and row.worker == worker.public_key:
        content = worker.open(bytes(row.copied))
    elif master is not None:
        content = sound_of(row, Boxes(master))
    else:
        raise errors.LockedError("This memo waits for a facilitator.")
    sound = payloads.decode(content)
    if not isinstance(sound, Sound):
        raise errors.DamagedError("A waiting memo holds no sound.")
    return sound


def sound_of(row: WorkRow, keyring: Boxes) -> bytes:
    """Open a waiting memo with its gathering's key, as it was encoded.

    Raises:
        DamagedError: It is gone, or not what was written.
    """
    with database.reading():
        head = vault.head(bytes(row.id))
        if head is None:
            raise errors.DamagedError("A waiting memo is gone.")
        box = keyring.of(head.sealed_to)
        sealed = [head.sealed, *vault.pieces_by_id(head.gathering, ids_of(row))]
    return sealing.join(sealing.part(sealing.unseal(each, box)) for each in sealed)


def _let_go(row: WorkRow) -> None:
    row.rewrite(owner=None, tries=max(0, row.tries - 1))


def _own(worker: Worker, job: Job) -> WorkRow:
    row = WorkRow.get_or_none(WorkRow.id == job.id, WorkRow.owner == worker.name)
    if row is None:
        raise errors.LeaseLostError("Somebody else has this memo now.")
    found: WorkRow = row.whole()
    return found


def give_up(row: WorkRow) -> None:
    """Mark a memo as one that could not be transcribed; its sound stays until release."""
    head = vault.head(bytes(row.id))
    if head is not None and head.status is not Status.FAILED:
        vault.change_head(head._replace(status=step(head.status, Status.FAILED)))
    row.rewrite(owner=None, worker=None, copied=None)


def ids_of(row: WorkRow) -> list[bytes]:
    """Return the ids of a memo's pieces, spare ones after them."""
    joined = bytes(row.pieces)
    return [joined[at : at + 16] for at in range(0, len(joined), 16)]


def _remove(row: WorkRow) -> None:
    WorkRow.delete().where(WorkRow.id == row.id).execute()


def give_up_on(owner: bytes) -> None:
    """Count every memo of a gathering that still waits as one that could not be transcribed."""
    for row in list(WorkRow.select().where(WorkRow.gathering == owner)):
        give_up(row)


def drop_sounds(owner: bytes) -> None:
    """At release, erase the sound of memos that could not be transcribed."""
    for row in list(WorkRow.select().where(WorkRow.gathering == owner)):
        vault.remove_pieces(owner, iter(ids_of(row)))
        _remove(row)
