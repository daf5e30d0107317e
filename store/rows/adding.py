# ruff: noqa: S608 - the names in the statement are our own; values are bound
"""How a contribution of one row is put in: by one statement, the same for both engines.

It looks and inserts at once: the row goes in if its gathering is open and has the key that it was
sealed with, and nothing has its id yet.
"""

from collections.abc import Mapping

from store.rows.models import digest_of

COLUMNS = ("gathering", "id", "sealed_to", "status", "version", "mark", "sealed")
STATEMENT = (
    f"INSERT INTO item (digest, {', '.join(COLUMNS)}) SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS"
    " (SELECT 1 FROM gathering WHERE id = ? AND state = ? AND public_key = ?) AND NOT EXISTS"
    " (SELECT 1 FROM item WHERE gathering IN (SELECT id FROM gathering) AND id = ?)"
    " AND NOT EXISTS (SELECT 1 FROM receipt WHERE id = ?)"
    " ON CONFLICT DO NOTHING"  # kept twice at once: a server would log an error, with id and time
)
KINDS = "BLOB BLOB BLOB BLOB TEXT INTEGER BLOB BLOB  BLOB TEXT BLOB BLOB BLOB"  # of its values


def values(item: Mapping[str, object], state: str, public_key: bytes) -> tuple[object, ...]:
    """Return what the statement asks for: a row, and what must hold for its gathering."""
    row = {name: item[name] for name in COLUMNS}
    asked = row["gathering"], state, public_key, row["id"], row["id"]
    return digest_of("item", row), *row.values(), *asked
