"""What can go wrong in the store, one class per thing a caller can act on.

Messages never quote a visitor.
"""

import contextlib
from collections.abc import Iterator


class StoreError(Exception):
    """Anything the store refuses or cannot do.

    Attributes:
        is_at_server: What is wrong is at a server, so nothing in the data folder mends it.
    """

    is_at_server = False


def at_server(error: StoreError) -> StoreError:
    """Say of an error that it is at a server."""
    error.is_at_server = True
    return error


class NotSetUpError(StoreError):
    """There are no keys yet: set-up comes first."""


class BusyError(StoreError):
    """Somebody else holds the database; the same call can be made again."""


class UnreachableError(BusyError):
    """The server that holds the rows does not answer; the same call can be made again."""


class TakenError(BusyError):
    """Somebody else put the same row in at once; the same call finds it there."""


class FullError(StoreError):
    """The disk is full; nothing was stored."""


class ReadOnlyError(StoreError):
    """The data folder cannot be written."""


class OpenFolderError(StoreError):
    """Other users of the machine can look into the data folder, and it cannot be closed."""


class DamagedError(StoreError):
    """Bytes on disk are not what was written."""


@contextlib.contextmanager
def set_apart(damaged: list[DamagedError]) -> Iterator[None]:
    """Note what is found damaged, so that the rest goes on."""
    try:
        yield
    except DamagedError as error:
        damaged.append(error)


class DamagedSlotError(DamagedError):
    """A facilitator's key slot is damaged; another facilitator or the recovery code still opens."""


class UnsafeDatabaseError(StoreError):
    """SQLite did not take a setting that the promise rests on."""


class NewerDatabaseError(StoreError):
    """The database was written by a newer version of this program."""


class WrongPassphraseError(StoreError):
    """The passphrase or recovery code opens no slot."""


class TooManyTriesError(StoreError):
    """Too many tries in a minute.

    Attributes:
        wait_seconds: When the next try is allowed.
    """

    def __init__(self, wait_seconds: float) -> None:
        super().__init__("Too many tries. Please wait a moment.")
        self.wait_seconds = wait_seconds


class HeldError(StoreError):
    """It came back from a backup: the recovery code, or two facilitators together, open it."""


class LockedError(StoreError):
    """The master key was wiped; unlock again."""


class UnknownFacilitatorError(StoreError):
    """No facilitator has this name."""


class LastFacilitatorError(StoreError):
    """The last facilitator cannot be removed."""


class NameTakenError(StoreError):
    """A facilitator of this name exists."""


NO_SUCH_GATHERING = "There is no such gathering. `kiosk gathering list` shows those there are."


class UnknownGatheringError(StoreError):
    """No gathering has this id."""


class GatheringClosedError(StoreError):
    """The gathering takes no more contributions."""


class LooserPromiseError(StoreError):
    """A promise can only become stricter."""


class WrongStateError(StoreError):
    """The gathering or item is not in a state that allows this."""


class NotReleasedError(WrongStateError):
    """Nothing of this gathering may be read: it is not released."""


class UnknownItemError(StoreError):
    """No released item has this id."""


class StaleVersionError(StoreError):
    """Somebody else changed the item meanwhile; load it again."""


class TokenTooShortError(StoreError):
    """An idempotency token needs at least 16 characters of randomness."""


class TooLargeError(StoreError):
    """The contribution is larger than the largest size class."""


class AlreadyExistsError(StoreError):
    """The target exists and is not overwritten."""


class UnreadableFileError(StoreError):
    """A file that another box wrote is none, or is not what was written."""


class ForeignParcelError(StoreError):
    """A parcel is for another box."""


class LateParcelError(StoreError):
    """A parcel came when its gathering awaited no more of them."""


class LeaseLostError(StoreError):
    """Another worker has this memo now."""
