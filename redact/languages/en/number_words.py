"""Numbers as they are said: digits, tens, teens, what repeats one, and what stands by them."""

from redact.languages.en.vocabulary import words

UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fourty", "fifty", "sixty", "seventy", "eighty", "ninety")
# How many digits a word stands for.
DIGITS = dict.fromkeys(words("numbers: digits"), 1) | dict.fromkeys((*TEENS, *TENS), 2)
REPEATS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
FILLERS = frozenset(words("numbers: fillers"))
NATO = frozenset(words("numbers: nato"))
PHONE_CUES = frozenset(words("numbers: phone cues"))
ID_CUES = frozenset(words("numbers: id cues"))
NUMBER_WORDS = frozenset(words("numbers: number words"))
MEASURES = frozenset(words("numbers: units"))
WEAK_CUES = frozenset(words("numbers: weak cues"))
AFTER_NUMBER = frozenset(words("numbers: words after"))
MONEY = frozenset("£$€¥₦₹")
