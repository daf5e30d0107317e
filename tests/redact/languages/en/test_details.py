"""Structured details are found in every written and spoken form; what only looks like one stays."""

import pytest

from redact import redact


@pytest.mark.parametrize(
    ("raw_text", "redacted"),
    [
        ("email ola.bankole@live.co.uk please", "email [EMAIL] please"),
        ("Ask margaret.tully@example.org why the roof leaks", "Ask [EMAIL] why the roof leaks"),
        ("Mailed help@example.org twice", "Mailed [EMAIL] twice"),
        ("Ask joe@example.com why it is cold", "Ask [EMAIL] why it is cold"),
        ("tell kim@gmail.com please", "tell [EMAIL] please"),
        ("write to jo (at) example (dot) org", "write to [EMAIL]"),
        (
            "You can email, it's pete dot walsh seven at icloud dot com.",
            "You can email, it's [EMAIL].",
        ),
        ("it's mercy hyphen a at proton dot me, and, er, yeah", "it's [EMAIL], and, er, yeah"),
        ("someone built www.pinevale-truth.org and it's true", "someone built [URL] and it's true"),
        (
            "Go on the, um, pinevale truth dot org, it's all there.",
            "Go on the, um, [URL], it's all there.",
        ),
        ("@porter_diaries is filming", "[USERNAME] is filming"),
        ("Mobile 07911 234 567, leave a message", "Mobile [PHONE], leave a message"),
        ("Try +1 415-555-0163 but not on shift", "Try [PHONE] but not on shift"),
        ("ring +353 85 555 0122", "ring [PHONE]"),
        ("ring +234 803 555 0148", "ring [PHONE]"),
        ("ring (02) 9555 0101 in Sydney time", None),
        ("I'm on oh seven seven double oh, nine double oh, one two three.", "I'm on [PHONE]."),
        (
            "it's six one four, five five five, oh one seven eight, and, um, anytime",
            "it's [PHONE], and, um, anytime",
        ),
        (
            "Extension two double nine, I'm there till four.",
            "Extension [PHONE], I'm there till four.",
        ),
        ("ext 4410", "ext [PHONE]"),
        ("JX 55 43 21 B is my NI number", "[ID] is my NI number"),
        ("it's J X fifty-five forty-three twenty-one B.", "it's [ID]."),
        ("Payroll number, one oh four eight two, and no pay", "Payroll number, [ID], and no pay"),
        ("my swipe card 0099371 is blocked", "my swipe card [ID] is blocked"),
        ("acct 11880034, s/c 40-02-17.", "acct [ID], s/c [ID]."),
        ("van YH65 TLN has its lights on", "van [ID] has its lights on"),
        ("my social, 219-09-9999, is on the label", "my social, [ID], is on the label"),
        ("locker 112 stinks", "locker [ID] stinks"),
        ("My contract says 81 Station Parade, Harrogate and", "My contract says [ADDRESS] and"),
        ("deliver to M14 5RX not the old one", "deliver to [ADDRESS] not the old one"),
        ("I'm over at sixty Harbour View Road, and", "I'm over at [ADDRESS], and"),
        ("PO Box 31 is full", "[ADDRESS] is full"),
        ("Born 30/12/1959, still here", "Born [DATE], still here"),
        ("complaint dated 2026-02-11 has vanished", "complaint dated [DATE] has vanished"),
        ("It was the, um, twenty-first of October, payday", "It was the, um, [DATE], payday"),
        ("My birthday's May the fourth, nineteen ninety, so no", "My birthday's [DATE], so no"),
        ("I am 66 and I can still lift", "I am [AGE] and I can still lift"),
        ("a 16 year old to lock up alone", "a [AGE] to lock up alone"),
        ("I turned forty on Monday", "I turned [AGE] on Monday"),
        (
            "My daughter turned 7 while I was at work",
            "My daughter turned [AGE] while I was at work",
        ),
        ("the old lad, hes ninety and deaf", "the old lad, hes [AGE] and deaf"),
        ("He's 96 years. I waited.", "He's [AGE]. I waited."),
        ("my boy, who's two and loud", "my boy, who's [AGE] and loud"),
        ("a boy, six, from the flats", "a boy, [AGE], from the flats"),
        ("a lady of 101 sent it back", "a lady of [AGE] sent it back"),
        ("I have a four month old and a mortgage", "I have a [AGE] and a mortgage"),
        ("he's 16 on Sunday", "he's [AGE]"),
        ("we called it on Friday 13th", "we called it on Friday [DATE]"),
    ],
)
def test_a_structured_detail_goes_and_nothing_round_it(raw_text: str, redacted: str | None) -> None:
    result = redact(raw_text).text
    if redacted is None:
        assert not any(character.isdigit() for character in result)
    else:
        assert result == redacted


@pytest.mark.parametrize(
    "harmless",
    [
        "The target went from 120 to 150 an hour.",
        "lunch is 30 mins but the queue is 25",
        "60 percent left within a month",
        "£8.50 for a sandwich",
        "24/7 cover, 9-5 pay",
        "The bus comes at 6.10 and we start at 6.",
        "I'm 20 minutes early every day",
        "She's 30 years here.",
        "She's two down and three to go.",
        "A 4 year old laptop is slow.",
        "Who's two and a half hours late again?",
        "She was four hours early.",
        "The lift is eleven years old.",
        "Monday 2nd shift is short.",
        "We did 72 covers with 2 chefs.",
        "Since 2020 it's gone downhill.",
        "The office is 14 degrees in the morning.",
        "Can the, um, can the music be, not be so loud before nine?",
        "Seven of us share one laptop and it takes eleven minutes to log in.",
        "The van has done 180,000 miles.",
        "Drop in sessions on Tuesdays at 3 clash with the school run.",
        "Windows 10 is slow.",
        "A4 paper is gone.",
        "My son is 5 minutes away.",
        "The wage is eleven forty.",
        "Gloves only come in XXL.",
        "He sings in Bengali, and all of us listen.",
        "Any Tom, Dick or Harry gets a key.",
        "The Sweet William by the gate is out.",
        "The healthcare assistants got no thanks.",
        "A scrub nurse showed me how.",
        "We need:\nmilk,\nBread\nCoffee",
    ],
)
def test_prices_times_and_counts_stay(harmless: str) -> None:
    assert redact(harmless).text == harmless


@pytest.mark.parametrize(
    "gareth",
    [
        "Gareth",
        "GARETH",
        "Ga\u200breth",
        "G\u202ea\u202creth",
        "Ｇａｒｅｔｈ",
        "𝐆𝐚𝐫𝐞𝐭𝐡",
        "G\u0336a\u0336r\u0336e\u0336t\u0336h\u0336",
        "Gаrеth",
        "G4reth",
        "G@reth",
        "G a r e t h",
        "G.a.r.e.t.h",
        "G-a-r-e-t-h",
    ],
)
def test_no_disguise_hides_a_name(gareth: str) -> None:
    assert redact(f"I told {gareth} and he laughed.").text == "I told [PERSON 1] and he laughed."


@pytest.mark.parametrize(
    "number",
    [
        "07911\u200b234567",
        "０７９１１ ２３４５６７",
        "0 7 9 1 1 2 3 4 5 6 7",
        "07911\u00a0234\u00a0567",
        "𝟎𝟕𝟗𝟏𝟏𝟐𝟑𝟒𝟓𝟔𝟕",
    ],
)
def test_no_disguise_hides_a_number(number: str) -> None:
    assert redact(f"ring {number} tonight").text == "ring [PHONE] tonight"
