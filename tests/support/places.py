"""Where things lie that tests read, and the words that open what they make."""

from pathlib import Path

HOME = Path(__file__).parents[2]
TESTS = HOME / "tests"
DATA = TESTS / "data"
MICRO = DATA / "whisper-micro"  # a speech model of sample sentences
SAMPLES = DATA / "asr" / "samples"
DOCS = HOME / "docs"
PASSPHRASE = "heron lamp tuesday orchard"
