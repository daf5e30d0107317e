"""Whether details go from texts as a speech model garbles them: many, made up, and no sound needed.

    python benchmarks/misheard.py [--count 1360] [--seed 1] [--doubt] [--judge] [--show]

Each text is a sentence of `misheard.txt` with one detail in it, written as Whisper writes what it
hears: digits in groups, apart or as words, words that sound like digits and letters, commas and
"um" between groups, "at" and "dot" as words or signs or swallowed. `--doubt` adds how sure the
model was of each word; `--judge` takes the half of the sentences on which no rule was made. A text
counts as left where any word of its detail is; "taken" are the words beside it that went.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME)]

from benchmarks.what_is_left import EMPTY_WORDS, WORD  # noqa: E402
from redact import redact  # noqa: E402


def listed(text: str, by: str = " ") -> list[str]:
    """Return the words of a list."""
    return text.split(by)


LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
MONTHS = listed("January February March April May June July August October November December")
FIRST = listed("anna pete jane mark sofia liam agnes dawid olu priya tomasz kevin ruth hamid chloe")
LAST = listed("walsh miller kowalski petrov okafor singh hughes nowak barker young archer wood")
HOSTS = listed(
    "gmail.com outlook.com yahoo.co.uk icloud.com hotmail.com brightwell.org northgate.co.uk "
    "web.de proton.me harlowfoods.com"
)
AREAS = listed("M LS B BD NW SE E N SW EH CF BS LE S L NG")
STREETS = listed(
    "Larkspur Road, Maple Street, Beechwood Close, Ashgrove Terrace, Mill Lane, Victoria "
    "Avenue, Harcourt Drive, Penrose Crescent, Station Road, Orchard Way, Kestrel Court, "
    "Chapel Street",
    by=", ",
)
SPELLED = listed("SIOBHAN KOWALSKI OKAFOR NGUYEN PHAM ADEYEMI YILDIZ MENSAH CAOIMHE")
HANDLES = listed(
    "night shift nina, baker lou, forklift frank, big dave, sunny side sue, packing queen", by=", "
)
SOUNDS = {
    "0": "oh O o zero", "1": "on won one", "2": "to too two 2", "3": "tree three free",
    "4": "for four for", "5": "five fife", "6": "six sex sicks", "7": "seven", "8": "ate eight",
    "9": "nine 9", "B": "be B", "C": "see sea", "D": "dee", "G": "gee", "J": "jay", "K": "Kay K",
    "M": "em", "N": "en", "P": "pea P", "Q": "queue", "R": "are", "T": "tea T", "U": "you",
    "V": "vee", "W": "double-u W", "X": "ex", "Y": "why",
}  # fmt: skip
OPENINGS = ("", "I would like to get this off my chest. ", "Um, so, right. ")
ENDINGS = ("", " Please do something about it.", " That is all I wanted to say.")
Chance = random.Random


class Text(NamedTuple):
    """One text: its detail lies between `start` and `end`."""

    what: str
    text: str
    start: int
    end: int


def in_words(number: int) -> str:
    if number < len(ONES):
        return ONES[number]
    if number < 100:
        return f"{TENS[number // 10 - 2]} {ONES[number % 10]}".removesuffix(" zero")
    return f"{ONES[number // 100]} hundred and {in_words(number % 100)}".removesuffix(" and zero")


def digits(chance: Chance, count: int) -> str:
    """Make up a group of digits, as it is written."""
    group = "".join(chance.choice("0123456789") for _ in range(count))
    way = chance.random()
    if way < 0.45:
        return group
    if way < 0.58:
        return chance.choice((", ", " ", "-")).join(group)
    if way < 0.71:
        return " ".join("oh" if digit == "0" else ONES[int(digit)] for digit in group)
    written = [
        chance.choice(SOUNDS[digit].split()) if chance.random() < 0.3 else digit for digit in group
    ]
    between = ", " if chance.random() < 0.3 else " "
    joined = between.join(written)
    return re.sub(r"(?<=\d) (?=\d)", "" if chance.random() < 0.5 else " ", joined)


def letters(chance: Chance, group: str) -> str:
    way = chance.random()
    if way < 0.5:
        return group
    if way < 0.65:
        return " ".join(group)
    if way < 0.75:
        return ".".join(group) + "."
    if way < 0.85 and len(group) > 1:
        return group.lower()
    return " ".join(chance.choice(SOUNDS.get(letter, letter).split()) for letter in group)


def some_letters(chance: Chance, count: int) -> str:
    return letters(chance, "".join(chance.sample(LETTERS, count)))


def groups(chance: Chance, *counts: int) -> str:
    between = chance.choice((", ", ", ", " ", "-", ". "))
    if chance.random() < 0.15:
        between = chance.choice((", um, ", " uh ", ", "))
    return between.join(digits(chance, count) for count in counts)


def mixed(chance: Chance, *parts: str) -> str:
    """Join letters and digits of one code."""
    text = parts[0]
    for part in parts[1:]:
        is_glued = not re.search(r"[a-z]{2}$", text) and not re.match(r"[a-z]{2}", part)
        text += chance.choice(("", " ", ", ", "-") if is_glued else (" ", ", ")) + part
    return text


def phone(chance: Chance) -> str:
    way = chance.randrange(4)
    if way == 0:
        return f"{chance.choice(('plus', 'plus', '+'))} {groups(chance, 2, 4, 3, 3)}"
    return groups(chance, *((5, 3, 3), (4, 3, 4), (3, 4))[way - 1])


def email(chance: Chance) -> str:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    if chance.random() < 0.5:
        first, last = first.title(), last.title()
    dot = chance.choice((" dot ", "."))
    box = chance.choice(
        (
            f"{first}{dot}{last}", f"{first} {digits(chance, 2)}", f"{first}{chance.randrange(99)}",
            f"{first[0].upper()}{dot}{last}", f"{first} dash {last}", f"{first}_{last}",
            f"{first} {last}, {chance.randrange(10, 99)}",
        )
    )  # fmt: skip
    at = chance.choice((" at ", " at ", " at ", "@", " add ", " and ", " to ", " at"))
    host = chance.choice(HOSTS)
    host = host.replace(".", chance.choice((".", " dot ")))
    return box + at + (host.capitalize() if chance.random() < 0.3 else host)


def badge(chance: Chance) -> str:
    if chance.random() < 0.3:
        return digits(chance, 5)
    return mixed(chance, some_letters(chance, chance.choice((1, 2))), digits(chance, 4))


def nino(chance: Chance) -> str:
    middle = [digits(chance, 2) for _ in range(3)]
    return mixed(chance, some_letters(chance, 2), *middle, chance.choice("ABCD"))


def plate(chance: Chance) -> str:
    return mixed(chance, some_letters(chance, 2), digits(chance, 2), some_letters(chance, 3))


def postcode(chance: Chance) -> str:
    area, last = letters(chance, chance.choice(AREAS)), chance.sample("ABDEFGHJLNPRSTUWXYZ", 2)
    outward = mixed(chance, area, digits(chance, chance.choice((1, 2))))
    inward = mixed(chance, digits(chance, 1), letters(chance, "".join(last)))
    return outward + chance.choice((" ", ", ", ", um, ")) + inward


def street(chance: Chance) -> str:
    number = chance.randrange(2, 180)
    house = str(number) if chance.random() < 0.7 else in_words(number)
    flat = "flat " if number < 30 and chance.random() < 0.3 else ""
    return f"{flat}{house} {chance.choice(STREETS)}"


def dob(chance: Chance) -> str:
    day, year = chance.randrange(1, 29), chance.randrange(1955, 2006)
    said_year = f"nineteen {in_words(year - 1900)}" if year < 2000 else "two thousand and two"
    written = chance.choice((str(year), str(year), f"{year % 100:02}", said_year))
    between = chance.choice((" of ", " of ", ", ", " "))
    return f"{day}{between}{chance.choice(MONTHS)}{chance.choice((' ', ', '))}{written}"


def spelled(chance: Chance) -> str:
    name = chance.choice(SPELLED)
    return chance.choice(("-".join(name), ".".join(name) + ".", " ".join(name), ", ".join(name)))


def handle(chance: Chance) -> str:
    name = chance.choice(HANDLES)
    name = name.title() if chance.random() < 0.3 else name
    return name if chance.random() < 0.6 else f"{name} {digits(chance, 2)}"


MAKERS = {
    "phone": phone,
    "ext": lambda chance: f"extension {digits(chance, chance.choice((3, 4)))}",
    "ending": lambda chance: digits(chance, chance.choice((3, 4))),
    "email": email,
    "badge": badge,
    "staffno": lambda chance: digits(chance, chance.choice((4, 5, 6))),
    "account": lambda chance: groups(chance, 4, 4),
    "sortcode": lambda chance: groups(chance, 2, 2, 2),
    "nino": nino,
    "locker": lambda chance: f"locker {digits(chance, 3)}",
    "plate": plate,
    "code": lambda chance: digits(chance, 4),
    "postcode": postcode,
    "street": street,
    "dob": dob,
    "spelled": spelled,
    "handle": handle,
}


def texts(chance: Chance, count: int, *, half: int) -> Iterator[Text]:
    """Make up texts, each kind of detail as often as the others."""
    lines = (HOME / "benchmarks" / "misheard.txt").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(" ", 2) for line in lines]
    for number in range(count):
        what = [*MAKERS][number % len(MAKERS)]
        sentence = chance.choice([r[2] for r in rows if r[0] == what and r[1] == str(half)])
        before, after = sentence.split("{}")
        before, detail = chance.choice(OPENINGS) + before, MAKERS[what](chance)
        text = before + detail + after + chance.choice(ENDINGS)
        yield Text(what, text, len(before), len(before + detail))


def doubts(chance: Chance, made: Text) -> list[tuple[int, int, float]]:
    """Make up how sure a model was: of any word of the detail, and of every twentieth other."""
    said = []
    for word in re.finditer(r"\S+", made.text):
        is_detail = word.start() < made.end and word.end() > made.start
        least = 0.3 if is_detail or chance.random() < 0.05 else 0.6
        said.append((word.start(), word.end(), chance.uniform(least, 1.0)))
    return said


def main() -> None:
    """Count what is left and what was taken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=1360)
    parser.add_argument("--seed", type=int, default=1)
    for flag in ("doubt", "judge", "show"):
        parser.add_argument(f"--{flag}", action="store_true")
    given = parser.parse_args()
    chance = Chance(given.seed)
    left, of = Counter[str](), Counter[str]()
    taken = beside = 0
    for made in texts(chance, given.count, half=int(given.judge)):
        spans = redact(made.text, "en", spoken=doubts(chance, made) if given.doubt else ()).spans
        still, gone = [], []
        for word in WORD.finditer(made.text):
            is_detail = word.start() < made.end and word.end() > made.start
            is_gone = any(span.start < word.end() and word.start() < span.end for span in spans)
            if is_detail and not is_gone and word[0].lower() not in EMPTY_WORDS:
                still.append(word[0])
            beside += not is_detail
            if is_gone and not is_detail:
                gone.append(word[0])
        of[made.what] += 1
        left[made.what] += bool(still)
        taken += len(gone)
        if given.show and (still or gone):
            print(f"{made.what}: left {still}, taken {gone}: {made.text}")
    print(", ".join(f"{what} {left[what]}/{of[what]}" for what in of))
    print(f"left {left.total() / of.total():.2%} of {of.total()}, taken {taken / beside:.2%}")


if __name__ == "__main__":
    main()
