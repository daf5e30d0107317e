"""Invented values for the slots of the templates, drawn with a seeded random generator."""

import random
from collections.abc import Callable

from training.draws import DIGIT_WORDS
from training.people import People

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


class Filler(People):
    """Draws values for slots; `spoken` values are in words."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
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
            word = "oh" if digit == "0" and self.chance(0.7) else DIGIT_WORDS[int(digit)]
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
