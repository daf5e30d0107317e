"""What redaction takes out and in which languages it looks, in words of the screen."""

from babel import Locale

from kiosk.i18n import _, current_language
from redact.languages import FULL, UNKNOWN, coverage


def kind_names() -> dict[str, str]:
    """What a visitor reads in place of a placeholder, by its kind."""
    return {
        "PERSON": _("a person"),
        "EMAIL": _("an e-mail address"),
        "PHONE": _("a phone number"),
        "ADDRESS": _("an address"),
        "LOCATION": _("a place"),
        "ORG": _("an organisation"),
        "ROLE": _("a role"),
        "DATE": _("a date"),
        "AGE": _("an age"),
        "ID": _("a personal number"),
        "USERNAME": _("a user name"),
        "URL": _("a web address"),
    }


def finds_names(code: str) -> bool:
    """Whether redaction looks for names in a language."""
    return coverage(code) == "full"


def where_names_are_found() -> str:
    """The languages in which redaction looks for names, with commas between them."""
    return ", ".join(language_name(code) for code in FULL)


def names_not_found() -> str:
    """What is said before the first word in a language in which names are not looked for."""
    return _(
        "Names are not found in this language yet. Only numbers, e-mail and web addresses are"
        " taken out. Please cross out names yourself."
    )


def looked_in(codes: tuple[str, ...]) -> dict[str, str]:
    """The languages that a text was read in, and those in which names are not found.

    Both are names in the language of the screen, with commas between them; empty: none.
    """
    known = [each for each in codes if each != UNKNOWN]
    careful = [each for each in known if not finds_names(each)]
    if len(known) < len(codes) or not codes:
        careful.append(UNKNOWN)
    return {
        "looked_in": ", ".join(language_name(each) for each in known),
        "names_not_found_in": ", ".join(language_name(each) for each in careful),
    }


def language_name(code: str) -> str:
    """A language in the language of the screen."""
    if code == UNKNOWN:
        return _("a language we do not know")
    return str(Locale(current_language()).languages.get(code, code))
