"""Which language a stretch is in, by the model's shares and by who comes to a kiosk."""

from collections.abc import Mapping

OWN_LANGUAGES = frozenset(("en", "de", "es", "fr", "pl"))
OWN_WEIGHT = 10.0  # how much likelier one of those is here than Turkish, before anything is heard
# Spoken by many at European workplaces; with more to choose from, nobody finds their own.
WIDELY_SPOKEN = (
    "ar", "bg", "bn", "cs", "el", "fa", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "nl",
    "pt", "ro", "ru", "sq", "sr", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
RARE_WEIGHT = 0.1  # for the others: old English has been taken for Latin at a share of 0.88
LIKELY_WEIGHT = 30.0  # the same for the language in which the visitor reads the screen
SAID_WEIGHT = 200.0  # and for the one they said they would speak


def likeliest(shares: Mapping[str, float], likely: str = "", said: str = "") -> str:
    """The language of a stretch, by the model's shares and by who comes to a kiosk.

    A murmur has been taken for Welsh and read English for Latin, at shares of 0.3.
    """

    def weighed(code: str) -> float:
        weight = 1.0 if code in WIDELY_SPOKEN else RARE_WEIGHT
        weight = OWN_WEIGHT if code in OWN_LANGUAGES else weight
        weight = LIKELY_WEIGHT if code == likely else weight
        return shares[code] * (SAID_WEIGHT if code == said else weight)

    return max(shares, key=weighed)
