"""Periods of collecting: opened, closed, released together, purged, begun again."""

import calendar
import contextlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from store import backlog, errors, lists, release
from store.file import database, meta, pages, reserve
from store.file.models import GatheringRow, ItemRow, KeyRow, PieceRow, WorkRow
from store.promise import Promise
from store.seals import keys
from store.status import State, Status, step

MOST_DAYS_AWAY = 3  # days; a long weekend


class Repeats(StrEnum):
    """How often a gathering comes again."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Gathering:
    """A period of collecting, with its questions and its promise.

    Attributes:
        opens: First day.
        closes: Last day of collecting; None: until a facilitator closes it.
    """

    id: str
    title: str
    questions: tuple[str, ...]
    promise: Promise
    state: State
    opens: date
    closes: date | None = None
    repeats: Repeats = Repeats.NEVER


def new(
    title: str,
    *,
    questions: tuple[str, ...] | list[str] = (),
    promise: Promise | None = None,
    today: date,
    opens: date | None = None,
    closes: date | None = None,
    repeats: Repeats | str = Repeats.NEVER,
) -> Gathering:
    """Open a gathering; needs set-up, but no unlocking."""
    start = opens or today
    every = Repeats(repeats)
    if closes is None and every is not Repeats.NEVER:
        closes = _last_day(start, every)
    if closes is not None and closes < start:
        raise ValueError("closes: not before opens")
    with database.writing():
        owner = database.random_id()
        row = GatheringRow(
            id=owner,
            title=title,
            questions=json.dumps(list(questions), ensure_ascii=False),
            promise=(promise or Promise()).to_json(),
            state=step(None, State.OPEN),
            opens=start.isoformat(),
            closes=closes.isoformat() if closes else None,
            repeats=every,
            public_key=keys.new_gathering_key(owner),
        )
        meta.write(meta.NEWEST, owner)
        lists.freeze_if_any(owner)
        return _plain(row.put())


def current(today: date | None = None) -> Gathering | None:
    """Return the gathering that takes contributions; the one opened last if there are several.

    Args:
        today: Leaves out gatherings that open later; None takes any open one.
    """
    with database.reading():
        rows = GatheringRow.select().where(GatheringRow.state == State.OPEN)
        if today is not None:
            rows = rows.where(GatheringRow.opens <= today.isoformat())
        newest = meta.read(meta.NEWEST) or b""
        is_newest = (GatheringRow.id == newest).desc()
        row = rows.order_by(GatheringRow.opens.desc(), is_newest, GatheringRow.id).first()
        return _plain(row) if row else None


def everything() -> list[Gathering]:
    """Return all gatherings, the latest first."""
    with database.reading():
        rows = GatheringRow.select().order_by(GatheringRow.opens.desc(), GatheringRow.id)
        return [_plain(row) for row in rows]


def get(gathering_id: str) -> Gathering:
    """Return a gathering."""
    with database.reading():
        return _plain(_row(gathering_id))


def close(gathering_id: str, *, today: date) -> Gathering:
    """Take no more contributions; with k of them, release, otherwise stay sealed.

    Where the disk is too full to release, the next tick with room does it.
    """
    row = reserve.with_room(lambda: _close(gathering_id, today))
    with contextlib.suppress(errors.FullError):
        _release_if_ready(row, today)
    return get(gathering_id)


def release_without_sound(gathering_id: str, *, today: date) -> Gathering:
    """Release a closed gathering whose words are enough, though some memos have none yet.

    Those memos count as not transcribed, and their sound is erased.

    Raises:
        WrongStateError: It is not closed, or fewer than k contributions are words or drawings.
    """
    with database.writing():
        row = _row(gathering_id)
        owner = bytes(row.id)
        ready = (ItemRow.gathering == owner) & (ItemRow.status != Status.WAITING)
        count = ItemRow.select().where(ready).count()
        if row.state != State.CLOSED or count < Promise.from_json(row.promise).threshold:
            raise errors.WrongStateError("This gathering stays sealed.")
        backlog.give_up_on(owner)
    _release_if_ready(row, today)
    return get(gathering_id)


def _close(gathering_id: str, today: date) -> GatheringRow:
    with database.writing():
        row = _row(gathering_id)
        if row.state != State.OPEN:
            raise errors.WrongStateError("This gathering is not open.")
        closes = today.isoformat()
        return row.rewrite(state=step(row.state, State.CLOSED), closes=closes)


def _release_if_ready(row: GatheringRow, today: date) -> None:
    def act() -> bool:
        with database.writing():
            return release.release_if_ready(row, today=today)

    if reserve.with_room(act):
        release.forget_order()


def extend(gathering_id: str, *, closes: date, today: date) -> Gathering:
    """Collect longer; also opens a closed gathering again that stayed below k."""
    with database.writing():
        row = _row(gathering_id)
        if row.state not in {State.OPEN, State.CLOSED}:
            raise errors.WrongStateError("This gathering is released.")
        if closes < today or (
            row.closes and row.state == State.OPEN and closes.isoformat() < row.closes
        ):
            raise ValueError("closes: later than before")
        if row.state != State.OPEN:
            row.rewrite(state=step(row.state, State.OPEN))
        row.rewrite(closes=closes.isoformat())
        return _plain(row)


def tighten(gathering_id: str, promise: Promise) -> Gathering:
    """Make a promise stricter.

    Looser ones are refused from the day the gathering opens, whether or not anything was kept:
    otherwise the refusal would tell that somebody has been there.
    """
    with database.writing():
        row = _row(gathering_id)
        if row.state in {State.RELEASED, State.PURGED}:
            raise errors.WrongStateError("This gathering is released.")
        if not promise.is_at_least_as_strict_as(Promise.from_json(row.promise)):
            raise errors.LooserPromiseError("A promise can only become stricter.")
        return _plain(row.rewrite(promise=promise.to_json()))


def merge_forward(gathering_id: str, into: str) -> Gathering:
    """Move a closed gathering's sealed items into an open one with as strict a promise."""
    with database.writing():
        source, target = _row(gathering_id), _row(into)
        if source.state != State.CLOSED or target.state != State.OPEN:
            raise errors.WrongStateError("Only a closed gathering goes into an open one.")
        kept = Promise.from_json(source.promise)
        if not Promise.from_json(target.promise).is_at_least_as_strict_as(kept):
            raise errors.LooserPromiseError("The other gathering promises less.")
        for table in (ItemRow, PieceRow, WorkRow, KeyRow):
            for key in table.keys_of(bytes(source.id)):
                table.get(table.gathering == source.id, table.id == key).rewrite(
                    gathering=target.id
                )
        source.rewrite(state=step(source.state, State.PURGED))
        return _plain(target)


