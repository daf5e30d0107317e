"""What the board says, as the kiosk shows it: at the idle screen, and as a preview at the desk."""

from dataclasses import dataclass
from datetime import date

import store
from kiosk.i18n import _
from store.board import Answer, AnswerState


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer in words for everybody."""

    theme: str
    answer: str
    state: AnswerState
    state_name: str
    due: date | None
    gathering: str  # its title


def shown(answers: tuple[Answer, ...]) -> list[Shown]:
    """Return answers as the kiosk shows them; what is celebrated comes last, in its own lane."""
    if not answers:
        return []
    titles = {each.id: each.title for each in store.gatherings.everything()}
    names = state_names()
    made = [
        Shown(
            each.theme,
            each.answer,
            each.state,
            names[each.state],
            each.due,
            titles.get(each.gathering, ""),
        )
        for each in answers
    ]
    return sorted(made, key=lambda each: each.state is AnswerState.CELEBRATION)


def newest(answers: tuple[Answer, ...]) -> Shown | None:
    """Return the answer that was given last: the last one of the latest gathering."""
    of_latest = [each for each in answers if each.gathering == answers[0].gathering]
    return shown((of_latest[-1],))[0] if of_latest else None


def state_names() -> dict[AnswerState, str]:
    """Return the names of all states, in the language of the page."""
    return {
        AnswerState.HEARD: _("Heard"),
        AnswerState.WORKING: _("We are working on it"),
        AnswerState.DONE: _("Done"),
        AnswerState.IMPOSSIBLE: _("Not possible, because"),
        AnswerState.CELEBRATION: _("We celebrate"),
    }
