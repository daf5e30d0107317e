"""German of Germany, Austria and Switzerland."""

from redact.languages.de.addresses import addresses
from redact.languages.de.lists import LEXICON, MODEL, TOKENIZE, VOCABULARY
from redact.languages.kit.claims import claims_of
from redact.languages.language import Language

LANGUAGE = Language(
    code="de",
    coverage="full",
    tokenize=TOKENIZE,
    guess=MODEL.guess,
    claims=claims_of(VOCABULARY, LEXICON, addresses, unlisted=0.5, strangers=3.0),
    everyday=LEXICON.everyday,
)
