"""The words that a language's recognizers go by, read once from its `vocabulary.txt`.

A section opens with `== name`; its entries are parted by commas or line ends and may be phrases.
They are kept as the folded view of a text knows them: lower case, without accents.
"""

import re
from pathlib import Path

from redact.fold import fold_word


class Vocabulary:
    """The sections of one file."""

    def __init__(self, file: Path) -> None:
        self._sections: dict[str, tuple[str, ...]] = {}
        current: dict[str, None] = {}
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                current = {}
                self._sections[line.removeprefix("== ").strip()] = ()
                name = line.removeprefix("== ").strip()
            elif line and not line.startswith("#"):
                words = [word.strip() for word in line.split(",")]
                # With a capital, too: letters of other alphabets fold away differently then.
                forms = [fold_word(f) for w in words for f in (w, w.capitalize())]
                current.update(dict.fromkeys(form for form in forms if form))
                self._sections[name] = tuple(current)

    def words(self, section: str) -> tuple[str, ...]:
        """Return the entries of a section, in order; a section that is missing is empty."""
        return self._sections.get(section, ())

    def sections(self, prefix: str) -> dict[str, tuple[str, ...]]:
        """Return all sections whose name begins with a prefix, without it."""
        return {
            name.removeprefix(prefix): words
            for name, words in self._sections.items()
            if name.startswith(prefix)
        }

    def classes(self) -> dict[str, str]:
        """Return the class of each single word of the sections `class: NAME`."""
        return {
            word: name
            for name, words in reversed(self.sections("class: ").items())
            for word in words
            if " " not in word
        }

    def one_of(self, *sections: str) -> str:
        """Return a pattern for any entry of some sections, the longest first."""
        words = {word for section in sections for word in self.words(section)}
        if not words:
            return r"(?!)"
        ordered = sorted(words, key=lambda word: (-len(word), word))
        return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"

    def numbers(self, section: str) -> dict[str, int]:
        """Return a section of `word=number` entries."""
        pairs = (word.partition("=") for word in self.words(section))
        return {word.strip(): int(number) for word, _, number in pairs}
