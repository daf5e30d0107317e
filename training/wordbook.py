"""Words from which invented values are put together, read from `words/book.txt`."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "words" / "book.txt"


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    sections = {}
    for section in _FILE.read_text(encoding="utf-8").split("\n== ")[1:]:
        name, _, values = section.partition("\n")
        parts = [" ".join(value.split()) for value in values.split(",")]
        sections[name] = tuple("" if part == '""' else part for part in parts if part)
    return sections


def book(name: str) -> tuple[str, ...]:
    """Return the values of a section."""
    return _sections()[name]
