"""French of France, Belgium, Switzerland and Canada."""

from redact.languages.fr.addresses import addresses
from redact.languages.fr.lists import LEXICON, MODEL, TOKENIZE, VOCABULARY
from redact.languages.kit.claims import claims_of
from redact.languages.language import Language

LANGUAGE = Language(
    code="fr",
    coverage="full",
    tokenize=TOKENIZE,
    guess=MODEL.guess,
    claims=claims_of(VOCABULARY, LEXICON, addresses),
    everyday=LEXICON.everyday,
)
