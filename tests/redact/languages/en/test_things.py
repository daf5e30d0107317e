"""Codes, formats, hashtags, peoples and ranks point at nobody; what is somebody's goes."""

import pytest

from redact import redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The S330 jams every night.", "My badge is S330."),
        ("I like this AD2600 better than the old one.", "the card AD2600 is mine"),
    ],
)
def test_a_code_with_an_article_is_a_thing_unless_a_word_says_whose(
    text: str, expected: str
) -> None:
    assert redact(text, "en").text == text
    assert "[ID]" in redact(expected, "en").text


@pytest.mark.parametrize(
    "text",
    [
        "it will not play divx files or mp3s from the stick",
        "the radio in the van takes no mp4s",
        "this player has worked for years",
        "I like #ThingsWeNeverGet and #NoMoreMondays here",
        "That was o.O and then xD",
        "Be here at 9:30 A.M. for the count.",
        "It is like the 20th century in here.",
        "The Israeli and Libyan drivers share one table.",
        "We have 100 000 boxes and a 1,280-square-foot patio.",
        "We lost 104 - 87 on Sunday.",
        "The ticket stuck under the windshield wiper of my car.",
        "the writer/director idea is daft",
        "I put a 30 gb drive and a 12x 128mb card in it.",
        "I am an amateur photographer at heart.",
        "They sang the Bible in a Byzantine room, all Hollywood.",
        "We saw the Premier League and the Olympics in the break.",
        "The Tories and the Democrats are alike to us.",
        "Stairlift is broken again.",
        "Thu Jan is no day, and all of us stand in the hull.",
        "It was fought on October 1, 1813 during the campaign, and on 2 May 1862.",
        "We can hope for that, it is off today, and it is not fifty boxes.",
        "He works across the road, it is like Fort Knox.",
        "They sang #statingtheobvious all day.",
        "The baker's dozen went room to room.",
        "Back Lane was closed again and nobody told the drivers.",
    ],
)
def test_what_is_nobody_stays(text: str) -> None:
    assert redact(text, "en").text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr T shouts.", "Mr [PERSON 1] shouts."),
        ("can faith train me please", "can [PERSON 1] train me please"),
        ("hope is on my shift", "[PERSON 1] is on my shift"),
        ("why does patel get every weekend", "why does [PERSON 1] get every weekend"),
        ("he is in his early fifties now", "he is in his early [AGE] now"),
        ("he must be about seventy.", "he must be about [AGE]."),
        ("Susan mislabels on purpose.", "[PERSON 1] mislabels on purpose."),
        ("Lovely is her real name.", "[PERSON 1] is her real name."),
        ("Ginger they call him, all of us.", "[PERSON 1] they call him, all of us."),
        ("On 15 May, 1600 boxes came.", "On [DATE], 1600 boxes came."),
        ("We asked Greenfinch Landscapes.", "We asked [ORG]."),
        ("Ask Lane, Mr Lane knows.", "Ask [PERSON 1], Mr [PERSON 1] knows."),
        ("Foreman Kowalczyk swore at us.", "Foreman [PERSON 1] swore at us."),
        ("We asked Senator Lugar about it.", "We asked Senator [PERSON 1] about it."),
        ("Like Mr. Maltese, they left.", "Like Mr. [PERSON 1], they left."),
        ("#GaryKnowsBest is on the wall", "#[USERNAME] is on the wall"),
    ],
)
def test_a_rank_stays_and_its_name_goes(text: str, expected: str) -> None:
    assert redact(text, "en").text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RT @moz_b thank you all, see @kel_x", "RT [USERNAME] thank you all, see [USERNAME]"),
        ("mail moz @ gmail . com or ring", "mail [EMAIL] or ring"),
        ("The finance director shouted.", "The [ROLE] shouted."),
        ("I live at 30 Green Drive, Leeds", "I live at [ADDRESS]"),
        ("Ask Norman or Roman in stores.", "Ask [PERSON 1] or [PERSON 2] in stores."),
    ],
)
def test_what_looks_like_such_a_thing_and_is_a_detail_goes(text: str, expected: str) -> None:
    assert redact(text, "en").text == expected


def test_a_plain_word_behind_a_name_stays() -> None:
    assert (
        redact("I like this Dumas adaptation.", "en").text == "I like this [PERSON 1] adaptation."
    )


def test_a_name_ends_before_a_small_word() -> None:
    found = redact("I stayed at the Marriott next to the yard in Leeds.", "en").text
    assert "next to the yard" in found
    assert "Marriott" not in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I saw the job at indeed.com and applied.", "en"),
        ("the form is at gov.uk", "en"),
        ("Ich habe die Stelle auf indeed.com gesehen.", "de"),
        ("Vi el trabajo en indeed.com ayer.", "es"),
        ("J'ai vu le poste sur indeed.fr hier.", "fr"),
        ("Widziałem ofertę na pracuj.pl wczoraj.", "pl"),
        ("Ho visto il lavoro su indeed.com ieri.", "it"),
    ],
)
def test_the_front_page_of_a_site_of_everybody_stays(text: str, code: str) -> None:
    assert redact(text, code).text == text


@pytest.mark.parametrize("text", ["mail sue@indeed.com", "write to sue at indeed.com"])
def test_an_address_at_such_a_site_goes(text: str) -> None:
    assert "[EMAIL]" in redact(text, "en").text


def test_an_address_that_holds_no_whole_word_is_judged_too() -> None:
    assert redact("0@0.00'0@0.00", "en").text == "[EMAIL]'[EMAIL]"


def test_a_page_of_such_a_site_goes() -> None:
    assert redact("She sells on etsy.com/shop/maryknits now", "en").text == "She sells on [URL] now"
