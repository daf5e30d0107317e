"""Much that looks like a detail is none: quantities, files, decimals, versions, faults."""

import re

import pytest

from redact import redact


@pytest.mark.parametrize(
    "text",
    [
        "The counter on press two said 48120 at six and 48377 at ten, so it does run",
        "The press count went from 48120 to 48377 on one shift",
        "The meter read 30412 on Monday and 31877 on Friday",
        "We packed 10250 units on nights and 9875 on days, both with no fan",
        "We did 11400 picks last night and nobody said thanks",
        "Budget of 25000 for chairs and we got stools",
        "They spent 18500 on a sign and nothing on heating",
        "The pallet weighed 12500 kg on the docket, that cannot be right",
        "one two three four pallets came in and two were wet",
        "you press one two three and nothing happens",
        "He is aged 24 boxes and nobody dates the rest",
        "I was told it is 24 boxes to a layer, now it is 18",
    ],
)
def test_a_figure_that_counts_something_stays(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My badge is 48120", "My badge is [ID]"),
        ("Call 48120 and ask", "Call [PHONE] and ask"),
        ("extension four four seven one", "extension [PHONE]"),
        ("Locker 31 is broken", "Locker [ID] is broken"),
        ("my payroll number is 30412", "my payroll number is [ID]"),
        ("48120 is my staff number", "[ID] is my staff number"),
    ],
)
def test_a_figure_goes_where_a_word_says_what_it_is(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Whoever edits rota.xlsx please stop saving it twice",
        "holiday_form.pdf will not open on the tablet",
        "the shared drive says timesheet_v2.docx is locked",
        "put the minutes in minutes.txt not in chat",
        "the .csv export from till_report.csv is empty again",
        "sys.path edits in deploy.py again, we agreed not to",
        "somebody deleted stock_count_final2.xls and the backup.zip",
    ],
)
def test_a_file_is_no_handle(text: str) -> None:
    assert redact(text).text == text


def test_a_file_that_is_called_after_somebody_goes() -> None:
    assert redact("farid_cv.pdf is open on the shared drive").text == (
        "[USERNAME] is open on the shared drive"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The scale reads -0.42 with nothing on it and 2318.50 with a bag",
        "The scale shows 2318.50 when it is empty",
        "Version 10.2.4 of the app logs us out",
        "Error 7f3c-09ad-e512 came up again on the label printer",
        "fault code E4471-02 on the oven every night",
        "look at the dot com boom poster, why is it in the toilets",
    ],
)
def test_decimals_versions_faults_and_a_lone_dot_stay(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Ma paie part encore au 9 rue Haute, 67000 Strasbourg",
        "Send it to 4 rue Noire, 80000 Amiens",
        "It is ul. Kwiatowa 14/3, 30-0011 Lipno",
    ],
)
def test_no_number_is_cut_in_two(text: str) -> None:
    assert not re.search(r"\]\d|\d\[", redact(text).text)


@pytest.mark.parametrize("text", ["The club won from 1888-1894.", "Season 2019/20 was the best."])
def test_years_from_and_to_are_no_identifier(text: str) -> None:
    assert redact(text, "en").text == text
    assert redact("Badge 1984-2001-33 is mine", "en").text == "Badge [ID] is mine"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some lanky Scottish fella was in my seat.", "Some lanky Scottish fella was in my seat."),
        ("a grumpy irish bloke runs the stores", "a grumpy irish bloke runs the stores"),
        ("the irish lad Fiachra runs the stores", "the irish lad [PERSON 1] runs the stores"),
    ],
)
def test_who_is_described_is_not_named(text: str, expected: str) -> None:
    assert redact(text, "en").text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("evry1 was gr8 2day and any1 can see it", "evry1 was gr8 2day and any1 can see it"),
        ("there is a leak on level1 by gate3", "there is a leak on level1 by gate3"),
        ("add me, i am kayleighbb7 on discord", "add me, i am [USERNAME] on discord"),
    ],
)
def test_a_figure_for_a_sound_makes_no_handle(text: str, expected: str) -> None:
    assert redact(text, "en").text == expected


def test_a_number_in_a_note_of_capitals_ends_before_the_next_word() -> None:
    text = "MY BADGE NUMBER EX90233 DOES NOT OPEN THE GATE"
    assert redact(text, "en").text == "MY BADGE NUMBER [ID] DOES NOT OPEN THE GATE"
    assert redact("pass LTX 0093 4482 is mine", "en").text == "pass [ID] is mine"


@pytest.mark.parametrize(
    "text",
    [
        "The trolley is as kooky and overeager as it is loud.",
        "It was one huge disappointment for all of us.",
        "We bought a canon s400 for the photos of damage.",
    ],
)
def test_words_without_a_person_are_no_handle_title_or_number(text):
    assert redact(text).text == text


def test_a_badge_beside_no_brand_and_a_plate_beside_one_go():
    assert "s400" not in redact("The badge s400 does not open the door.").text
    assert "YH65 TLN" not in redact("Silver Corsa YH65 TLN has left its lights on.").text
