"""How hard a passphrase is to guess; one rule for set-up, desk and command line."""

LEAST = 3  # of 4: more than 10^8 guesses, each of which costs a slow hash


def strength(passphrase: str) -> int:
    """From 0 (guessed at once) to 4 (safe on a stolen disk), by zxcvbn's count of guesses."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  # its word lists take a moment to load

    return int(zxcvbn(passphrase[:72])["score"]) if passphrase else 0
