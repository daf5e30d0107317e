"""Numbers as they are said: which words are digits, tens, teens, and what repeats one."""

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
