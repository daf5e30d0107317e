"""A store that moves out of its file, or into one."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from store import errors
from store.file import backup, database, folder_lock, schema
from store.machine import disk, folder_rights
from store.rows.engine import Place
from store.rows.moving import Old
from store.rows.shelf import Shelf


@contextlib.contextmanager
def taken_from(place: Place) -> Iterator[Old]:
    """Hold the file alone; it gets another name when it is left."""
    path = place.folder / database.FILE
    if not path.exists():
        raise errors.WrongStateError("There is no file to move; nothing was changed.")
    with folder_lock.alone(place.folder), database.reporting():
        backup.verify(path)

        def leave() -> None:
            with disk.disk_errors():
                path.rename(place.folder / database.MOVED)
                disk.sync_folder(place.folder)

        with contextlib.closing(_opened(path)) as file:
            yield Old(Shelf(file.execute, "?"), leave)


@contextlib.contextmanager
def put_into(place: Place) -> Iterator[Shelf]:
    """Hold a folder alone; the file gets its name once all is in it."""
    goal = place.folder / database.FILE
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder_rights.close(place.folder)
    with folder_lock.alone(place.folder), database.reporting():
        if goal.exists():
            raise errors.AlreadyExistsError("There is a store in the folder; nothing was changed.")
        fresh = goal.with_suffix(".moving")
        if not fresh.exists():
            disk.new_file(fresh)
        with contextlib.closing(_opened(fresh)) as file:
            yield Shelf(file.execute, "?")
            file.execute("VACUUM")
        backup.verify(fresh)
        disk.sync(fresh)
        with disk.disk_errors():
            fresh.rename(goal)
            disk.sync_folder(place.folder)


def remove_left(place: Place) -> None:
    """Remove the file that a move left behind."""
    path = place.folder / database.MOVED
    if not path.exists():
        raise errors.WrongStateError("Nothing was moved away from here; nothing was changed.")
    path.unlink()


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, isolation_level=None)
    for name in ("secure_delete = 1", "temp_store = 2"):
        file.execute(f"PRAGMA {name}")
    file.execute("BEGIN IMMEDIATE")
    schema.upgrade(lambda statement: file.execute(statement).fetchall())
    file.execute("COMMIT")
    return file
