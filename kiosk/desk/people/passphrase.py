"""How hard a passphrase is to guess: shown while it is typed; no rules about what is in it."""

from kiosk.i18n import _
from kiosk.strength import strength


def advice(passphrase: str) -> str:
    """One sentence on how strong a passphrase is and what would help."""
    return (
        _("Very easy to guess. Try four words that do not belong together."),
        _("Easy to guess. One or two more words would help a lot."),
        _("Fair. Another word makes it strong."),
        _("Strong."),
        _("Very strong. Write it down once and keep it somewhere safe."),
    )[strength(passphrase)]
