# ruff: noqa: S608 - the names in statements are our own tables; values are bound
"""Put a new database in the place of a damaged one: every row that is what was written, no other.

Rows lean on one another, and a hit row leaves others behind that nobody could open or purge any
more. Those go as well, and what is left fits together again:

- Without its own row, a gathering has no promise, no title and no retention: all of it goes.
- What was sealed with a key that was hit opens for nobody, so it must not count towards k either.
  Its gathering gets a new key, or people would go on speaking into a void.
- A memo that waits, and whose place in the queue was hit, counts as not transcribed.
"""

import contextlib
import itertools
import os
import shutil
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from store import errors
from store.file import backup, check, database, folder_lock
from store.machine import disk
from store.rows import meta, migrations
from store.rows.models import TABLES, digest_of
from store.seals import derive, keys
from store.status import State, Status, step
from store.team import membership

_OWNED = ("item", "piece", "gathering_key", "receipt", "work", "answer", "themes")


@dataclass(frozen=True)
class Repair:
    """What came of it.

    Attributes:
        rows: How many came through.
        without_key: Titles of gatherings of which a key was hit.
        gatherings_gone: How many lost their own row.
        are_receipts_lost: Whether words given out so far lead nowhere.
        kept: Where the damaged file lies now.
    """

    rows: int
    without_key: tuple[str, ...]
    gatherings_gone: int
    are_receipts_lost: bool
    kept: Path = Path()


def repair(data_dir: Path | str) -> Repair | None:
    """Make a new database of all that is whole, check it, put it in place; keep the damaged one.

    Returns:
        What came of it; None where nothing is damaged.

    Raises:
        BusyError: Somebody has the store open there.
        DamagedError: Nothing that could ever be opened is left; the folder stays as it is.
        FullError: No room for a second file; the folder stays as it is.
        NewerDatabaseError: Its rows are none that this program knows.
        ReadOnlyError: The folder cannot be written.
    """
    goal = Path(data_dir) / database.FILE
    with folder_lock.alone(goal.parent):
        if _is_healthy(goal):
            return None
        fresh = goal.with_suffix(".repairing")
        try:
            fresh.unlink(missing_ok=True)  # of a repair that a power cut ended: we are alone here
            _need_room(goal)
            backup.rebuild(goal, fresh)
            mended = _mend_file(fresh)
            backup.verify(fresh)
            return replace(mended, kept=_put_in_place(fresh, goal))
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink()
            raise


def _is_healthy(path: Path) -> bool:
    """Look at every byte, after SQLite has taken a cut-off change back as at every start."""
    with contextlib.closing(
        sqlite3.connect(path, isolation_level=None, timeout=database.BUSY_SECONDS)
    ) as connection:
        try:
            with database.reporting():
                connection.execute("BEGIN EXCLUSIVE")
                (kind,) = connection.execute("PRAGMA application_id").fetchone()
                (version,) = connection.execute("PRAGMA user_version").fetchone()
        except (errors.DamagedError, errors.FullError):  # or sectors that cannot be read
            return False
        if kind == database.APPLICATION_ID and version > migrations.newest():
            raise errors.NewerDatabaseError("A newer version of Release wrote this database.")
        return kind == database.APPLICATION_ID and check.look_at(connection).is_healthy


def _need_room(path: Path) -> None:
    size, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    if free < size:
        raise errors.FullError(
            f"A repair needs {size / 1e6:.0f} MB of room; {free / 1e6:.0f} MB are free."
        )


