"""What is known of French words, and the model that goes by it."""

from pathlib import Path

from redact.languages.kit.features import Features
from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.model import Model
from redact.languages.kit.vocabulary import Vocabulary
from redact.languages.kit.words import tokenizer

_DATA = Path(__file__).parent / "data"
VOCABULARY = Vocabulary(_DATA / "vocabulary.txt")
LEXICON = Lexicon(_DATA / "lexicon.bin")
FEATURES = Features(LEXICON, VOCABULARY.classes())
MODEL = Model(_DATA / "names.crfsuite", FEATURES)
# l'hôpital, d'Almeida, j'ai, jusqu'à: two words each; aujourd'hui is one.
TOKENIZE = tokenizer(
    frozenset(["l", "d", "j", "n", "s", "m", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
)
