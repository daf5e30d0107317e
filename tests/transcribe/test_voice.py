"""The reading voice says the redacted text, the same for everybody."""

import io
import wave

import pytest

from transcribe.voice import ReadingVoice, reading_voice, speakable

VOICE = reading_voice()
needs_voice = pytest.mark.skipif(VOICE is None, reason="needs espeak-ng")


def seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as opened:
        assert opened.getnframes() * opened.getsampwidth() == len(sound) - 44
        return opened.getnframes() / opened.getframerate()


@needs_voice
def test_a_text_is_read_aloud():
    short, long = VOICE.read("It is cold."), VOICE.read("It is cold. " * 5)
    assert 0.5 < seconds(short) < 3
    assert seconds(long) > 3 * seconds(short)


@needs_voice
@pytest.mark.parametrize("language", ["de", "xx", "../en", "-w"])
def test_another_language_is_read_too_and_a_strange_one_as_english(language):
    assert seconds(VOICE.read("Hallo zusammen.", language=language)) > 0.3


@needs_voice
@pytest.mark.parametrize("text", ["-w /tmp/x", "--help", "[[h@'loU]]", "a\0b", "<speak>no</speak>"])
def test_no_text_is_a_command(text):
    """Whatever somebody wrote is read, not obeyed."""
    assert VOICE.read(text)


def test_placeholders_are_read_as_words():
    assert speakable("Ask [PERSON 1] or write to [EMAIL].", [(4, 14), (27, 34)]) == (
        "Ask person 1 or write to email."
    )
    assert speakable("[URGENT] Ask.") == "[URGENT] Ask."


def test_without_a_voice_there_is_none(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert reading_voice() is None
    assert ReadingVoice("/nowhere/espeak-ng").read("Hello.") is None
