"""What is known of German words, and the model that goes by it."""

from pathlib import Path

from redact.languages.kit.features import Features
from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.model import Model
from redact.languages.kit.vocabulary import Vocabulary
from redact.tokens import tokenize

_DATA = Path(__file__).parent / "data"
VOCABULARY = Vocabulary(_DATA / "vocabulary.txt")
LEXICON = Lexicon(_DATA / "lexicon.bin")
FEATURES = Features(LEXICON, VOCABULARY.classes(), joins_words=True)
MODEL = Model(_DATA / "names.crfsuite", FEATURES)
TOKENIZE = tokenize
