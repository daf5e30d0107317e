"""Polish."""

from redact.languages.kit.claims import claims_of
from redact.languages.language import Language
from redact.languages.pl.addresses import addresses
from redact.languages.pl.lists import LEXICON, MODEL, TOKENIZE, VOCABULARY

LANGUAGE = Language(
    code="pl",
    coverage="full",
    tokenize=TOKENIZE,
    guess=MODEL.guess,
    claims=claims_of(VOCABULARY, LEXICON, addresses, strangers=3.0),
    everyday=LEXICON.everyday,
)
