"""The languages that a visitor can say they will speak, each by its own name.

Saying it spares the model a guess from the first words, which is wrong most often where it hurts:
with an accent, with noise, with few words.
"""

import unicodedata
from functools import cache

from kiosk.house import House
from kiosk.i18n import languages
from transcribe.likely import WIDELY_SPOKEN


def offered(house: House) -> dict[str, str]:
    """Codes and names to choose from; none where the settings or the model leave no choice.

    Until a model has told what it knows, all: a recording may wait for one that is still to come.
    """
    if house.settings.speech.language:
        return {}
    known = house.hearing.languages
    found = {code: name for code, name in names().items() if not known or code in known}
    return found if len(found) > 1 else {}


@cache
def names() -> dict[str, str]:
    """The kiosk's own languages first, then the others by the alphabet."""
    from babel import Locale  # noqa: PLC0415  # slow to import; not needed before the first page

    found = {code: Locale(code).get_language_name(code) or code for code in WIDELY_SPOKEN}
    others = {code: name[:1].upper() + name[1:] for code, name in found.items()}
    ordered = sorted(others.items(), key=lambda each: unicodedata.normalize("NFD", each[1]))
    return languages() | {code: name for code, name in ordered if code not in languages()}
