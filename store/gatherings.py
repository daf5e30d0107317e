"""Periods of collecting: opened, closed, released together, purged, begun again."""

import contextlib
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta

from store import backlog, errors, lists, release, strength
from store.kinds import Kind, Repeats, last_day
from store.machine.sure_day import is_day_sure
from store.promise import Promise, Wordings, asked_from_json, asked_to_json
from store.rows import database, meta
from store.rows.models import GatheringRow, ItemRow, KeyRow, PieceRow, WorkRow
from store.seals import held, keys
from store.status import State, step
from store.team import ledger, membership


@dataclass(frozen=True)
class Gathering:
    """A period of collecting, with its questions and its promise.

    Attributes:
        opens: First day.
        closes: Last day of collecting; None: until a facilitator closes it.
        kind: How it ends; visitors are told.
        wordings: Questions and readers in more languages.
        awaits_parcels: Whether other boxes were invited, and their parcels may still come.
    """

    id: str
    title: str
    questions: tuple[str, ...]
    promise: Promise
    state: State
    opens: date
    closes: date | None = None
    repeats: Repeats = Repeats.NEVER
    kind: Kind = Kind.SESSION
    awaits_parcels: bool = False
    wordings: Wordings = field(default_factory=dict, hash=False)


def new(
    title: str,
    *,
    questions: tuple[str, ...] | list[str] = (),
    promise: Promise | None = None,
    today: date,
    opens: date | None = None,
    closes: date | None = None,
    repeats: Repeats | str = Repeats.NEVER,
    is_standing: bool = False,
    wordings: Wordings | None = None,
) -> Gathering:
    """Open a gathering; needs set-up, but no unlocking.

    One with a last day, or that comes again, is standing; a standing one without a day gets a week.
    """
    start = opens or today
    every = Repeats(repeats)
    if is_standing and closes is None and every is Repeats.NEVER:
        closes = last_day(start, Repeats.WEEKLY)
    if closes is None and every is not Repeats.NEVER:
        closes = last_day(start, every)
    if closes is not None and closes < start:
        raise ValueError("closes: not before opens")
    membership.need_home()
    with database.writing():
        owner = database.random_id()
        row = GatheringRow(
            id=owner,
            title=title,
            questions=asked_to_json(questions, wordings or {}),
            promise=(promise or Promise()).to_json(),
            state=step(None, State.OPEN),
            opens=start.isoformat(),
            closes=closes.isoformat() if closes else None,
            repeats=every,
            kind=Kind.SESSION if closes is None else Kind.STANDING,
            public_key=keys.new_gathering_key(owner),
        )
        meta.write(meta.NEWEST, owner)
        lists.freeze_if_any(owner)
        return _plain(row.put())


def current() -> Gathering | None:
    """Return the gathering that takes contributions; the one opened last if there are several."""
    return next(iter(open_ones()), None)


def open_ones() -> list[Gathering]:
    """Return the gatherings that take contributions, the one opened last first."""
    with database.reading():
        rows = GatheringRow.select().where(GatheringRow.state == State.OPEN)
        newest = meta.read(meta.NEWEST) or b""
        is_newest = (GatheringRow.id == newest).desc()
        ordered = rows.order_by(GatheringRow.opens.desc(), is_newest, GatheringRow.id)
        return [_plain(row) for row in ordered]


def everything() -> list[Gathering]:
    """Return all gatherings, the latest first."""
    with database.reading():
        rows = GatheringRow.select().order_by(GatheringRow.opens.desc(), GatheringRow.id)
        return [_plain(row) for row in rows]


def get(gathering_id: str) -> Gathering:
    """Return a gathering."""
    with database.reading():
        return _plain(_row(gathering_id))


def close(gathering_id: str, *, today: date, is_series: bool = False) -> Gathering:
    """Close for good: a session at once, a standing gathering at the end of today.

    With k of them the contributions are released, otherwise they stay sealed. Where the disk is too
    full to release, the next tick with room does it. One that other boxes were invited to awaits
    their parcels first: closing it a second time says that all are there.

    Args:
        gathering_id: An open gathering, or one that awaits parcels.
        today: The day that a standing one ends with.
        is_series: Let no other one follow on one that comes again.
    """
    found = get(gathering_id)
    if found.state is State.CLOSED and found.awaits_parcels:
        row = _await_no_more(gathering_id)
    elif found.kind is Kind.STANDING:
        return _end_with(gathering_id, today, is_series=is_series)
    else:
        row = database.engine().with_room(lambda: _close(gathering_id, today))
    with contextlib.suppress(errors.FullError):
        release.release_if_due(row, today=today)
    return get(gathering_id)


