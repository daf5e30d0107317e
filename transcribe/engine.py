"""Whisper, by faster-whisper: the only module that knows it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from transcribe.gate import Run
from transcribe.likely import likeliest
from transcribe.models import check
from transcribe.sanity import UNCLEAR, Confidence, is_invented, is_word, without_loops
from transcribe.stretches import Cutter, Stretch, whole
from transcribe.transcript import (
    SAMPLE_RATE,
    OnProgress,
    Samples,
    Segment,
    TranscribeError,
    Transcript,
    Word,
    joined,
)

# Each temperature above 0 is tried only where the one before looped or was very unsure. Three are
# a compromise: six, the default, make one bad window cost six times its time.
TEMPERATURES = (0.0, 0.2, 0.4)
LEAST_SPEECH_SECONDS = 0.2
UNCLEAR_SECONDS = 0.6  # less than this is a cough, and nobody misses it
TAIL_SECONDS = 1.0  # what is left after the last word; faster-whisper would hear it once more


# Frames, a hundredth of a second each, that are encoded at least. Models were trained on 3000, most
# of them padding, which take the encoder four times as long as half of them (decision 0261).
WINDOW_FRAMES, LEAST_FRAMES, HURRIED_FRAMES = 3000, 1500, 1000
FRAMES_A_SECOND = 100
FEW_WORDS_SECONDS = 2.0  # of speech: in half a window "Help" becomes "Elp"
# Kept behind the sound: with a second of nothing behind words that were cut off, a model loops.
SPARE_FRAMES = 300
FEW_SURE = 0.5  # the last words of who waits get a third of a window, unless one is below that

# Mouths and knocks are told as words at 0.13 at most, a faint "No" at 0.52 (decision 0265).
MOST_DOUBTFUL_WORDS, DOUBTFUL_SURE = 2, 0.4
DOUBTFUL_TOKENS = 32  # of which faster-whisper takes half; a loop of one word would take seconds

CALL_SECONDS = 0.9  # a word that is called out alone takes less
MOST_CALLS = 8  # such words in a row that are heard one by one
LEAST_TO_DOUBT_SECONDS = 3.0  # of speech; a word or two prove nothing against what was said


def settles_language(stretch: Stretch) -> bool:
    """Whether so much was spoken that the rest is taken to be in the same language."""
    return stretch.spoken_seconds >= LEAST_TO_DOUBT_SECONDS


def is_a_call(stretch: Stretch) -> bool:
    """Whether it is nothing but single words with pauses between, such as a call for help."""
    return 1 < len(stretch.runs) <= MOST_CALLS and all(
        run.end - run.start < CALL_SECONDS * SAMPLE_RATE for run in stretch.runs
    )


def repeats(segments: Sequence[Segment]) -> bool:
    """Whether all that was heard is one word, more than once."""
    said = [word.text.strip(" ,.!?…").lower() for each in segments for word in each.words]
    return len(said) > 1 and len(set(said)) == 1


def doubts(segments: Sequence[Segment], least: float = FEW_SURE) -> bool:
    """Whether nothing was heard, or a word that may be another."""
    said = [word for each in segments for word in each.words]
    return not said or min(word.probability for word in said) < least


def without_padding(features: NDArray[np.float32], least: int) -> NDArray[np.float32]:
    """Cut off the padding that faster-whisper puts behind the sound: frames of zeros."""
    sound = np.flatnonzero(features.any(axis=-2).reshape(-1))
    wanted = max(least, int(sound[-1]) + 1 + SPARE_FRAMES if len(sound) else 0)
    wanted += wanted % 2  # the encoder takes them two by two
    return np.ascontiguousarray(features[..., :wanted])


class AbandonedError(Exception):
    """Hearing on made no sense any more; nothing came of the stretch."""


class Model(WhisperModel):  # type: ignore[misc]
    """faster-whisper's model, which can stop half-way: the encoder is much of the work.

    And which encodes only what there is, and once: faster-whisper 1.2 encodes a window of 30 s
    however little was said, to find its language, and then the same window, less a frame, to hear
    it.
    """

    is_pointless: Callable[[], bool] | None = None
    likely: str = ""
    said: str = ""
    least_frames = WINDOW_FRAMES
    _is_detecting = False
    _encoded: tuple[NDArray[np.float32], object] | None = None

    def encode(self, features: NDArray[np.float32]) -> object:
        """See `WhisperModel.encode`.

        Raises:
            AbandonedError: `is_pointless` said so meanwhile.
        """
        features = without_padding(features, self.least_frames)
        known, self._encoded = self._encoded, None
        is_known = known is not None and np.array_equal(known[0], features)
        encoded: object = known[1] if known and is_known else super().encode(features)
        if self._is_detecting:
            self._encoded = features, encoded
        if self.is_pointless and self.is_pointless():
            raise AbandonedError
        return encoded

    def detect_language(
        self, *, features: NDArray[np.float32], **options: object
    ) -> tuple[str, float, list[tuple[str, float]]]:
        """See `WhisperModel.detect_language`; in doubt it is one that the kiosk speaks."""
        self._is_detecting = True
        try:
            _, _, shares = super().detect_language(features=features[..., :-1], **options)
        finally:
            self._is_detecting = False
        language = likeliest(dict(shares), self.likely, self.said)
        return language, dict(shares)[language], shares


class WhisperTranscriber:
    """One loaded model. Not thread-safe by contract: give it one stretch at a time.

    Args:
        folder: A complete model folder; nothing is ever fetched.
        cpu_threads: Threads for the encoder. More than two never paid in our measurements.
        beam_size: How many readings are followed at once; 1 is faster and slightly worse.
    """

    def __init__(self, folder: Path, *, cpu_threads: int = 2, beam_size: int = 5) -> None:
        check(folder)
        try:
            self._model = Model(
                str(folder), device="cpu", compute_type="int8", cpu_threads=cpu_threads
            )
        except Exception as error:  # a damaged tokenizer raises nothing else
            raise TranscribeError(
                f"The model {folder.name} is damaged and does not load."
            ) from error
        self._beam_size = beam_size

    @property
    def window_seconds(self) -> float:
        """How much it hears at once: 30 for real models."""
        return float(self._model.feature_extractor.chunk_length)

    def languages(self) -> tuple[str, ...]:
        """Codes of the languages it knows."""
        return tuple(self._model.supported_languages)

    def warm_up(self) -> None:
        """Hear a moment of nothing, which loads what loads late.

        In a whole window: in half of one a model makes up words without end.

        Raises:
            TranscribeError: Its files do not belong together.
        """
        quiet = np.zeros(SAMPLE_RATE, np.float32)
        try:
            self.hear(Stretch(quiet, (Run(0, SAMPLE_RATE),), 1.0), language="en")
        except (RuntimeError, ValueError, KeyError, IndexError, TypeError) as error:
            raise TranscribeError("The files of the model do not belong together.") from error

    def transcribe(
        self,
        clip_samples: Samples,
        *,
        language: str | None = None,
        likely: str = "",
        on_progress: OnProgress | None = None,
    ) -> Transcript:
        """Return what was said in a whole recording.

        Args:
            clip_samples: All of it.
            language: Which its speaker said it would be in.
            likely: The language to think of first where nobody said.
            on_progress: Told how much is done, from 0 to 1.
        """
        cutter = Cutter(whole(self.window_seconds))
        cutter.add(clip_samples)
        cutter.finish()
        segments: list[Segment] = []
        said, found, settled = language or "", "", ""
        for stretch in cutter.stretches():
            heard, found = self.hear(
                stretch, language=settled or None, likely=found or likely, said=said
            )
            settled = settled or (found if settles_language(stretch) else "")
            segments += heard
            if on_progress:
                on_progress(min(1.0, stretch.end_seconds / max(cutter.seconds, 0.001)))
        if not segments:
            segments, found = self.hear_doubtful(cutter, likely=likely, said=said)
        return joined(segments, language=settled or said or found, seconds=cutter.seconds)

    def hear_doubtful(self, cutter: Cutter, *, likely: str, said: str) -> tuple[list[Segment], str]:
        """Hear what the gate took for a mouth or a knock, where it found no speech at all.

        A word of which the model is sure was said; returned as by `hear`.
        """
        self._model.is_pointless, self._model.least_frames = None, WINDOW_FRAMES
        self._model.likely, self._model.said = likely, said
        for stretch in cutter.doubtful():
            heard, found = self._read(stretch, said or None, is_doubtful=True)
            words = [word for each in heard for word in each.words]
            if 0 < len(words) <= MOST_DOUBTFUL_WORDS and not doubts(heard, DOUBTFUL_SURE):
                return heard, found
        return [], ""

    def hear(
        self,
        stretch: Stretch,
        *,
        language: str | None,
        likely: str = "",
        said: str = "",
        is_hurried: bool = False,
        is_crowded: bool = False,
        is_guess: bool = False,
        follows: bool = False,
        is_pointless: Callable[[], bool] | None = None,
    ) -> tuple[list[Segment], str]:
        """Transcribe one stretch; return its segments and the language it is in.

        The times are those of the recording.

        Args:
            stretch: No longer than `window_seconds`.
            language: One that the model does not know is left to detection, as None is: better the
                wrong guess than no words.
            likely: The language to think of first then, such as the screen's.
            said: Which its speaker said it would be in: taken for true, unless so much was spoken
                that it plainly is another. A model made to hear German as English invents.
            is_hurried: Somebody stands there and waits: encode less.
            is_crowded: Several do: follow one reading only as well, which is a little worse.
            is_guess: It will be heard once more: as fast as it goes.
            follows: Words were heard before it; one word alone is harder to hear.
            is_pointless: Asked half-way; True ends it.

        Raises:
            AbandonedError: `is_pointless` said so.
        """
        if stretch.seconds < LEAST_SPEECH_SECONDS:
            return [], language or ""
        self._model.is_pointless = is_pointless
        self._model.likely, self._model.said = likely, said
        is_greedy = is_crowded or is_guess
        is_hurried = is_hurried or is_greedy
        is_short = stretch.spoken_seconds < FEW_WORDS_SECONDS
        is_alone = is_short and not (is_hurried and follows)
        self._model.least_frames = self._frames(is_alone=is_alone, is_hurried=is_hurried)
        if not settles_language(stretch):
            language = language or said
        heard, found = self._read(stretch, language, is_greedy=is_greedy)
        if is_short and self._model.least_frames < WINDOW_FRAMES and doubts(heard):
            self._model.least_frames = WINDOW_FRAMES
            heard, found = self._read(stretch, found, is_greedy=True)
        if is_a_call(stretch) and repeats(heard):
            # Four times the same word makes a model hear another one: "Halt" for "Help". Alone
            # each is heard better, and as often as it was said.
            apart = [self._read(each, found, is_one_of_more=True)[0] for each in stretch.apart()]
            again = [segment for each in apart for segment in each]
            heard = again if repeats(again) and len(again) == len(apart) else heard
        return heard, found

    def _frames(self, *, is_alone: bool, is_hurried: bool) -> int:
        """How much is encoded at least; a model with a shorter window knows nothing but its own."""
        if is_alone or self.window_seconds * FRAMES_A_SECOND < WINDOW_FRAMES:
            return WINDOW_FRAMES
        return HURRIED_FRAMES if is_hurried else LEAST_FRAMES

    def _read(
        self,
        stretch: Stretch,
        language: str | None,
        *,
        is_greedy: bool = False,
        is_one_of_more: bool = False,
        is_doubtful: bool = False,
    ) -> tuple[list[Segment], str]:
        segments, info = self._model.transcribe(
            stretch.samples,
            language=language if language in self._model.supported_languages else None,
            beam_size=1 if is_greedy else self._beam_size,
            temperature=TEMPERATURES[:1] if is_doubtful else TEMPERATURES,
            max_new_tokens=DOUBTFUL_TOKENS if is_doubtful else None,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,  # the gate has been before, and no stretch holds a long silence
        )
        raw = _until_the_tail(segments, stretch)
        heard = _believable(raw, stretch, is_speech=is_one_of_more)
        return heard, str(info.language)


def _believable(raw_segments: Iterable[Any], stretch: Stretch, *, is_speech: bool) -> list[Segment]:
    """Leave out what was made up; where it surely is speech, less is held to be."""
    kept: list[Segment] = []
    for raw in raw_segments:
        words = [
            Word(w.word, float(w.start), float(w.end), round(float(w.probability), 3))
            for w in raw.words or ()
        ]
        no_speech = 0.0 if is_speech else float(raw.no_speech_prob)
        confidence = Confidence(no_speech, float(raw.avg_logprob))
        spoken = min(stretch.spoken_seconds, float(raw.end) - float(raw.start))
        sayable = [word for word in words if is_word(word.text)]
        if is_invented(sayable, confidence, speech_seconds=spoken):
            if words and spoken >= UNCLEAR_SECONDS:
                kept.append(_unclear(stretch, words))
            continue
        words = [
            replace(w, start=stretch.original(w.start), end=stretch.original(w.end))
            for w in without_loops(sayable)
        ]
        text = "".join(w.text for w in words).strip()
        if text:
            kept.append(Segment(text, words[0].start, words[-1].end, tuple(words)))
    return kept


def _unclear(stretch: Stretch, words: list[Word]) -> Segment:
    """Stands where words were made up: `joined` keeps it beside words that were heard."""
    start, end = stretch.original(words[0].start), stretch.original(words[-1].end)
    return Segment(UNCLEAR, start, end, (Word(f" {UNCLEAR}", start, end, 0.0),))


def _until_the_tail(raw_segments: Iterable[Any], stretch: Stretch) -> Iterator[Any]:
    """Stop where only the quiet end is left: asking for more costs a whole pass of the encoder."""
    for raw in raw_segments:
        yield raw
        if raw.end >= stretch.seconds - TAIL_SECONDS:
            return
