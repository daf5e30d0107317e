"""What people call themselves on sites goes; the sites, products and everyday words stay."""

import pytest

from redact import redact


@pytest.mark.parametrize(
    "handle",
    [
        "RoryDrillbit", "xXwrenchQueenXx", "crumbs.zorvath", "pinkladderfox", "cakesandgaskets",
        "quietlathe_", "noor-the-plumber", "b4dtempered", "q.dax7.m",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sentence", ["Somebody on Reddit, {}, wrote it.", "follow {} on Vinted"])
def test_an_odd_word_near_a_site_goes(sentence: str, handle: str) -> None:
    assert redact(sentence.format(handle)).text == sentence.format("[USERNAME]")


@pytest.mark.parametrize(
    "raw_text",
    [
        "There's a page called otters and gravel and it's about us",
        "a review from a Gritty Otter Mo, saying we are slow",
        "that account, otter never sleeps, knows too much",
        "Right, grumpy otter nine, that's my Discord.",
        "my login is still otter two, and everybody knows it",
        "he plays online chess as the otter whisperer when it's quiet",
        "Give otters on toast a follow, it's funny",
        "On Instagram he is muddy otter mick, and he films",
        "it was signed drenched otter on Trustpilot",
        "She's on Depop as the real otter underscore one",
        "Some food blogger, uh, otters over Ezzling, came in",
        "Gritty Otter Queen on Nextdoor knows a lot",
        "it's o t t e r zero nine on there",
        "see salty otter, that's the account",
        'the form was signed as "Otter McFly" on the app',
    ],
)
def test_a_handle_of_plain_words_goes(raw_text: str) -> None:
    result = redact(raw_text).text.lower()
    assert "otter" not in result
    assert "o t t" not in result


def test_a_handle_that_comes_back_goes_again() -> None:
    assert "otter" not in redact("He signs in as otter one, and otter one left at Easter.").text


@pytest.mark.parametrize(
    "raw_text",
    [
        "The Strava app drains my battery, and Kahoot is blocked.",
        "Everybody is on TikTok at lunch and nobody minds the till.",
        "PowerPoint froze and QuickBooks lost the invoice.",
        "It was broken.please send somebody",
        "This week in one word: rubbish.",
        "I can handle two bays but not three.",
        "The door handle came off, the five-a-side trophy too.",
        "Log in as normal and it throws you out.",
        "I'm there till four, ask on the till.",
        "the account, for some reason, is locked again",
        "a _big_ thank you to the night porters",
    ],
)
def test_talk_of_sites_and_accounts_stays(raw_text: str) -> None:
    assert redact(raw_text).text == raw_text


def test_a_second_number_beside_a_cued_one_goes() -> None:
    assert redact("It's ext 4471 not 4417.").text == "It's ext [PHONE] not [PHONE]."
    assert redact("It's ext 4471 not 12 metres.").text == "It's ext [PHONE] not 12 metres."
