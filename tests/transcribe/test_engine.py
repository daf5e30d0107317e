"""Whisper gives the words that were said, with their times, and says which it is unsure of."""

import functools
import io
import itertools
import json

import numpy as np
import pytest
from faster_whisper import WhisperModel
from hypothesis import given
from hypothesis import strategies as st

from kiosk.children.model_frames import FROM_MODEL, Done
from kiosk.children.wire import receive, send
from tests.support.places import MICRO, SAMPLES
from tests.support.recordings import sample
from transcribe.engine import SPARE_FRAMES, WhisperTranscriber, without_padding
from transcribe.gate import Gate
from transcribe.likely import likeliest
from transcribe.models import IncompleteModelError
from transcribe.stretches import Cutter, live, merged, whole
from transcribe.transcript import SAMPLE_RATE, Transcript, joined

SAID = {each["file"]: each["text"] for each in json.loads((SAMPLES / "samples.json").read_text())}


@functools.cache
def whisper() -> WhisperTranscriber:
    return WhisperTranscriber(MICRO, cpu_threads=1)


def heard_live(samples: np.ndarray, piece_seconds: float = 0.5) -> Transcript:
    """Transcribe as the worker does while somebody talks."""
    cutter, segments, language = Cutter(live(whisper().window_seconds)), [], None
    step = int(piece_seconds * SAMPLE_RATE)
    for at in range(0, len(samples), step):
        cutter.add(samples[at : at + step])
        for stretch in cutter.stretches():
            segments += whisper().hear(stretch, language=language)[0]
    cutter.finish()
    for stretch in cutter.stretches():
        segments += whisper().hear(stretch, language=language, is_hurried=stretch.is_last)[0]
    return joined(segments, language="en", seconds=cutter.seconds)


@pytest.mark.parametrize("name", SAID)
def test_the_words_are_those_that_were_said(name):
    transcript = whisper().transcribe(sample(name), language=None, on_progress=None)
    assert transcript.text == SAID[name]


def test_every_word_has_its_time_and_its_probability():
    transcript = whisper().transcribe(sample("12-pauses.flac"), language=None, on_progress=None)
    words = [word for segment in transcript.segments for word in segment.words]
    assert "".join(word.text for word in words).strip() == transcript.text
    assert all(0 <= word.start <= word.end <= transcript.seconds + 0.1 for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert all(0 <= word.probability <= 1 for word in words)
    second = next(word for word in words if word.text.strip() == "Please")
    assert 7.5 < second.start < 9.5  # silences that were cut out are counted again


def test_words_in_noise_are_marked_unsure():
    """The visitor is asked to look at them."""
    noise = np.random.default_rng(3).standard_normal(60_000).astype(np.float32)
    clean = sample("11-noisy.flac")
    noisy = clean + 0.04 * noise[: len(clean)]
    transcript = whisper().transcribe(noisy, language=None, on_progress=None)
    marked = [transcript.text[start:end] for start, end in transcript.unsure]
    assert marked
    assert len(marked) < len(transcript.text.split())


def test_progress_grows_to_the_end():
    shares: list[float] = []
    long = np.concatenate([sample("05-long.flac")] * 4)
    whisper().transcribe(long, language=None, on_progress=shares.append)
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1


def word_errors(said: str, heard: str) -> int:
    """Words wrong, missing and added: Levenshtein's distance on plain words."""
    one, other = (
        "".join(c for c in text.lower() if c.isalnum() or c.isspace()).split()
        for text in (said, heard)
    )
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, candidate in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (word != candidate))
    return row[-1]


SPOKEN = [name for name, text in SAID.items() if text]


def long_memo(seed: int, pauses: tuple[float, float]) -> tuple[np.ndarray, str]:
    """A minute and a half of talk with pauses of so many seconds between sentences."""
    chance = np.random.default_rng(seed)
    sounds, texts = [], []
    for name in chance.permutation(SPOKEN * 2):
        quiet = np.zeros(int(chance.uniform(*pauses) * SAMPLE_RATE), np.float32)
        sounds += [sample(str(name)), quiet]
        texts.append(SAID[str(name)])
    room = 0.0005 * chance.standard_normal(sum(map(len, sounds)))
    return (np.concatenate(sounds) + room).astype(np.float32), " ".join(texts)


@pytest.mark.slow
@pytest.mark.parametrize("pauses", [(0.0, 0.2), (0.2, 0.8), (0.5, 3.0)])
def test_heard_while_talking_equals_heard_afterwards(pauses):
    """Words that came while somebody talked are no worse than those of one go, within a point."""
    bare = WhisperModel(str(MICRO), device="cpu", compute_type="int8", cpu_threads=1)
    samples, said = long_memo(5, pauses)
    segments, _ = bare.transcribe(
        samples, vad_filter=True, word_timestamps=True, condition_on_previous_text=False
    )
    in_one_go = "".join(segment.text for segment in segments)
    errors_live = word_errors(said, heard_live(samples).text)
    assert errors_live <= word_errors(said, in_one_go) + 0.01 * len(said.split())


