"""The board, carried back to the outposts: signed, so that nobody puts words on their screens."""

from datetime import date

from store import board, errors
from store.board import AnswerState
from store.rows import database, meta
from store.rows.models import AnswerRow, GatheringRow
from store.seals.keys import MasterKey
from store.team import ledger, membership, signed

_SORT = "board"


def write(master: MasterKey) -> bytes:
    """Return the answers to every gathering that other boxes were invited to, signed.

    Raises:
        WrongStateError: This box is an outpost.
    """
    membership.need_home()
    return signed.sign(
        _SORT,
        {
            owner.hex(): [
                {
                    "id": each.id,
                    "theme": each.theme,
                    "answer": each.answer,
                    "stage": each.state,
                    "due": each.due.isoformat() if each.due else "",
                }
                for each in board.of(owner.hex())
            ]
            for owner in ledger.invited()
        },
        master,
    )


def take_in(untrusted_file: bytes) -> None:
    """Put the answers of a board file in the place of the old ones.

    Raises:
        UnreadableFileError: It is none, or was changed.
        WrongStateError: This box is no outpost, or another team signed it.
    """
    membership.need_outpost()
    team, values = signed.read(_SORT, untrusted_file)
    with database.writing():
        if meta.read(membership.TEAM) != team:
            raise errors.WrongStateError("This board is of another team; nothing was changed.")
        try:
            for gathering_id, answers in values.items():
                _replace(database.key_of_gathering(gathering_id), answers)
        except (ValueError, KeyError, TypeError):
            raise errors.UnreadableFileError("This board is damaged.") from None


def _replace(owner: bytes, answers: object) -> None:
    if not GatheringRow.select().where(GatheringRow.id == owner).exists():
        return  # of a gathering that this box did not join
    if not isinstance(answers, list):
        raise TypeError("answers")
    board.remove_all(owner.hex())
    for place, each in enumerate(answers):
        AnswerRow(
            id=bytes.fromhex(each["id"]),
            gathering=owner,
            place=place,
            theme=str(each["theme"]),
            answer=str(each["answer"]),
            stage=AnswerState(each["stage"]),
            due=date.fromisoformat(each["due"]).isoformat() if each["due"] else None,
        ).put()
