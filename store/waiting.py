"""Release what can be read, and let the memos without words go on waiting, apart and sealed.

They move, with their sound, into a closed gathering of their own, sealed to its key. When at least
k of them are words they are released by themselves, together; fewer stay sealed, and can be
carried into an open gathering. So nobody is singled out by coming later than the others.
"""

from datetime import date

from store import backlog, errors, gatherings, lists, payloads, release, strength
from store.gatherings import Gathering
from store.kinds import Kind, Repeats
from store.rows import database
from store.rows.models import GatheringRow, WorkRow
from store.seals import keys, vault
from store.seals.keys import MasterKey
from store.seals.vault import Boxes
from store.status import State, Status, step
from store.team import ledger, membership


def release_without_waiting(
    gathering_id: str, master: MasterKey, *, title: str, today: date
) -> Gathering | None:
    """Release a closed gathering whose words are enough; returns the one in which memos wait.

    Args:
        gathering_id: A closed one, at home.
        master: Opens the sound, to seal it anew.
        title: Of the gathering in which the memos go on waiting.
        today: The day of the release.

    Raises:
        WrongStateError: It is not closed, or fewer than k contributions are words or drawings.
    """
    membership.need_home()
    with database.writing():
        row = GatheringRow.get_or_none(GatheringRow.id == database.key_of_gathering(gathering_id))
        if row is None or row.whole().state != State.CLOSED or not release.is_enough(row):
            raise errors.WrongStateError("This gathering stays sealed.")
        ledger.stop_waiting(bytes(row.id))
        memos = [each for each in _work_of(row) if _status(each) is Status.WAITING]
        waiting = _move(memos, row, title, Boxes(master)) if memos else ""
    release.release_if_due(row, today=today)
    return gatherings.get(waiting) if waiting else None


def _move(memos: list[WorkRow], source: GatheringRow, title: str, keyring: Boxes) -> str:
    owner = database.random_id()
    target = GatheringRow(
        id=owner,
        title=title,
        questions=source.questions,
        promise=source.promise,
        state=step(step(None, State.OPEN), State.CLOSED),
        opens=source.opens,
        closes=source.closes,
        repeats=Repeats.NEVER,
        kind=Kind.SESSION,
        public_key=keys.new_gathering_key(owner),
    ).put()
    for kept in (lists, strength):
        kept.hand_on(bytes(source.id), owner)
    for memo in memos:
        _seal_anew(memo, bytes(target.public_key), owner, keyring)
    return owner.hex()


def _seal_anew(memo: WorkRow, public: bytes, owner: bytes, keyring: Boxes) -> None:
    head = vault.head(bytes(memo.id))
    if head is None:
        return
    try:
        content = backlog.sound_of(memo, keyring)
    except errors.DamagedError:
        backlog.give_up(memo)  # and it is released with the others, as one without words
        return
    first, *rest = vault.seal_all(content, public, first=payloads.media_starts(content))
    vault.remove_pieces(head.gathering, iter(backlog.ids_of(memo)))
    vault.remove(head.gathering, head.id)
    vault.put_head(head._replace(gathering=owner, sealed_to=owner, sealed=first))
    vault.put_pieces(owner, owner, iter(backlog.ids_of(memo)), rest)
    memo.rewrite(gathering=owner)


def _work_of(row: GatheringRow) -> list[WorkRow]:
    return list(WorkRow.select().where(WorkRow.gathering == row.id))


def _status(memo: WorkRow) -> Status | None:
    head = vault.head(bytes(memo.id))
    return head.status if head else None
