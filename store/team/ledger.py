"""Which gatherings others were invited to, and which parcels of theirs were taken in.

One value for each gathering: a byte that says whether parcels are still awaited, then the ids of
those taken in, sorted, so that it tells no order. An id names a parcel and nothing in it; at purge
the ids go.
"""

from store.rows import database, meta
from store.rows.models import Meta

_PREFIX = "parcels "
_WAITS, _DONE = b"\1", b"\0"
_ID_BYTES = 16


def begin(owner: bytes) -> None:
    """Note that others were invited; from now on parcels are awaited."""
    if not is_invited(owner):
        meta.write(_name(owner), _WAITS)


def invited() -> list[bytes]:
    """Return the gatherings that others were invited to."""
    with database.reading():
        rows = Meta.select(Meta.name).where(Meta.name.startswith(_PREFIX))
        return sorted(bytes.fromhex(row.name.removeprefix(_PREFIX)) for row in rows)


def is_invited(owner: bytes) -> bool:
    """Say whether others were invited to a gathering."""
    return meta.read(_name(owner)) is not None


def waits(owner: bytes) -> bool:
    """Say whether parcels are still awaited: then the end of the last day releases nothing."""
    return (meta.read(_name(owner)) or _DONE)[:1] == _WAITS


def stop_waiting(owner: bytes) -> None:
    """Await no more parcels, because a facilitator said so."""
    if waits(owner):
        meta.write(_name(owner), _DONE + b"".join(_ids(owner)))


def holds(owner: bytes, parcel: bytes) -> bool:
    """Say whether a parcel was taken in."""
    return parcel in _ids(owner)


def enter(owner: bytes, parcel: bytes) -> None:
    """Note that a parcel was taken in; belongs into the transaction that does so."""
    flag = _WAITS if waits(owner) else _DONE
    meta.write(_name(owner), flag + b"".join(sorted({*_ids(owner), parcel})))


def forget(owner: bytes) -> None:
    """At purge, keep nothing but that others were invited: the board still goes to them."""
    if is_invited(owner):
        meta.write(_name(owner), _DONE)


def _name(owner: bytes) -> str:
    return _PREFIX + owner.hex()


def _ids(owner: bytes) -> list[bytes]:
    content = (meta.read(_name(owner)) or _DONE)[1:]
    return [content[at : at + _ID_BYTES] for at in range(0, len(content), _ID_BYTES)]
