"""Spanish of Spain and Spanish America."""

from redact.languages.es.addresses import addresses
from redact.languages.es.lists import LEXICON, MODEL, TOKENIZE, VOCABULARY
from redact.languages.kit.claims import claims_of
from redact.languages.language import Language

LANGUAGE = Language(
    code="es",
    coverage="full",
    tokenize=TOKENIZE,
    guess=MODEL.guess,
    claims=claims_of(VOCABULARY, LEXICON, addresses),
    everyday=LEXICON.everyday,
)
