"""Notes from templates: a slot `{NAME}` becomes a value from the language's `book.txt`.

A value is a pattern: `#` stands for a figure, `^` for a capital letter, `<NAME>` for a value of
another section. `{PERSON:Anna}` is a value that is written out, with its label.
"""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from redact.fold import fold_word
from training.compose import Made
from training.languages.names import COUNTRIES, GUESTS, LOCALES, Names, by_country, faker

HERE = Path(__file__).parent
LABELS = {
    "P": "PERSON", "G": "PERSON", "S": "PERSON", "SPELL": "PERSON",
    "L": "LOCATION",
    "R": "LOCATION", "O": "ORG", "T": "ORG", "J": "ROLE", "E": "EMAIL", "N": "PHONE",
    "A": "ADDRESS", "D": "DATE",
    "Y": "AGE", "I": "ID", "U": "USERNAME", "W": "URL",
}  # fmt: skip
_SLOT = re.compile(r"\{([A-Z]+)(?:\.(\w+))?(?::([^{}]*))?\}")
_INNER = re.compile(r"<([A-Za-z]+)(?:\.(\w+))?>")
Item = TypeVar("Item")
Inflect = Callable[[str, str], str]  # a name and a case to its form


def book(code: str) -> dict[str, tuple[str, ...]]:
    """Return the sections of a language's book."""
    sections: dict[str, tuple[str, ...]] = {}
    text = (HERE / code / "book.txt").read_text(encoding="utf-8")
    for section in ("\n" + text).split("\n== ")[1:]:
        name, _, values = section.partition("\n")
        sections[name.strip()] = tuple(
            v.strip() for line in values.splitlines() for v in line.split("|") if v.strip()
        )
    return sections


def templates(code: str, name: str) -> list[str]:
    """Return the lines of one of a language's files of templates."""
    file = HERE / code / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [line for line in lines if line.strip() and not line.startswith("#")]


class Filler:
    """Draws values for the slots of one language."""

    def __init__(
        self, code: str, rng: random.Random, name_list: Path, inflect: Inflect | None = None
    ) -> None:
        self._rng = rng
        self._book = book(code)
        self._inflect = inflect
        countries = by_country(name_list)
        home = [faker(locale) for locale in LOCALES[code]]
        guests = [faker(locale) for locale in GUESTS[code]]
        guests += [countries[c] for c in COUNTRIES[code] if c in countries]
        everywhere = [countries[c] for c in sorted(countries)]
        self._pools = [(0.6, home), (0.88, guests), (1.0, everywhere)]

    def fill(self, template: str, *, is_spoken: bool) -> Made:
        """Return a template with its slots filled."""
        text, spans, position = "", [], 0
        for slot in _SLOT.finditer(template):
            text += template[position : slot.start()].replace("\\n", "\n")
            name, variant, own = slot[1], slot[2] or "", slot[3]
            value = own if own is not None else self._value(name, variant, is_spoken=is_spoken)
            spans.append((len(text), len(text) + len(value), LABELS.get(name, name)))
            text += value
            position = slot.end()
        return Made(text + template[position:].replace("\\n", "\n"), tuple(spans))

    def _value(self, name: str, variant: str, *, is_spoken: bool) -> str:
        if name in {"P", "G", "S"}:
            return self._person(name, variant)
        if name == "SPELL":
            return self._rng.choice((" ", "-", ". ")).join(self._name("G").upper()[:9])
        sections = [f"{name}.{variant}"] if variant else []
        if is_spoken:
            sections.append(f"{name}.spoken")
        section = next(s for s in [*sections, name] if s in self._book)
        return self.expand(self._pick(self._book[section]), is_spoken=is_spoken)

    def expand(self, pattern: str, *, is_spoken: bool = False) -> str:
        """Return a pattern with its inner values, figures and letters drawn."""
        text = _INNER.sub(lambda m: self._inner(m[1], m[2] or "", is_spoken=is_spoken), pattern)
        text = re.sub("#", lambda _: str(self._rng.randrange(10)), text)
        return re.sub(r"\^", lambda _: self._rng.choice("ABCDEFGHKLMNPRSTUVWXZ"), text)

    def _inner(self, name: str, variant: str, *, is_spoken: bool) -> str:
        if name in {"g", "s"}:  # as in an address of mail
            return re.sub(r"[^a-z]", "", fold_word(self._name("G" if name == "g" else "S")))
        if name == "digits":
            return " ".join(self._pick(self._book["DIGIT"]) for _ in range(int(variant or 4)))
        if name in {"G", "S"}:
            return self._name(name)
        section = f"{name}.{variant}" if variant else name
        return self.expand(self._pick(self._book[section]), is_spoken=is_spoken)

    def _person(self, name: str, case: str) -> str:
        if name == "P":
            roll = self._rng.random()
            forms = "G" if roll < 0.5 else "GS" if roll < 0.85 else "N" if roll < 0.93 else "GD"
        else:
            forms = name
        nick = self._book.get("NICK", ())
        if forms == "N" and nick:
            words = [self._pick(nick)]
        elif forms in {"G", "S"}:
            words = [self._name(forms)]
        else:
            words = [self._name("G"), self._surname(is_double=forms == "GD")]
        text = " ".join(words)
        if case and self._inflect:
            text = " ".join(self._inflect(word, case) for word in text.split(" "))
        return text

    def _surname(self, *, is_double: bool) -> str:
        if not is_double:
            return self._name("S")
        pattern = self._pick(self._book.get("DOUBLE", ("<S>-<S>",)))
        return self.expand(pattern)

    def _name(self, kind: str) -> str:
        roll = self._rng.random()
        pools: list[Names] = next(p for share, p in self._pools if roll < share)
        own = self._book.get("GIVEN" if kind == "G" else "SURNAME", ())
        if own and self._rng.random() < 0.25:
            return self._pick(own)
        for _ in range(20):
            names = self._pick(pools)[kind == "S"]
            if names:
                return self._pick(names)
        return self._pick(faker("de_DE")[kind == "S"])

    def _pick(self, items: Sequence[Item]) -> Item:
        return items[int(self._rng.random() * len(items))]