def test_a_transcript_survives_json():
    transcript = whisper().transcribe(sample("01-manager.flac"), language=None, on_progress=None)
    pipe = io.BytesIO()
    send(pipe, Done(1, transcript))
    pipe.seek(0)
    assert receive(pipe, FROM_MODEL) == Done(1, transcript)
    assert json.loads(json.dumps(transcript.as_dict()))["text"] == transcript.text


def test_a_folder_that_lacks_its_tokenizer_is_refused(tmp_path):
    """Else a library would fetch one from the network."""
    for each in MICRO.iterdir():
        if each.name != "tokenizer.json":
            (tmp_path / each.name).write_bytes(each.read_bytes())
    with pytest.raises(IncompleteModelError, match=r"tokenizer\.json"):
        WhisperTranscriber(tmp_path)
    with pytest.raises(IncompleteModelError):
        WhisperTranscriber(tmp_path / "base")


def test_stretches_that_waited_are_heard_together():
    """A machine that falls behind catches up: one pass instead of three."""
    cutter = Cutter(live(3.0))
    cutter.add(np.concatenate([sample("12-pauses.flac"), sample("03-forklift.flac")]))
    cutter.finish()
    stretches = list(cutter.stretches())
    assert len(stretches) > 2
    [together] = merged(stretches, 30)
    assert together.seconds == pytest.approx(sum(stretch.seconds for stretch in stretches))
    assert together.original(0) == stretches[0].original(0)
    assert together.end_seconds == stretches[-1].end_seconds
    text = " ".join(segment.text for segment in whisper().hear(together, language=None)[0])
    assert text == f"{SAID['12-pauses.flac']} {SAID['03-forklift.flac']}"
    assert merged(stretches, 3) == stretches


def test_no_word_falls_between_two_stretches():
    """Every moment of speech is in exactly one stretch, whatever the pieces were."""
    samples, _ = long_memo(3, (0.0, 1.0))
    for pace in (live(30), live(30, pass_seconds=5), whole(30), whole(10)):
        cutter, kept = Cutter(pace), []
        for at in range(0, len(samples), 7_000):
            cutter.add(samples[at : at + 7_000])
            kept += [run for stretch in cutter.stretches() for run in stretch.kept]
        cutter.finish()
        kept += [run for stretch in cutter.stretches() for run in stretch.kept]
        gate = Gate()
        gate.add(samples)
        gate.finish()
        assert all(one.end <= other.start for one, other in itertools.pairwise(kept))
        for run in gate.runs:
            inside = sum(max(0, min(run.end, k.end) - max(run.start, k.start)) for k in kept)
            assert inside == run.end - run.start


@pytest.mark.parametrize(
    ("shares", "likely", "said", "language"),
    [
        ({"cy": 0.3, "en": 0.2}, "", "", "en"),  # a murmur
        ({"cy": 0.99, "en": 0.003}, "", "", "cy"),
        ({"la": 0.877, "en": 0.027}, "", "", "en"),  # old English
        ({"la": 0.7, "en": 0.1}, "", "la", "la"),  # chosen
        ({"ar": 0.3, "en": 0.4}, "", "", "en"),
        ({"ar": 0.3, "en": 0.4}, "ar", "", "ar"),  # who reads Arabic is likely to speak it
        ({"de": 0.3, "en": 0.6}, "de", "", "de"),
        ({"de": 0.02, "en": 0.97}, "de", "", "en"),
        ({"de": 0.3, "en": 0.6}, "en", "de", "de"),
        ({"de": 0.98, "en": 0.01}, "en", "en", "de"),  # plainly not what was chosen
    ],
)
def test_the_language_is_the_likeliest_at_this_kiosk(shares, likely, said, language) -> None:
    assert likeliest(shares, likely, said) == language


@given(sound=st.integers(0, 3000), least=st.sampled_from([1000, 1500, 3000]))
def test_no_sound_is_cut_off_with_the_padding(sound, least):
    """What is encoded holds all of the sound, and never more than the window."""
    features = np.zeros((2, 3000), np.float32)
    features[1, :sound] = -1.5
    kept = without_padding(features, least)
    assert kept.shape[1] % 2 == 0
    assert max(least, sound) <= kept.shape[1] <= max(least, min(3000, sound + SPARE_FRAMES + 2))
    assert np.array_equal(kept, features[:, : kept.shape[1]])