def _mend_file(path: Path) -> Repair:
    with (
        database.reporting(),
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        connection.row_factory = sqlite3.Row
        for name in ("journal_mode = memory", "secure_delete = 1", "synchronous = 3"):
            connection.execute(f"PRAGMA {name}")
        connection.execute("BEGIN IMMEDIATE")
        mended = _mend(connection)
        connection.execute("COMMIT")
        return mended


def _mend(db: sqlite3.Connection) -> Repair:
    values = dict(db.execute("SELECT name, content FROM meta").fetchall())
    if meta.RECEIPT_COST not in values:  # the same on every kiosk
        cost = {"name": meta.RECEIPT_COST, "content": derive.RECEIPT_COST.pack()}
        backup.put(db, "meta", cost)
    if membership.TEAM in values:  # an outpost has no facilitators, and no private key of its own
        gone = _drop_without_gathering(db)
        _mend_queue(db)
        return Repair(_rows_in(db), (), gone, are_receipts_lost=meta.DEVICE not in values)
    if meta.MASTER_PUBLIC not in values or not db.execute("SELECT 1 FROM slot").fetchone():
        raise errors.DamagedError("The facilitators' keys were hit: what is left opens for nobody.")
    gone = _drop_without_gathering(db)
    without_key = _drop_without_key(db)
    _mend_queue(db)
    rows = _rows_in(db)
    for row in db.execute(
        "SELECT * FROM gathering WHERE state != ? AND id NOT IN (SELECT id FROM gathering_key)",
        (State.PURGED,),
    ).fetchall():
        public, sealed = keys.new_pair(values[meta.MASTER_PUBLIC])
        new = {"id": row["id"], "gathering": row["id"], "sealed": sealed}
        backup.put(db, "gathering_key", new)
        _rewrite(db, "gathering", row, public_key=public)
    return Repair(rows, without_key, gone, are_receipts_lost=meta.DEVICE not in values)


def _rows_in(db: sqlite3.Connection) -> int:
    tables = [each._meta.table_name for each in TABLES]  # noqa: SLF001 - peewee's own door
    return sum(int(db.execute(f"SELECT count(*) FROM {each}").fetchone()[0]) for each in tables)


def _drop_without_gathering(db: sqlite3.Connection) -> int:
    """Remove what no purge would ever reach; returns of how many gatherings."""
    gone = set()
    for table in _OWNED:
        stray = f"FROM {table} WHERE gathering NOT IN (SELECT id FROM gathering)"
        gone |= {owner for (owner,) in db.execute(f"SELECT DISTINCT gathering {stray}")}
        db.execute(f"DELETE {stray}")
    return len(gone)


def _drop_without_key(db: sqlite3.Connection) -> tuple[str, ...]:
    """Remove what opens for nobody; returns the titles of the gatherings concerned."""
    lost = "sealed_to NOT IN (SELECT id FROM gathering_key)"
    titles = db.execute(
        "SELECT title FROM gathering WHERE state != ? AND ("
        " id NOT IN (SELECT id FROM gathering_key)"
        f" OR id IN (SELECT gathering FROM item WHERE {lost})) ORDER BY title",
        (State.PURGED,),
    ).fetchall()
    for table in ("item", "piece"):
        db.execute(f"DELETE FROM {table} WHERE {lost}")
    db.execute("DELETE FROM themes WHERE id NOT IN (SELECT id FROM gathering_key)")
    return tuple(title for (title,) in titles)


def _mend_queue(db: sqlite3.Connection) -> None:
    """Leave no place in the queue without a memo, and no memo that waits without a place."""
    for work in db.execute("SELECT * FROM work WHERE id NOT IN (SELECT id FROM item)").fetchall():
        ids = [work["pieces"][at : at + 16] for at in range(0, len(work["pieces"]), 16)]
        for piece in ids:  # its sound
            db.execute(
                "DELETE FROM piece WHERE gathering = ? AND id = ?", (work["gathering"], piece)
            )
        db.execute("DELETE FROM work WHERE id = ?", (work["id"],))
    for item in db.execute(
        "SELECT * FROM item WHERE status = ? AND id NOT IN (SELECT id FROM work)",
        (Status.WAITING,),
    ).fetchall():
        _rewrite(db, "item", item, status=step(item["status"], Status.FAILED))


def _rewrite(db: sqlite3.Connection, table: str, row: sqlite3.Row, **changed: object) -> None:
    values = {name: row[name] for name in row.keys() if name != "digest"} | changed  # noqa: SIM118
    changed["digest"] = digest_of(table, values)
    settings = ", ".join(f"{name} = ?" for name in changed)
    db.execute(
        f"UPDATE {table} SET {settings} WHERE digest = ? AND id = ?",
        (*changed.values(), row["digest"], row["id"]),
    )


def _put_in_place(fresh: Path, goal: Path) -> Path:
    """Give the damaged file another name and the new one its own, so that there always is one."""
    kept = _free_name(goal)
    moved: list[tuple[Path, Path]] = []
    try:
        with disk.disk_errors():
            _own_alike(goal, fresh)
            _give_second_name(goal, kept)
            for journal in backup.journals(goal):  # SQLite would play it into the new one
                beside = kept.with_name(kept.name + journal.name.removeprefix(goal.name))
                journal.rename(beside)
                moved.append((journal, beside))
            disk.sync_folder(goal.parent)
            fresh.replace(goal)
    except BaseException:
        for journal, beside in moved:
            beside.rename(journal)
        kept.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # both files are on disk, whatever the folder says
        disk.sync_folder(goal.parent)
    return kept


def _free_name(goal: Path) -> Path:
    names = (f"{goal.name}.damaged{number if number > 1 else ''}" for number in itertools.count(1))
    return next(each for each in map(goal.with_name, names) if not each.exists())


def _give_second_name(goal: Path, kept: Path) -> None:
    try:
        os.link(goal, kept)
    except OSError:  # a disk without links, as in memory cards
        shutil.copyfile(goal, kept)
        kept.chmod(0o600)


def _own_alike(goal: Path, fresh: Path) -> None:
    """Let the new file belong to whom the old one does, also when root repairs."""
    if os.name == "posix":
        there = goal.stat()
        os.chown(fresh, there.st_uid, there.st_gid)
