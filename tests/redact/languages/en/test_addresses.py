"""Where people live and work is found in every form; what only sounds like a street stays."""

import pytest

from redact import redact
from redact.engine import unite
from redact.languages.en.spoken_postcodes import spoken_postcodes
from redact.spans import Kind
from redact.tokens import tokenize


@pytest.mark.parametrize(
    "address",
    [
        "7 Kestrel Barns",
        "Rosehill, Back Lane",
        "The Old Forge, Church Lane",
        "14 Cooper's Loke",
        "3 Abbey Garth",
        "Lot 12 Boronia Creek Road",
        "H.No. 4-2-118, Sai Colony, Ring Road",
        "E. Larkspur Blvd",
        "the corner of Tenth and Birch",
        "corner of 8th and Mill",
        "rue des Merles 14",
        "18 Queensway",
        "fifty-two to fifty-eight Larch Parade",
        "two two nine Queensway",
        "five Quarry Cottages",
        "N E one, four double B",
        "B D one seven, six H Q",
    ],
)
def test_an_address_goes(address: str) -> None:
    result = redact(f"They sent the parcel to {address}, and nobody was there.").text
    assert result in {
        "They sent the parcel to [ADDRESS], and nobody was there.",
        "They sent the parcel to the [ADDRESS], and nobody was there.",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the call to Blackthorn Farm, Nether Lane took 3 hrs",
            "the call to [ADDRESS] took 3 hrs",
        ),
        (
            "I said eleven Oak Drive, he wrote eleven Oak Grove.",
            "I said [ADDRESS], he wrote [ADDRESS].",
        ),
        (
            "They wrote to Flat 2, 61 Mossbank Terrace, I moved in spring.",
            "They wrote to [ADDRESS], I moved in spring.",
        ),
    ],
)
def test_an_address_ends_before_the_sentence_goes_on(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "harmless",
    [
        "It was a close call on Monday. Close the hatch next time.",
        "Put the pallets back in aisle four, not in aisle five.",
        "Keep lane two for the forklifts.",
        "I counted 71 of them.",
        "We turn left at the end of the street.",
    ],
)
def test_what_only_sounds_like_an_address_stays(harmless: str) -> None:
    assert redact(harmless).text == harmless


@pytest.mark.parametrize(
    ("said", "postcode"),
    [
        ("it's l s eleven nine double b now", "l s eleven nine double b"),
        ("to T three J, two M six, please", "T three J, two M six"),
        ("BT nine, five double E is ours", "BT nine, five double E"),
        ("G U twenty-seven, three Q R it was", "G U twenty-seven, three Q R"),
    ],
)
def test_a_postcode_is_heard_letter_by_letter(said: str, postcode: str) -> None:
    [span] = unite(spoken_postcodes(tokenize(said)))
    assert said[span.start : span.end] == postcode
    assert span.kind is Kind.ADDRESS


@pytest.mark.parametrize(
    "said", ["I work two four a m", "plan B two, four of us", "A4 paper", "section C three one"]
)
def test_letters_and_numbers_that_are_no_postcode_are_left_alone(said: str) -> None:
    assert list(spoken_postcodes(tokenize(said))) == []
