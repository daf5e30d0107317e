"""The lists of words that recognizers go by, read once from `data/vocabulary.txt`."""

from pathlib import Path

_FILE = Path(__file__).parent / "data" / "vocabulary.txt"


def _read() -> dict[str, tuple[str, ...]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            current = sections.setdefault(line.removeprefix("== "), [])
        else:
            current.extend(line.split())
    return {name: tuple(words) for name, words in sections.items()}


SECTIONS = _read()


def words(section: str) -> tuple[str, ...]:
    """Return the words of a section, in order."""
    return SECTIONS[section]
