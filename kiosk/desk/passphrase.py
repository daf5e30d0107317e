"""How hard a passphrase is to guess: shown while it is typed; no rules about what is in it."""

from kiosk.i18n import _


def strength(passphrase: str) -> int:
    """From 0 (guessed at once) to 4 (safe on a stolen disk), by zxcvbn's count of guesses."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  # its word lists take a moment to load

    return int(zxcvbn(passphrase[:72])["score"]) if passphrase else 0


def advice(passphrase: str) -> str:
    """One sentence on how strong a passphrase is and what would help."""
    return (
        _("Very easy to guess. Try four words that do not belong together."),
        _("Easy to guess. One or two more words would help a lot."),
        _("Fair. Another word makes it strong."),
        _("Strong."),
        _("Very strong. Write it down once and keep it somewhere safe."),
    )[strength(passphrase)]
