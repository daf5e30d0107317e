"""What is kept moves from the file to a server, or back; what was there before stays until told.

Rows go in the order of their keys, some at a time. A move that was cut off goes on where it was;
at the end both places are compared, row by row. Then the old place opens for nobody any more, so
that nothing is kept in two.
"""

from store import errors
from store.engines import engine_of
from store.rows.engine import Place
from store.rows.shelf import Progress, copy


def move(source: Place, target: Place, progress: Progress = lambda _done, _all: None) -> None:
    """Move everything; the store must be open nowhere.

    Raises:
        AlreadyExistsError: Something is kept at the target; nothing was changed.
        BusyError: Somebody has one of them open.
        DamagedError: Both do not hold the same; the old one is as it was. Try again.
        WrongStateError: What was kept here has been moved away before.
    """
    if source.url == target.url:
        raise errors.AlreadyExistsError("It is there already; nothing was changed.")
    there, goal = engine_of(source), engine_of(target)
    with there.taken_from(source) as old:
        with goal.put_into(target) as new:
            if not copy(old.shelf, new, progress):
                new.clear()  # the old one has changed since a move that was cut off
                if not copy(old.shelf, new, progress):
                    raise errors.DamagedError("The copy is not what was here. Please try again.")
        old.leave()


def remove_left(place: Place) -> None:
    """Remove what a move left behind.

    Raises:
        WrongStateError: Nothing was moved away from there; nothing was changed.
    """
    engine_of(place).remove_left(place)
