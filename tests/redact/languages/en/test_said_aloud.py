"""What people say aloud is found: addresses, handles, plates, days, ages, streets."""

import pytest

from redact import redact


@pytest.mark.parametrize(
    ("raw_text", "redacted"),
    [
        ("write to me, quiet robin k n at g mail dot com", "write to me, [EMAIL]"),
        ("It's saltmarsh, all one word, then oh seven, at gmx dot de.", "It's [EMAIL]."),
        ("I'm at bo punkt lindqvist at posteo punkt d e, all day", "I'm at [EMAIL], all day"),
        ("hello at salt and barley dot shop, or come by", "[EMAIL], or come by"),
        ("the form is on north quay dot ie slash forms.", "the form is on [URL]."),
        ("it's w w w, north quay dot ie", "it's [URL]"),
        ("Find me, I'm marsh underscore hen.", "Find me, I'm [USERNAME]."),
        ("Somebody posts as grumpy otter nine, and it's not me", None),
        ("It's dusty lanterns, all one word, on Instagram.", None),
        ("message at night heron k l on Telegram", None),
        ("I put it up as marsh hen mary, so what", "I put it up as [USERNAME], so what"),
        ("find us under two tired bakers if you like", "find us under [USERNAME] if you like"),
        ("Send it to salty night owl, that's my other account.", None),
        ("someone runs a page, dusty green door, one word", None),
        ("Sure he's gentle otter mick on Xbox, same jokes.", None),
        ("Look for salty otter two, no spaces, on there.", None),
        ("Somebody called dusty otter nine keeps asking.", None),
        ("She runs the joke page, salty but awake, and posts at night.", None),
        ("He has me down as dusty otter, but that one's my username.", None),
        ("Look for dusty otter mick, that's me on there.", None),
        ("In the quiz I'm salty otter, and I win.", None),
        ("He let an apprentice of eighteen up there", "He let an apprentice of [AGE] up there"),
        ("I met Ngaire. Ngaire is 19.", "I met [PERSON 1]. [PERSON 1] is [AGE]."),
        ("Ngaire is 19 minutes late.", "[PERSON 1] is 19 minutes late."),
        ("the plate is, um, seven K L, two nine M", "the plate is, um, [ID]"),
        ("It's K-T-4, 7-P-Q, on the gate", "It's [ID], on the gate"),
        ("My name is Ngaio, N, G, A, I, O.", "My name is [PERSON 1], [PERSON 1]."),
        ("Not Elliot with one t, E double L I O double T", None),
        ("He's been off since the twelfth, and", "He's been off since [DATE], and"),
        ("My daughter's six, and I start at six.", "My daughter's [AGE], and I start at six."),
        ("My son Ilmari is eight.", "My son [PERSON 1] is [AGE]."),
        ("It's flat nineteen, second floor", "It's [ADDRESS], second floor"),
        ("P.O. box two two oh five, like always", "[ADDRESS], like always"),
        ("I moved to 88 Rua do Carmo, Braga last year", "I moved to [ADDRESS] last year"),
        ("write to Kanaalweg 14, 3526 KL Utrecht please", "write to [ADDRESS] please"),
    ],
)  # fmt: skip
def test_a_detail_that_is_said_goes(raw_text: str, redacted: str | None) -> None:
    result = redact(raw_text).text
    if redacted is None:
        gone = ("otter", "lanterns", "double L", "heron", "salty", "dusty")
        assert not any(word in result for word in gone)
    else:
        assert result == redacted


@pytest.mark.parametrize(
    "harmless",
    [
        "We're on the third floor, and the lift stops at the second.",
        "The wizard says underscore or dash or dot, and then it says no.",
        "The account is at risk, they say.",
        "He threw a crate at me and nobody saw.",
        "Not the ward phone, the studio one.",
        "It takes one or two days, three at the most.",
        "You get box two of the form and box nine is missing.",
        "My username is locked again.",
        "She posts as often as she likes on Facebook.",
        "Their page is one word after another.",
        "He's been moaning on Facebook again.",
        "Somebody called head office and cried.",
        "In the quiz I'm always last.",
        "It has me down as absent, and there's no way to change it.",
        "They run the old page, and the new one too.",
        "She's very popular on Instagram.",
        "You find me under the stairs when the alarm goes.",
        "Put it up as soon as you can.",
        "It goes to the bank, that's their account.",
        "We have 30 years, and they have two.",
        "They're on TikTok all day.",
        "My shift's six to two, and hers is two to ten.",
    ],
)
def test_what_only_sounds_like_a_detail_stays(harmless: str) -> None:
    assert redact(harmless).text == harmless
