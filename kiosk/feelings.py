"""What a visitor may say without a word: the one list, with the names that people read."""

from kiosk.i18n import _

FEELINGS = ("relieved", "thankful", "hopeful", "tired", "worried", "sad", "angry", "alone")
SILENCES = ("not_yet", "good")  # the start page's small buttons


def feelings() -> list[tuple[str, str]]:
    """The feelings a visitor can choose from, each with its name, in the order they are shown."""
    names = _names()
    return [(code, names[code]) for code in FEELINGS]


def feeling_name(codes: str) -> str:
    """The names of what was kept as one text, one code or several."""
    names = _names()
    return ", ".join(names.get(code, code) for code in codes.split())


def _names() -> dict[str, str]:
    return {
        "relieved": _("Relieved"),
        "thankful": _("Thankful"),
        "hopeful": _("Hopeful"),
        "tired": _("Tired"),
        "worried": _("Worried"),
        "sad": _("Sad"),
        "angry": _("Angry"),
        "alone": _("Alone"),
        "not_yet": _("I would rather not say yet"),
        "good": _("Something good"),
    }
