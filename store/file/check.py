"""Find damage: every row carries a digest, and SQLite checks how its pages hang together."""

import sqlite3

from store.rows import database
from store.rows.engine import Report
from store.rows.models import TABLES, digest_of


def damage() -> Report:
    """Look at every byte of the open database; a gigabyte takes some seconds."""
    with database.reading():
        return look_at(database.db.connection())


def look_at(connection: sqlite3.Connection) -> Report:
    """Look at every byte behind a connection."""
    damaged: dict[str, int] = {}
    is_sound = True
    for table in (each._meta.table_name for each in TABLES):  # noqa: SLF001 - peewee's own door
        try:
            cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our tables
            names = [column[0] for column in cursor.description]
            for values in cursor:
                row = dict(zip(names, values, strict=True))
                is_whole = row.pop("digest") == digest_of(table, row)
                damaged[table] = damaged.get(table, 0) + (not is_whole)
        except (sqlite3.DatabaseError, KeyError, TypeError, ValueError):
            is_sound = False
    try:
        is_sound = is_sound and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        is_sound = False
    return Report({table: count for table, count in damaged.items() if count}, is_sound)
