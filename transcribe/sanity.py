"""What a speech model may not get away with: inventions on noise, and phrases that repeat for ever.

The model's own guards let a confident invention pass: its no-speech rule needs a bad average
probability as well. These are stricter, and work on finished words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcribe.transcript import Word

LOOP_WORDS = 8  # longest phrase that is looked for in a loop
LOOP_TIMES = 4  # so often only somebody very upset says the same words; or a model does
SAID_SECONDS = 0.15  # a word that was said takes at least so long; a loop's share what is left
SAID_TIMES = 12  # more than this is told once, with a mark, whoever said it
UNCLEAR = "[unclear]"  # stands where something was said, or sounded so, and is not told
LONGEST_WORD = 40  # letters; laughter comes out as one word of hundreds
VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûãõåæøœąęěůőű")
FASTEST = 7.0  # words a second; above this a model is writing, not listening (auctioneers reach 6)
LITTLE_SPEECH_SECONDS = 1.0  # a bang or a chord may pass the gate for so long; words must be sure
# But for one word alone, which a model without any context is never sure of: "Help" has 0.2 to 0.5.
LONE_WORD, LONE_NO_SPEECH = 0.15, 0.4
# What Whisper writes where it hears nothing; it learned this from subtitles.
SUBTITLES = (
    "thank you",
    "thanks for watching",
    "thank you for watching",
    "subtitles by the amara.org community",
    "please subscribe",
    "you",
    "untertitelung des zdf",
    "untertitel im auftrag des zdf",
    "sous-titres réalisés par la communauté d'amara.org",
)


@dataclass(frozen=True)
class Confidence:
    """What the model says of one of its segments."""

    no_speech: float  # probability that nobody spoke
    average_log_probability: float


def is_invented(words: Sequence[Word], confidence: Confidence, *, speech_seconds: float) -> bool:
    """Say whether a segment is more likely made up than heard."""
    if not words:
        return True
    mean = sum(word.probability for word in words) / len(words)
    if confidence.no_speech > 0.6 and confidence.average_log_probability < -0.5:
        return True
    if len(words) > max(3.0, FASTEST * speech_seconds):
        return True
    if mean < 0.2 and confidence.average_log_probability < -1.0:
        return True
    is_lone = len(words) == 1 and confidence.no_speech <= LONE_NO_SPEECH
    if speech_seconds < LITTLE_SPEECH_SECONDS and mean < (LONE_WORD if is_lone else 0.5):
        return True
    plain = "".join(word.text for word in words).strip(" .!?…").lower()
    return plain in SUBTITLES and mean < 0.6 and speech_seconds < 1.5


def is_word(text: str) -> bool:
    """Say whether a mouth can have said it: not hundreds of letters, and none without a vowel."""
    bare = text.strip(" ,.!?…-'\"").lower()
    if len(bare) > LONGEST_WORD:
        return False
    is_latin = bare.isalpha() and bare.isascii()
    return not (is_latin and len(bare) > 3 and not VOWELS & set(bare) and text.strip().islower())


def without_loops(words: Sequence[Word]) -> list[Word]:
    """Tell a phrase that repeats `LOOP_TIMES` or more once, and mark it as unsure.

    What somebody says four times they said four times: where the words took the time that saying
    them takes, and the model was sure of them, they stay.
    """
    kept = _fold_loops(words)
    return kept if len(kept) == len(words) else without_loops(kept)  # loops of loops


def _was_said(words: Sequence[Word], times: int) -> bool:
    seconds = words[-1].end - words[0].start
    mean = sum(word.probability for word in words) / len(words)
    lasting = sum(word.end - word.start > 0.05 for word in words)
    return (
        times <= SAID_TIMES
        and seconds >= SAID_SECONDS * len(words)
        and lasting >= 0.8 * len(words)
        and mean >= 0.5
    )


def _fold_loops(words: Sequence[Word]) -> list[Word]:
    kept: list[Word] = []
    at = 0
    plain = [word.text.strip(" ,.!?…").lower() for word in words]
    while at < len(words):
        length, times = _loop_at(plain, at)
        if times >= LOOP_TIMES and _was_said(words[at : at + length * times], times):
            kept += words[at : at + length * times]
            at += length * times
        elif times >= LOOP_TIMES:
            kept += [replace(word, probability=0.0) for word in words[at : at + length]]
            at += length * times
        else:
            kept.append(words[at])
            at += 1
    return kept


def _loop_at(plain: Sequence[str], at: int) -> tuple[int, int]:
    """The phrase starting at `at` that repeats most often: its length and how often it stands."""
    best = (1, 1)
    for length in range(1, LOOP_WORDS + 1):
        phrase, times = plain[at : at + length], 1
        while plain[at + times * length : at + (times + 1) * length] == phrase:
            times += 1
        if times > best[1]:
            best = (length, times)
    return best
