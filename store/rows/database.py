"""The one door to the rows: transactions, statements, and our errors instead of a driver's.

Connections belong to threads. `connection()` holds one for the length of a request; without it
the first call of a thread opens one that stays until the thread closes it.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import peewee

from store import errors
from store.machine import folder_rights
from store.rows.engine import Engine, Place
from store.throttle import Tries

db: peewee.DatabaseProxy = peewee.DatabaseProxy()
_engine: Engine | None = None
_folder: Path | None = None
_constants: dict[str, bytes] = {}  # values that never change while a database is open
_tries = Tries()  # of the store that is open; `attach` makes it anew


def engine() -> Engine:
    """Return the engine of the store that is open."""
    if _engine is None:
        raise errors.NotSetUpError("The store is not open.")
    return _engine


def folder() -> Path:
    """Return the open data folder."""
    if _folder is None:
        raise errors.NotSetUpError("The store is not open.")
    return _folder


def tries() -> Tries:
    """Return what counts guesses while this store is open."""
    return _tries


def attach(found: Engine, place: Place, *, counting: Tries | None = None) -> None:
    """Point the store at a place and its engine; the data folder is its owner's alone from then."""
    global _engine, _folder, _tries  # noqa: PLW0603 - one process serves one store
    detach()
    try:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder_rights.close(place.folder)
    except OSError as error:
        raise errors.ReadOnlyError(f"Cannot write in the data folder ({error.strerror}).") from None
    db.initialize(found.attach(place))
    _engine, _folder = found, place.folder
    _tries = found.shared(counting or Tries())
    _constants.clear()


def detach() -> None:
    """Close this thread's connection and forget the place."""
    global _engine, _folder  # noqa: PLW0603
    if _engine is not None:
        _engine.detach()
    _engine = _folder = None


@contextmanager
def connection() -> Iterator[None]:
    """Hold a connection for one request; the outermost of nested uses lets go of it."""
    with reporting():
        opened = db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened and not db.is_closed():
            db.close()


@contextmanager
def reading() -> Iterator[None]:
    """See one state of the database throughout, with our errors instead of a driver's."""
    with reporting():
        if db.in_transaction():
            yield
            return
        with engine().to_read():
            yield


def writing() -> AbstractContextManager[None]:
    """Write alone; on leaving, everything is on disk, or nothing is.

    Raises:
        BusyError: Somebody else wrote for too long.
        FullError: The disk is full.
        ReadOnlyError: It cannot be written.
        DamagedError: The engine cannot make sense of what is there.
    """
    return _changing(lambda: engine().to_write())


def adding() -> AbstractContextManager[None]:
    """Add rows that nobody else adds; where the engine can, beside others who do the same.

    Whoever writes alone waits for them, and they for it. The errors are those of `writing`.
    """
    return _changing(lambda: engine().to_add())


def add(statement: str, *values: object) -> bool:
    """Add one row by one statement, if what it asks for still holds; tells whether it did.

    The whole of `adding` in one way to the engine. The errors are the same.
    """
    with reporting():
        if db.in_transaction():
            return run(statement, *values) == 1
        return engine().add(statement, values)


@contextmanager
def _changing(begin: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    with reporting():
        if db.in_transaction():
            yield
            return
        with begin():
            yield


def constant(name: str, read: Callable[[str], bytes]) -> bytes:
    """Return a value that never changes, read once."""
    if name not in _constants:
        with reporting():
            _constants[name] = read(name)
    return _constants[name]


def remember(name: str, content: bytes) -> None:
    """Hold a value of this process's own, for as long as the store is open."""
    _constants[name] = content


def remembered(name: str) -> bytes | None:
    """Return what this process remembers."""
    return _constants.get(name)


def forget_constant(name: str) -> None:
    """Read a value anew that changes seldom, and just has."""
    _constants.pop(name, None)


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Read with a statement of our own making."""
    cursor = db.execute_sql(statement.replace("?", db.param), values)
    return list(cursor.fetchall())


def run(statement: str, *values: object) -> int:
    """Change rows with a statement of our own making; returns how many."""
    cursor = db.execute_sql(statement.replace("?", db.param), values)
    return int(cursor.rowcount)


@contextmanager
def reporting() -> Iterator[None]:
    """Raise our errors instead of a driver's."""
    faults: tuple[type[Exception], ...] = (peewee.DatabaseError, peewee.InterfaceError)
    faults += engine().FAULTS
    try:
        yield
    except faults as error:
        raise engine().meaning(error) from None


def key_of_gathering(named: str) -> bytes:
    """Return the key that a gathering's id stands for.

    Raises:
        UnknownGatheringError: It can be the id of none.
    """
    try:
        return bytes.fromhex(named)
    except ValueError:
        raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING) from None


def random_id() -> bytes:
    """Return 128 random bits, which tell neither order nor time."""
    return secrets.token_bytes(16)
