"""What the kiosk makes of speech with real weights: "base", from a cache outside the project.

`./dev run` and `./dev test` fetch it where they can.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from faster_whisper import WhisperModel
from platformdirs import user_cache_path

from redact import redact
from tests.support.recordings import decoded
from transcribe.engine import WhisperTranscriber
from transcribe.stretches import Cutter, Stretch, whole
from transcribe.transcript import Transcript

CLIPS = Path(__file__).parents[1] / "data" / "speech"
MODEL = Path(
    os.environ.get("RELEASE_SPEECH_MODEL")
    or user_cache_path("release-kiosk", appauthor=False) / "models" / "base"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (MODEL / "model.bin").exists(),
        reason="real speech needs the model base in the cache: ./dev test fetches it where it can",
    ),
]


@pytest.fixture(scope="module")
def base() -> WhisperTranscriber:
    return WhisperTranscriber(MODEL, cpu_threads=1)


def heard(base: WhisperTranscriber, name: str, language: str | None = "en") -> Transcript:
    sound = (CLIPS / f"{name}.ogg").read_bytes()
    return base.transcribe(decoded(sound).samples, language=language)


def stretches_of(samples, base: WhisperTranscriber) -> Iterator[Stretch]:
    cutter = Cutter(whole(base.window_seconds))
    cutter.add(samples)
    cutter.finish()
    return cutter.stretches()


def words(text: str) -> set[str]:
    """The words of a text; commas and capitals hang on the machine that hears."""
    return set(re.findall(r"[a-z0-9]+", text.lower()))


@pytest.mark.parametrize(
    ("name", "word"),
    [("one-4", "help"), ("one-16", "bye"), ("late-0", "no"), ("late-1", "no"), ("late-2", "help")],
)
def test_one_word_is_heard_alone_and_after_long_silence(base, name, word):
    assert word in words(heard(base, name).text)


def test_a_call_for_help_is_told_as_often_as_it_was_made(base):
    text = heard(base, "said-4").text.lower()
    assert " ".join(re.findall(r"[a-z]+", text)).count("help me") >= 4


def test_one_word_called_out_four_times_is_that_word_four_times(base):
    """Heard together it is "Halt. Halt. Halt.", as bare faster-whisper has it."""
    samples = decoded((CLIPS / "help-4.wav").read_bytes()).samples
    text = base.transcribe(samples, language="en").text.lower()
    assert re.findall(r"[a-z]+", text) == ["help"] * 4


@pytest.mark.parametrize("name", ["inv-cough-laugh-00", "mouth-06"])
def test_laughter_and_mouths_are_no_words(base, name):
    assert heard(base, name).text == ""


def test_a_first_word_is_not_lost(base):
    text = heard(base, "libri-3080-5032-0000").text.lower()
    assert re.findall(r"[a-z]+", text)[:2] == ["but", "i"]


def test_read_english_is_not_taken_for_latin(base):
    assert heard(base, "libri-2033-164914-0001", language=None).language == "en"


def test_german_is_heard_as_german_though_english_was_chosen(base):
    transcript = heard(base, "lang-de-1", language="en")
    assert transcript.language == "de"
    assert "gestern" in words(transcript.text)


def test_a_chosen_language_stands_where_hardly_anything_was_said(base):
    assert heard(base, "one-16", language="de").language == "de"


def test_a_window_is_encoded_once_whether_its_language_is_known_or_found(base, monkeypatch):
    """Its words are the same; finding a language costs no second pass of the encoder."""
    passes = []
    encode = WhisperModel.encode
    monkeypatch.setattr(WhisperModel, "encode", lambda *given: passes.append(1) or encode(*given))
    sound = decoded((CLIPS / "lang-de-1.ogg").read_bytes()).samples
    (stretch,) = [*stretches_of(sound, base)]
    known, _ = base.hear(stretch, language="de")
    assert len(passes) == 1
    found, language = base.hear(stretch, language=None)
    assert (len(passes), language) == (2, "de")
    assert [each.text for each in found] == [each.text for each in known]


@pytest.mark.parametrize(
    ("name", "details"),
    [
        ("leak-picogb-30", {"two", "seven", "7", "42", "427", "4217"}),
        ("leak-picogb-32", {"212", "555", "2", "0187", "0", "8", "7"}),
        ("leak-heart-50", {"m21", "9pl", "m", "21", "9", "pl"}),
    ],
)
def test_a_detail_that_is_said_does_not_survive(base, name, details):
    transcript = heard(base, name)
    kept = redact(transcript.text, "en", spoken=transcript.heard).text
    assert words(transcript.text) & details  # the control: this would be found
    assert not words(kept) & details, kept
    assert len(kept.split()) > 12  # the rest of what was said is there
