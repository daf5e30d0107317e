"""Every language without a folder of its own: only what is sure goes, ordinary words stay."""

from redact.languages.careful.claims import claims, everyday, guess
from redact.languages.language import Language
from redact.tokens import tokenize

LANGUAGE = Language(
    code="und",
    coverage="careful",
    tokenize=tokenize,
    guess=guess,
    claims=claims,
    everyday=everyday,
)
