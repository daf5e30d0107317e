"""English inputs that public reports and probes of redactors failed on, each with its kind.

Every sentence stands for a kind, so each kind has neighbours: what is mended is the kind.
"""

import re

import pytest

from redact import redact

# What stays as it is, by kind.
HARMLESS = {
    "greeting or please taken for a name": (
        "Hi Team, Kindly Stop Parking Across The Ramp. Cheers.",
        "Hi All, Please Wash Your Own Mugs. Thanks.",
        "Hello Everyone, Stop Leaving Trolleys In The Lift. Cheers",
    ),
    "randomly capitalised nouns taken for names": (
        "Every month I write the Stock Report and nobody reads the Stock Report",
        "We fill in the Cleaning Log and nobody signs the Cleaning Log",
        "The Risk Assessment is out of date and so is the Fire Plan",
    ),
    "plain figures taken for a person": (
        "The counter on press two said 48120 at six and 48377 at ten, so it does run",
        "the meter read 30412 on monday and 31877 on friday",
        "The odometer said 88120 when I got in and 88377 when I got out",
    ),
    "decimal numbers taken for a person": (
        "The scale reads -0.42 with nothing on it and 2318.50 with a bag",
        "It reads 0.75 cold and 1250.25 with the lid on",
    ),
    "part of a technical code taken for a phone number": (
        "Error 7f3c-09ad-e512 came up again on the label printer",
        "Fault 09ad-7f3c-e512 is on the screen every morning",
        "error code 4471-02 again on the oven",
    ),
    "file names and code taken for web addresses": (
        "sys.path edits in deploy.py again, we agreed not to",
        "os.path is wrong in main.py, who changed it",
        "config.json and app.py are out of step again",
    ),
    "ordinary phrase with a name-word removed": (
        "Save it as Rich Text, not as a PDF, or the kiosk prints squares",
        "Send it as Plain Text, not as a Word file",
        "Do not save it as Rich Text",
    ),
    "technical word beside a surname-like word removed": (
        "Spare Jackson couplings are on the wrong shelf again",
        "Order more Phillips screwdrivers and a Stanley knife",
        "The Jackson valve leaks again",
    ),
    "two-word product or font name removed": (
        "The poster is in Times New Roman, Arial Black would be readable",
        "The sign is in Comic Sans, Arial Narrow would fit",
        "Use Times New Roman for the letters",
    ),
    "product names removed": (
        "Nescafé instead of Lavazza now? And no more Kleenex on the wards?",
        "Tetley instead of Twinings now? And no more Andrex in the gents?",
        "No Lucozade in the machine, only Fanta",
    ),
    "five-digit quantity taken for a postcode": (
        "We packed 10250 units on nights and 9875 on days, both with no fan",
        "We did 11400 picks on nights and 9900 on days",
        "They ordered 20500 labels and none fit",
    ),
    "scale or method named after persons removed": (
        "Nobody explains the Likert scale or what a Bradford Factor of 200 means",
        "The Waterlow score is never filled in",
    ),
    "disguise: initials without dots": ("HR from head office said no",),
    "misspelled harmless note": (
        "manger never anwsers the fone wen im sik",
        "Thier is no toilet papper in the ladys, agian",
        "canteen food is disgustin, bring back the old menue",
        "plese fix the dor on the back entrence it wont cloze",
        "why we must to buy own shose and uniforn",
        "can we hav a seperate bin for carbord",
        "tempreture in the pacing hall is unbarable",
        "HELTH AND SAFTY IS A JOKE HERE",
        "plese put the chares bak after the meating",
        "their is no sope in the toylet",
        "canteen quew is to long and the fud is cold",
        "the new uniforn dosnt fit and the shose hurt",
    ),
    "false starts in speech": (
        "he he sai said we should jus just get on with it",
        "she she wan wanted us to to stay late",
        "it was jus just too ho hot to work",
    ),
    "quantity taken for a number": (
        "The press count went from 48120 to 48377 on one shift",
        "you press one two three and nothing happens",
        "The scale shows 2318.50 when it is empty",
        "Budget of 25000 for chairs and we got stools",
        "The pallet weighed 12500 kg on the docket, that cannot be right",
        "The counter went from 30120 to 30577 in one night",
        "They spent 18500 on a sign",
        "It says 1450.75 on the display",
        "One pallet is 11250 kg if you believe the docket",
    ),
    "file or code taken for a handle": (
        "Whoever edits rota.xlsx please stop saving it twice",
        "holiday_form.pdf will not open on the tablet",
        "the shared drive says timesheet_v2.docx is locked",
        "put the minutes in minutes.txt not in chat",
        "the .csv export from till_report.csv is empty again",
        "somebody renamed stock_count.xls again",
        "put it in handover.docx please",
        "the photo is called kitchen_before.jpg",
    ),
    "nouns capitalised mid-sentence": (
        "The Mop is in the Cupboard and the Cupboard is Locked",
        "My Concern Is The Noise From The Compressor Room At Night",
        "Training was Good but the Room was Cold and the Coffee was Bad",
        "Every month I write the Stock Report and nobody reads it",
        "Fewer Meetings On Mondays, More Gloves On Tuesdays, Warmer Water Always",
        "The Ladder is in the Shed and the Shed is Open",
        "The Soup was Cold and the Bread was Stale",
        "Less Talk On Fridays, More Help On Saturdays",
        "My Problem Is The Smell From The Drain At Lunch",
    ),
    "brand, song, product or plant": (
        "Can the radio be anything but Radiohead and Blondie",
        "A Skoda and a Bentley have blocked the ramp since lunch",
        "We are out of Angelica and Saffron and the pastry section is stuck",
        "Set the labels in Arial or Verdana, not Times New Roman",
        "Save it as Rich Text, not as a PDF",
        "The Likert scale on that survey made no sense",
        "No more Roxanne at the leaving do, please",
        "The Yale lock on the cage sticks, so does the Chubb",
        "A Volvo and a Nissan are parked on the ramp",
        "Set it in Helvetica or Calibri, not Comic Sans",
        "The Chubb lock is stuck",
        "Can we have anything but Metallica and Coldplay",
        "We are out of Rosemary and Basil",
    ),
    "generic place, team or shift": (
        "please thank whoever stays late on the returns desk",
        "the whole sales team got a day out, the packers got a sandwich",
        "A traditional boiler would be better than this intelligent controller",
        "nobody answers on the bookings desk",
        "the whole packing team got a bonus",
        "this digital scheduler put me on three nights",
    ),
    "abbreviation": (
        "HQ never reads what we send",
        "KPI this, SLA that, and still no chairs",
        "QA never tells us",
        "OKR this, KPI that, and no fans",
        "ask HQ, they know nothing",
    ),
    "words after reached, at or dot": (
        "look at the dot com boom poster, why is it in the toilets",
        "the dot com people never came back",
    ),
    "dialect or second-language English, harmless": (
        "De boss dem nah listen, every day same ting",
        "Howay man, the netty's been oot of order aal week",
        "Yaar the canteen food is bakwas only, kindly do the needful",
        "Yous lot need to gie us a break, pure scunnered so we are",
        "Dem boss nah care, same ting every week",
        "Divvent leave the netty like that, it's clarty",
        "Kindly do the needful for the fan yaar",
        "Gie us a break, we're pure done in",
    ),
}
# What goes, by kind.
DETAILS = {
    "all-capitals or lower-case names missed": (
        (
            "please thank adaeze nwosu for staying late on the returns desk",
            "please thank [PERSON] for staying late on the returns desk",
        ),
        (
            "thank you sunniva okafor for covering the packing desk",
            "thank you [PERSON] for covering the packing desk",
        ),
        ("PLEASE THANK CHIDINMA FOR STAYING LATE", "PLEASE THANK [PERSON] FOR STAYING LATE"),
    ),
    "lower-case first name not in any list": (
        (
            "swap me with zubin on sunday if he says yes",
            "swap me with [PERSON] on sunday if he says yes",
        ),
        ("can i swap with zubin on friday", "can i swap with [PERSON] on friday"),
        ("put me with tegwen not with the temps", "put me with [PERSON] not with the temps"),
    ),
    "e-mail or card in text of another language missed": (
        ("メールは sato.kenji@example.jp です", "メールは [EMAIL] です"),
    ),
    "name only in a greeting or sign-off": (
        (
            "hiya bronwen, can i drop fridays? ta, moz",
            "hiya [PERSON], can i drop fridays? ta, [PERSON]",
        ),
        ("hi farid, the fan is off. cheers, baz", "hi [PERSON], the fan is off. cheers, [PERSON]"),
        (
            "hey eluned, can i swap sunday? thx, kaz",
            "hey [PERSON], can i swap sunday? thx, [PERSON]",
        ),
    ),
    "disguise: circled letters": (
        ("Ⓕⓐⓡⓘⓓ never locks the cage", "[PERSON] never locks the cage"),
        ("Ⓑⓡⓞⓝⓦⓔⓝ never closes the gate", "[PERSON] never closes the gate"),
    ),
    "disguise: starred letter": (
        (
            "D*rota and K*nstantin swap shifts with nobody asking",
            "[PERSON] and [PERSON] swap shifts with nobody asking",
        ),
        ("K*nstantin never locks the cage", "[PERSON] never locks the cage"),
        ("Ask Br*nwen, she knows", "Ask [PERSON], she knows"),
    ),
    "disguise: initials without dots": (
        (
            "DW from packing takes the tips jar home",
            "[PERSON] from packing takes the tips jar home",
        ),
        (
            "KT from dispatch keeps the good trolley",
            "[PERSON] from dispatch keeps the good trolley",
        ),
    ),
    "disguise: possessive run together": (
        (
            "Dorotas van smells and dorotas shifts are always early",
            "[PERSON] van smells and [PERSON] shifts are always early",
        ),
    ),
    "lower-case name in a clause": (
        ("the rota that john made is unfair", "the rota that [PERSON] made is unfair"),
        ("the rota that tegwen made is unfair", "the rota that [PERSON] made is unfair"),
        ("me tom and the new girl did all of it", "me [PERSON] and the new girl did all of it"),
        (
            "me jiho and the agency lads did all of it",
            "me [PERSON] and the agency lads did all of it",
        ),
        (
            "the training was done by cabdi in ten minutes",
            "the training was done by [PERSON] in ten minutes",
        ),
        ("ta, moz", "ta, [PERSON]"),
        ("half the time eilidh isnt there", "half the time [PERSON] isnt there"),
        ("half the time john isnt there", "half the time [PERSON] isnt there"),
        ("the crates quang stacked fell over", "the crates [PERSON] stacked fell over"),
        (
            "there is a photo of tazmin on the board and its not funny",
            "there is a photo of [PERSON] on the board and its not funny",
        ),
        ("the boxes bronwen packed came back", "the boxes [PERSON] packed came back"),
        ("me farid and the temps did the lot", "me [PERSON] and the temps did the lot"),
        ("it was cleaned by folake in five minutes", "it was cleaned by [PERSON] in five minutes"),
        ("most days eilidh isnt even in", "most days [PERSON] isnt even in"),
        ("there is a drawing of tegwen in the loo", "there is a drawing of [PERSON] in the loo"),
    ),
    "possessive run together": (
        ("aylins phone got smashed on the line", "[PERSON] phone got smashed on the line"),
        ("johns idea about the racks was good", "[PERSON] idea about the racks was good"),
        ("its folakes turn to do bins", "its [PERSON] turn to do bins"),
        ("its johns turn to do bins", "its [PERSON] turn to do bins"),
        ("its bronwens turn again", "its [PERSON] turn again"),
    ),
    "initials, single letters, short sign-off": (
        ("Kam", "[PERSON]"),
        ("Tegwen", "[PERSON]"),
    ),
    "nickname that is a word": (
        ("Lofty signs for parcels he never opens", "[PERSON] signs for parcels he never opens"),
        (
            "Tiny is six foot five and reaches nothing",
            "[PERSON] is six foot five and reaches nothing",
        ),
        ("Shorty never shuts the door", "[PERSON] never shuts the door"),
        ("Smiler is off again", "[PERSON] is off again"),
    ),
    "title without an article": (
        ("Principal never learned our names", "[ROLE] never learned our names"),
        (
            "Store manager is the only one with a key and he is in Spain till Monday",
            "[ROLE] is the only one with a key and he is in [LOCATION] till Monday",
        ),
        ("Plant manager never comes down", "[ROLE] never comes down"),
        ("Branch manager has the only key", "[ROLE] has the only key"),
    ),
}
_NUMBER = re.compile(r" \d+(?=\])")


@pytest.mark.parametrize("text", [text for texts in HARMLESS.values() for text in texts])
def test_what_points_at_nobody_stays(text: str) -> None:
    assert redact(text, "en").text == text


@pytest.mark.parametrize(
    ("text", "expected"), [pair for pairs in DETAILS.values() for pair in pairs]
)
def test_what_points_at_somebody_goes_and_nothing_else(text: str, expected: str) -> None:
    assert _NUMBER.sub("", redact(text, "en").text) == expected
