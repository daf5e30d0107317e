"""Another box of the team, for a while in the place of the one whose pages are tested."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import store
from store.payloads import Note
from store.seals import derive
from tests.support.desk_helpers import today
from tests.support.store_folder import token


@contextmanager
def another_box(folder: Path, *, back_to: Path) -> Iterator[None]:
    """Another box's store is open inside; afterwards the first one's is again."""
    store.close()
    store.open(folder, receipt_cost=derive.TEST_COST)
    try:
        yield
    finally:
        store.close()
        store.open(back_to)


def parcel_of(invited: bytes, *texts: str, box: Path, home: Path) -> bytes:
    """What a box packs that joined and kept these notes."""
    target = box.with_suffix(".parcel")
    with another_box(box, back_to=home):
        joined = store.invitation.join(store.invitation.read(invited), today=today())
        for text in texts:
            store.items.keep(Note(text), joined, token=token())
        store.parcels.pack(joined.id, target, today=today())
    return target.read_bytes()
