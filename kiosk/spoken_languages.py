"""The languages that a visitor can say they will speak, each by its own name.

Saying it spares the model a guess from the first words, which is wrong most often where it hurts:
with an accent, with noise, with few words.
"""

import json
import unicodedata
from functools import cache
from pathlib import Path

from kiosk.house import House
from kiosk.i18n import languages

# Spoken by many at European workplaces and known to Whisper; with more, nobody finds their own.
WIDELY_SPOKEN = (
    "ar", "bg", "bn", "cs", "el", "fa", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "nl",
    "pt", "ro", "ru", "sq", "sr", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
MULTILINGUAL_WORDS = 51_865  # CTranslate2 tells by it, too: those for English have one word less


def offered(house: House) -> dict[str, str]:
    """Codes and names to choose from; none where the settings or the model leave no choice."""
    is_settled = house.settings.speech.language or knows_only_english(house.model_folder)
    return {} if is_settled else names()


@cache
def names() -> dict[str, str]:
    """The kiosk's own languages first, then the others by the alphabet."""
    from babel import Locale  # noqa: PLC0415  # slow to import; not needed before the first page

    found = {code: Locale(code).get_language_name(code) or code for code in WIDELY_SPOKEN}
    others = {code: name[:1].upper() + name[1:] for code, name in found.items()}
    ordered = sorted(others.items(), key=lambda each: unicodedata.normalize("NFD", each[1]))
    return languages() | {code: name for code, name in ordered if code not in languages()}


@cache
def knows_only_english(model_folder: Path | None) -> bool:
    """Whether a model takes every language for English; one that cannot tell is asked to try."""
    if model_folder is None:
        return False
    try:
        if (path := model_folder / "vocabulary.json").exists():
            return len(json.loads(path.read_bytes())) < MULTILINGUAL_WORDS
        lines = (model_folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return False
    return len(lines) - (not lines[-1]) < MULTILINGUAL_WORDS
