"""Which engine holds the rows of a place; this room alone knows both."""

from store import errors
from store.file import engine as file
from store.rows.engine import Place
from store.rows.moving import Movable


def engine_of(place: Place) -> Movable:
    """Return the engine that holds the rows of a place."""
    if not place.url:
        return file
    try:
        from store.server import engine as server  # noqa: PLC0415 - its driver is optional
    except ModuleNotFoundError:
        raise errors.StoreError(
            "The driver for PostgreSQL is not installed. It is an extra of the kiosk's wheel: "
            "pip install 'release_kiosk-....whl[postgres]'"
        ) from None
    return server