def release_without_sound(gathering_id: str, *, today: date) -> Gathering:
    """Release a closed gathering whose words are enough, though some memos have none yet.

    Those memos count as not transcribed, and their sound is erased.

    Raises:
        WrongStateError: It is not closed, or fewer than k contributions are words or drawings.
    """
    with database.writing():
        row = _row(gathering_id)
        if row.state != State.CLOSED or not release.is_enough(row):
            raise errors.WrongStateError("This gathering stays sealed.")
        ledger.stop_waiting(bytes(row.id))
        backlog.give_up_on(bytes(row.id))
    release.release_if_due(row, today=today)
    return get(gathering_id)


def _close(gathering_id: str, today: date) -> GatheringRow:
    with database.writing():
        row = _row(gathering_id)
        if row.state != State.OPEN:
            raise errors.WrongStateError("This gathering is not open.")
        closes = today.isoformat()
        return row.rewrite(state=step(row.state, State.CLOSED), closes=closes)


def _await_no_more(gathering_id: str) -> GatheringRow:
    with database.writing():
        row = _row(gathering_id)
        ledger.stop_waiting(bytes(row.id))
        return row


def _end_with(gathering_id: str, today: date, *, is_series: bool) -> Gathering:
    """Let an open standing gathering end with today, so that no hand closes behind a visitor."""
    with database.writing():
        row = _row(gathering_id)
        if row.state != State.OPEN:
            raise errors.WrongStateError("This gathering is not open.")
        day = max(today.isoformat(), row.opens)
        row.rewrite(closes=min(row.closes or day, day))
        if is_series:
            row.rewrite(repeats=Repeats.NEVER)
        return _plain(row)


def extend(gathering_id: str, *, closes: date, today: date) -> Gathering:
    """Let an open standing gathering collect for longer; what is closed is never opened again."""
    with database.writing():
        row = _row(gathering_id)
        if row.state != State.OPEN or _kind(row) is not Kind.STANDING:
            raise errors.WrongStateError("Only an open standing gathering can be extended.")
        if closes < today or (row.closes and closes.isoformat() < row.closes):
            raise ValueError("closes: later than before")
        return _plain(row.rewrite(closes=closes.isoformat()))


def tighten(gathering_id: str, promise: Promise) -> Gathering:
    """Make a promise stricter.

    Looser ones are refused from the day the gathering opens, whether or not anything was kept:
    otherwise the refusal would tell that somebody has been there.
    """
    with database.writing():
        row = _row(gathering_id)
        if row.state not in {State.OPEN, State.CLOSED}:
            raise errors.WrongStateError("This gathering is released.")
        if not promise.is_at_least_as_strict_as(Promise.from_json(row.promise)):
            raise errors.LooserPromiseError("A promise can only become stricter.")
        return _plain(row.rewrite(promise=promise.to_json()))


def merge_forward(gathering_id: str, into: str) -> Gathering:
    """Carry a closed gathering's sealed items into an open one with as strict a promise.

    They are read with the next k that come there, and do not count towards those.
    """
    with database.writing():
        source, target = _row(gathering_id), _row(into)
        if source.state != State.CLOSED or target.state != State.OPEN:
            raise errors.WrongStateError("Only a closed gathering goes into an open one.")
        kept = Promise.from_json(source.promise)
        if not Promise.from_json(target.promise).is_at_least_as_strict_as(kept):
            raise errors.LooserPromiseError("The other gathering promises less.")
        for table in (ItemRow, PieceRow, WorkRow, KeyRow):
            for key in table.keys_of(bytes(source.id)):
                values = {"version": held.CARRIED} if table is ItemRow else {}
                row = table.get(table.gathering == source.id, table.id == key)
                row.rewrite(gathering=target.id, **values)
        for its_own in (ledger, lists, strength):
            its_own.forget(bytes(source.id))
        source.rewrite(state=step(source.state, State.PURGED))
        return _plain(target)


