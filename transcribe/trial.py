"""Trying a model out: whether it loads, and understands a sentence that is plain to every model."""

import re
import wave
from pathlib import Path

import numpy as np

from transcribe.engine import WhisperTranscriber
from transcribe.transcript import Samples, TranscribeError

SENTENCE = Path(__file__).with_name("sentence.wav")  # synthetic; from the samples of our tests
SAYS = "my name is david kowalski i work in the warehouse"
LEAST_SHARE = 0.5  # of its words


def fault_of(folder: Path) -> str:
    """Load a model and let it hear a sentence; say what is wrong, or nothing.

    Best called in a child: a damaged model may end the process that loads it.
    """
    try:
        engine = WhisperTranscriber(folder, cpu_threads=1)
        engine.warm_up()
        heard = engine.transcribe(sentence(), language="en").text
    except TranscribeError as error:
        return str(error)
    words, said = set(re.findall(r"[a-z]+", heard.lower())), SAYS.split()
    if sum(word in words for word in said) < LEAST_SHARE * len(said):
        return (
            "The model loads, but does not understand a plain English sentence: it is damaged, "
            "or was made for something else."
        )
    return ""


def sentence() -> Samples:
    """The sentence, as samples."""
    with wave.open(str(SENTENCE)) as opened:
        raw = np.frombuffer(opened.readframes(opened.getnframes()), np.uint8)
    return (raw.astype(np.float32) - 128) / np.float32(128)
