# ruff: noqa: S608 - the names in statements are our own tables
"""What PostgreSQL remembers of an order, and how it is made to forget.

Each row carries the number of the transaction that wrote it (`xmin`) and lies where it came to lie
(`ctid`), long values as well; what was deleted stays until the place is needed. So all rows are put
in again, in random order, by one transaction, and then the files are written anew.
"""

import time

from store.rows import database, meta
from store.rows.models import TABLES, Owned
from store.server.connections import to_write

SMALL_BYTES = 8 << 20  # written anew in a fraction of a second
_NAMES = tuple(each._meta.table_name for each in TABLES)  # noqa: SLF001 - peewee's own door
_OWNED = tuple(each._meta.table_name for each in TABLES if issubclass(each, Owned))  # noqa: SLF001
_TIDIED = "tidied"  # the heartbeat of then

_tidied_at: float | None = None


def write_anew() -> None:
    """Put all rows in again, in random order; their places tell nothing then."""
    with database.reporting():
        with to_write():
            for name in _NAMES:
                database.run(
                    f"WITH gone AS (DELETE FROM {name} RETURNING *)"
                    f" INSERT INTO {name} SELECT * FROM gone ORDER BY gen_random_uuid()"
                )
        for name in _NAMES:
            database.db.execute_sql(f"VACUUM (FULL) {name}")


def is_tidy() -> bool:
    """Say whether nobody, on any host, wrote rows or took some back since `tidied`.

    What is put in or changed has another transaction's number than the rest; what is taken back
    leaves no row, and another heartbeat.
    """
    looks = " OR ".join(
        f"EXISTS (SELECT FROM {name} WHERE xmin <> (SELECT xmin FROM {name} LIMIT 1))"
        for name in _OWNED
    )
    with database.reading():
        ((is_mixed,),) = database.rows(f"SELECT {looks}")
        return not is_mixed and meta.read(_TIDIED) == meta.read(meta.HEARTBEAT)


def is_small() -> bool:
    """Say whether writing everything anew takes no time to speak of."""
    sizes = ", ".join(f"pg_total_relation_size('{name}')" for name in _OWNED)
    with database.reading():
        ((*found,),) = database.rows(f"SELECT {sizes}")
    return int(sum(found)) < SMALL_BYTES


def is_time_to_tidy() -> bool:
    """Say whether everything may be written anew: a small store always, a large one every hour."""
    return is_small() or _tidied_at is None or time.monotonic() > _tidied_at + 3600


def tidied() -> None:
    """Remember, for all hosts, that places tell nothing now."""
    global _tidied_at  # noqa: PLW0603
    with database.writing():
        meta.write(_TIDIED, meta.read(meta.HEARTBEAT) or b"")
    _tidied_at = time.monotonic()
