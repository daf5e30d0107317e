"""The board: what we heard, what happens now. Public, so it is stored plainly and read unlocked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store import errors
from store.rows import database
from store.rows.models import AnswerRow, GatheringRow


class AnswerState(StrEnum):
    """What has become of what was heard."""

    HEARD = "heard"
    WORKING = "working"  # with a day for the next word
    DONE = "done"
    IMPOSSIBLE = "impossible"  # the answer says why
    CELEBRATION = "celebration"  # something good, in a lane of its own


@dataclass(frozen=True)
class Answer:
    """What facilitators say to one theme.

    Attributes:
        due: Day by which there is a next word.
    """

    id: str
    gathering: str
    theme: str
    answer: str
    state: AnswerState = AnswerState.HEARD
    due: date | None = None


def publish(
    gathering_id: str,
    theme: str,
    answer: str,
    *,
    state: AnswerState | str = AnswerState.HEARD,
    due: date | None = None,
) -> Answer:
    """Put an answer at the end of a gathering's list."""
    owner = database.key_of_gathering(gathering_id)
    with database.writing():
        if not GatheringRow.select().where(GatheringRow.id == owner).exists():
            raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING)
        ((last,),) = database.rows("SELECT max(place) FROM answer WHERE gathering = ?", owner)
        row = AnswerRow(
            id=database.random_id(),
            gathering=owner,
            place=0 if last is None else last + 1,
            theme=theme,
            answer=answer,
            stage=AnswerState(state),
            due=due.isoformat() if due else None,
        )
        return _plain(row.put())


def change(
    answer_id: str,
    *,
    theme: str,
    answer: str,
    state: AnswerState | str = AnswerState.HEARD,
    due: date | None = None,
) -> Answer:
    """Put other words in place of an answer's."""
    with database.writing():
        row = AnswerRow.get_or_none(AnswerRow.id == bytes.fromhex(answer_id))
        if row is None:
            raise errors.UnknownItemError("There is no such answer.")
        day = due.isoformat() if due else None
        return _plain(row.rewrite(theme=theme, answer=answer, stage=AnswerState(state), due=day))


def remove(answer_id: str) -> None:
    """Take an answer from the board."""
    with database.writing():
        AnswerRow.delete().where(AnswerRow.id == bytes.fromhex(answer_id)).execute()


def remove_all(gathering_id: str) -> None:
    """Take all answers of a gathering from the board."""
    with database.writing():
        AnswerRow.delete().where(AnswerRow.gathering == bytes.fromhex(gathering_id)).execute()


def of(gathering_id: str) -> tuple[Answer, ...]:
    """Return a gathering's answers in the order they were published."""
    with database.reading():
        rows = AnswerRow.select().where(
            AnswerRow.gathering == database.key_of_gathering(gathering_id)
        )
        return tuple(_plain(row) for row in rows.order_by(AnswerRow.place))


def everything() -> tuple[Answer, ...]:
    """Return all answers, the latest gathering's first."""
    with database.reading():
        rows = (
            AnswerRow.select()
            .join(GatheringRow, on=(GatheringRow.id == AnswerRow.gathering))
            .order_by(GatheringRow.opens.desc(), AnswerRow.gathering, AnswerRow.place)
        )
        return tuple(_plain(row) for row in rows)


def _plain(row: AnswerRow) -> Answer:
    return Answer(
        bytes(row.id).hex(),
        bytes(row.gathering).hex(),
        row.theme,
        row.answer,
        AnswerState(row.stage or AnswerState.HEARD),
        date.fromisoformat(row.due) if row.due else None,
    )
