"""The statement of `store.rows.adding` as a function on the server, which takes the lock first.

One call does what two statements in a pipeline did, and a driver's pipeline costs more than both.
The function is VOLATILE and runs at READ COMMITTED, so each of its statements sees what was
committed before that statement began: the second looks when the first has its lock. Its name has a
digest of what it does: hosts of two versions each find their own.
"""

import hashlib
import re
from collections.abc import Sequence
from itertools import count

from store.rows import adding, database
from store.server.connections import LOCK_TO_ADD

_numbers = count(1)
_BODY = f"""
BEGIN
  PERFORM {LOCK_TO_ADD};
  {re.sub("[?]", lambda _: f"${next(_numbers)}", adding.STATEMENT)};
  RETURN FOUND;
END
"""
NAME = "release_add_" + hashlib.blake2b(_BODY.encode(), digest_size=4).hexdigest()
_KINDS = adding.KINDS.replace("BLOB", "BYTEA").replace("INTEGER", "BIGINT").split()
MAKE = f"CREATE FUNCTION {NAME} ({', '.join(_KINDS)}) RETURNS BOOLEAN LANGUAGE plpgsql AS '{_BODY}'"
_CALL = f"SELECT {NAME}({', '.join(['%s'] * len(_KINDS))})"


def add(_statement: str, values: Sequence[object]) -> bool:
    """Add a row beside others that add, in one way to the server; tells whether it was added."""
    found = database.db.connection().execute(_CALL, values).fetchone()
    return bool(found and found[0])
