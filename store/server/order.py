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
_TIDIED = "tidied"  # how many changes of rows the server had counted by then

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
    """Say whether nobody, on any host, wrote rows since `tidied`."""
    with database.reading():
        return meta.read(_TIDIED) == _changes()


def is_time_to_tidy() -> bool:
    """Say whether everything may be written anew: a small store always, a large one every hour."""
    sizes = ", ".join(f"pg_total_relation_size('{name}')" for name in _OWNED)
    with database.reading():
        ((*found,),) = database.rows(f"SELECT {sizes}")
    is_small = sum(found) < SMALL_BYTES
    return is_small or _tidied_at is None or time.monotonic() > _tidied_at + 3600


def tidied() -> None:
    """Remember, for all hosts, that places tell nothing now."""
    global _tidied_at  # noqa: PLW0603
    with database.writing():
        meta.write(_TIDIED, _changes())
    _tidied_at = time.monotonic()


def _changes() -> bytes:
    """Return how often rows of gatherings were put in, changed or taken out, by all hosts."""
    places = ", ".join("?" * len(_OWNED))
    ((count,),) = database.rows(
        "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
        f" WHERE relid = ANY(SELECT to_regclass(name) FROM unnest(ARRAY[{places}]) AS name)",
        *_OWNED,
    )
    return b"%d" % (count or 0)
