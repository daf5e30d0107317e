"""Two sides of a theme: what most of it says, and what in it says something else.

Averages swallow small voices, so a theme is never shown by its middle alone. Both sides are advice,
made of words: the machine knows which notes share them, not who is right.
"""

from dataclasses import dataclass

from kiosk.meaning.cards import Shown
from kiosk.suggested import nearness_to_all

MOST_NEAR = 4
MOST_FAR = 2
FEWEST_FOR_TWO = 5  # cards with words; of fewer, people see both sides themselves


@dataclass(frozen=True, slots=True)
class Sides:
    """Cards of a theme, each side with the clearest first."""

    near: list[Shown]
    far: list[Shown]


def sides(cards: list[Shown]) -> Sides:
    """Return two to four cards of a theme's middle, and those farthest from it."""
    spoken = [card for card in cards if card.text]
    near = nearness_to_all([card.text for card in spoken]) if spoken else []
    ranked = [
        card
        for _value, _text, card in sorted(
            zip(near, (card.text for card in spoken), spoken, strict=True),
            key=lambda each: (-each[0], each[1]),
        )
    ]
    middle = ranked[: max(2, min(MOST_NEAR, len(ranked) // 3))]
    far = ranked[::-1][:MOST_FAR] if len(ranked) >= FEWEST_FOR_TWO else []
    return Sides(middle, far)
