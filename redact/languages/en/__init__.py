"""English: recognizers, word lists, and the model that finds names."""

from redact.languages.en.claims import claims, everyday
from redact.languages.en.tagger import guess
from redact.languages.language import Language
from redact.tokens import tokenize

LANGUAGE = Language(
    code="en",
    coverage="full",
    tokenize=tokenize,
    guess=guess,
    claims=claims,
    everyday=everyday,
)
