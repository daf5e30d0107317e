"""An operator's sound files are decoded where they can do no harm."""

import numpy as np
import pytest

from capture.errors import UnreadableError, WrongTypeError
from kiosk.hearing.files import decode_file
from support.recordings import SAMPLES, sample


@pytest.mark.parametrize("name", ["02-phone.flac", "08-browser.webm", "09-phone-app.m4a"])
def test_a_file_gives_its_samples(name):
    """The same as without a child process, to the bit."""
    assert np.array_equal(decode_file(SAMPLES / name).samples, sample(name))


def test_a_long_file_ends_at_the_limit():
    clip = decode_file(SAMPLES / "05-long.flac", limit_seconds=4)
    assert clip.seconds == 4
    assert clip.is_truncated


def test_a_file_that_cannot_be_decoded_says_why(tmp_path):
    playlist, cut = tmp_path / "notes.txt", tmp_path / "cut.webm"
    playlist.write_text("ffconcat version 1.0\nfile secret.wav")
    cut.write_bytes((SAMPLES / "08-browser.webm").read_bytes()[:200])
    with pytest.raises(WrongTypeError):
        decode_file(playlist)
    with pytest.raises(UnreadableError):
        decode_file(cut)
    with pytest.raises(FileNotFoundError):
        decode_file(tmp_path / "none")