def purge(gathering_id: str) -> None:
    """Destroy a gathering's key, then its rows, then what is left of them in the file."""
    reserve.with_room(lambda: _destroy_keys(gathering_id))
    release.remove_purged()
    release.forget_order()


def _destroy_keys(gathering_id: str) -> None:
    with database.writing():
        row = _row(gathering_id)
        KeyRow.delete().where(KeyRow.gathering == row.id).execute()
        if row.state != State.PURGED:
            row.rewrite(state=step(row.state, State.PURGED))


def tick(today: date) -> None:
    """Do what is due: close, roll over, release, purge, tidy up. Call it at start and every minute.

    It writes each time, so that the file's own time tells when the clock struck, not when somebody
    was there.
    """
    is_tidy = pages.is_tidy()
    with database.writing():
        is_sure = _is_day_sure(today)
        due = GatheringRow.select().where(
            (GatheringRow.state == State.OPEN) & (GatheringRow.closes < today.isoformat())
        )
        for row in list(due):
            row.rewrite(state=step(row.state, State.CLOSED))
            _roll_over(row, today)
        meta.write(meta.HEARTBEAT, secrets.token_bytes(16))
    for row in _closed():
        with contextlib.suppress(errors.FullError):
            _release_if_ready(row, today)
    if is_sure:
        for gathering_id in _expired(today):
            purge(gathering_id)
    release.remove_purged()
    if is_tidy or (pages.is_time_to_tidy() and release.forget_order()):
        pages.tidied()
    reserve.fill()


def _is_day_sure(today: date) -> bool:
    """Say whether the clock can be trusted with what cannot be undone.

    After a jump of more than three days, purges wait until a later day has been seen. A kiosk that
    was off loses nothing by that, and a wrong clock cannot purge.
    """
    last = date.fromisoformat((meta.read(meta.TODAY) or today.isoformat().encode()).decode())
    meta.write(meta.TODAY, today.isoformat().encode())
    unsure = meta.read(meta.UNSURE)
    if today < last:
        unsure = b""
    elif today > last + timedelta(days=MOST_DAYS_AWAY):
        unsure = unsure or (today + timedelta(days=1)).isoformat().encode()
    if unsure and today.isoformat().encode() >= unsure:
        unsure = b""
    meta.write(meta.UNSURE, unsure or b"")
    return not unsure


def _closed() -> list[GatheringRow]:
    with database.reading():
        return list(GatheringRow.select().where(GatheringRow.state == State.CLOSED))


def _expired(today: date) -> list[str]:
    with database.reading():
        over = []
        for row in GatheringRow.select().where(
            GatheringRow.state.in_([State.CLOSED, State.RELEASED])
        ):
            since = date.fromisoformat(row.released or row.closes or row.opens)
            if today > since + timedelta(days=Promise.from_json(row.promise).retention_days):
                over.append(bytes(row.id).hex())
        return over


def _roll_over(row: GatheringRow, today: date) -> None:
    """Open the period that `today` lies in, with the same questions and promise."""
    every = Repeats(row.repeats)
    if every is Repeats.NEVER or row.closes is None:
        return
    start = date.fromisoformat(row.closes) + timedelta(days=1)
    while (end := _last_day(start, every)) < today:
        start = end + timedelta(days=1)
    new(
        row.title,
        questions=json.loads(row.questions),
        promise=Promise.from_json(row.promise),
        today=today,
        opens=start,
        closes=end,
        repeats=every,
    )


def _last_day(start: date, every: Repeats) -> date:
    if every is Repeats.MONTHLY:
        year, month = start.year + start.month // 12, start.month % 12 + 1
        day = min(start.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) - timedelta(days=1)
    return start + timedelta(days=6 if every is Repeats.WEEKLY else 13)


def _row(gathering_id: str) -> GatheringRow:
    row = GatheringRow.get_or_none(GatheringRow.id == database.key_of_gathering(gathering_id))
    if row is None:
        raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING)
    found: GatheringRow = row.whole()
    return found


def _plain(row: GatheringRow) -> Gathering:
    row.whole()
    return Gathering(
        id=bytes(row.id).hex(),
        title=row.title,
        questions=tuple(json.loads(row.questions)),
        promise=Promise.from_json(row.promise),
        state=State(row.state),
        opens=date.fromisoformat(row.opens),
        closes=date.fromisoformat(row.closes) if row.closes else None,
        repeats=Repeats(row.repeats),
    )