def purge(gathering_id: str) -> None:
    """Destroy a gathering's key, then its rows, then what is left of them in the file."""
    database.engine().with_room(lambda: _destroy_keys(gathering_id))
    release.remove_purged()
    release.forget_order()


def _destroy_keys(gathering_id: str) -> None:
    with database.writing():
        row = _row(gathering_id)
        KeyRow.delete().where(KeyRow.gathering == row.id).execute()
        for its_own in (ledger, lists, strength):
            its_own.forget(bytes(row.id))
        if row.state != State.PURGED:
            row.rewrite(state=step(row.state, State.PURGED))


def tick(today: date) -> None:
    """Do what is due: close, roll over, release, purge, tidy up. Call it at start and every minute.

    It writes each time, so that the file's own time tells of the clock and not of a visit.
    A damaged gathering is left to `repair`, and keeps no other one waiting.

    Raises:
        DamagedError: At the end, if there was one.
    """
    is_tidy = database.engine().is_tidy()
    damaged: list[errors.DamagedError] = []
    with database.writing():
        is_sure = is_day_sure(today)
        late = GatheringRow.closes < today.isoformat()
        for row in list(GatheringRow.select().where((GatheringRow.state == State.OPEN) & late)):
            with errors.set_apart(damaged):
                _roll_over(row, today)
                row.rewrite(state=step(row.state, State.CLOSED))
        meta.write(meta.HEARTBEAT, secrets.token_bytes(16))
    with database.reading():
        closed = list(GatheringRow.select().where(GatheringRow.state == State.CLOSED))
    for row in closed:
        with errors.set_apart(damaged), contextlib.suppress(errors.FullError):
            release.release_if_due(row, today=today)
    for gathering_id in _expired(today, damaged) if is_sure else ():
        purge(gathering_id)
    release.remove_purged()
    if is_tidy or (database.engine().is_time_to_tidy() and release.forget_order()):
        database.engine().tidied()
    database.engine().keep_room()
    if damaged:
        raise damaged[0]


def _expired(today: date, damaged: list[errors.DamagedError]) -> list[str]:
    over, ended = [], GatheringRow.state.in_([State.CLOSED, State.PACKED, State.RELEASED])
    with database.reading():
        for row in GatheringRow.select().where(ended):
            with errors.set_apart(damaged):
                days = Promise.from_json(row.whole().promise).retention_days
                since = date.fromisoformat(row.released or row.closes or row.opens)
                if today > since + timedelta(days=days):
                    over.append(bytes(row.id).hex())
    return over


def _roll_over(row: GatheringRow, today: date) -> None:
    """Open the period that `today` lies in, with the same questions and promise."""
    every = Repeats(row.repeats)
    if every is Repeats.NEVER or row.closes is None:
        return
    was, start = _plain(row), date.fromisoformat(row.closes) + timedelta(days=1)
    while (end := last_day(start, every)) < today:
        start = end + timedelta(days=1)
    new(
        row.title,
        questions=was.questions,
        promise=was.promise,
        wordings=was.wordings,
        today=today,
        opens=start,
        closes=end,
        repeats=every,
    )


def _row(gathering_id: str) -> GatheringRow:
    row = GatheringRow.get_or_none(GatheringRow.id == database.key_of_gathering(gathering_id))
    if row is None:
        raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING)
    found: GatheringRow = row.whole()
    return found


def _plain(row: GatheringRow) -> Gathering:
    row.whole()
    questions, wordings = asked_from_json(row.questions)
    return Gathering(
        id=bytes(row.id).hex(),
        title=row.title,
        questions=questions,
        promise=Promise.from_json(row.promise),
        state=State(row.state),
        opens=date.fromisoformat(row.opens),
        closes=date.fromisoformat(row.closes) if row.closes else None,
        repeats=Repeats(row.repeats),
        kind=_kind(row),
        awaits_parcels=ledger.waits(bytes(row.id)),
        wordings=wordings,
    )


def _kind(row: GatheringRow) -> Kind:
    """Return how a gathering ends; those of before the kinds tell it by their last day."""
    if row.kind:
        return Kind(row.kind)
    is_standing = row.repeats != Repeats.NEVER or (row.state == State.OPEN and row.closes)
    return Kind.STANDING if is_standing else Kind.SESSION
