"""Drawings are unpacked and read in a child process; whatever happens there, nothing is lost."""

import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from capture.drawing import DrawingTooLargeError, UnreadableDrawingError
from capture.errors import WrongTypeError
from kiosk import drawing_reader
from kiosk.children.eye_frames import Look
from kiosk.drawing_reader import DrawingReader
from kiosk.settings import Limits
from redact.pictures.drawing import can_read

BLANK = Image.new("RGB", (64, 48), "white")


def png(image: Image.Image = BLANK) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def eye() -> Iterator[DrawingReader]:
    reader = DrawingReader()
    yield reader
    reader.stop()


def test_a_drawing_comes_back_pixel_by_pixel(eye: DrawingReader):
    image = BLANK.copy()
    ImageDraw.Draw(image).line((3, 3, 60, 40), fill="#b3402e", width=3)
    picture = eye.read(png(image), limits=Limits())
    assert np.array_equal(picture.pixels, np.asarray(image))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"GIF89a", WrongTypeError),
        (png()[:60], UnreadableDrawingError),
        (png(Image.new("RGB", (4000, 4000))), DrawingTooLargeError),
    ],
)
def test_what_is_no_drawing_is_refused_by_its_name(
    eye: DrawingReader, body: bytes, error: type[Exception]
):
    with pytest.raises(error):
        eye.read(body, limits=Limits())
    assert eye.read(png(), limits=Limits()).pixels.shape == (48, 64, 3)


def test_a_child_that_dies_costs_no_drawing(eye: DrawingReader):
    eye.read(png(), limits=Limits())
    assert eye._child
    os.kill(eye._child.pid, signal.SIGKILL)
    assert eye.read(png(), limits=Limits()).pixels.shape == (48, 64, 3)


def test_a_child_that_stalls_is_ended_and_the_visitor_covers_names(
    eye: DrawingReader, monkeypatch: pytest.MonkeyPatch
):
    """The first try is stopped in the middle; the second does not read at all."""
    eye.read(png(), limits=Limits())
    assert eye._child
    os.kill(eye._child.pid, signal.SIGSTOP)
    monkeypatch.setattr(drawing_reader, "PATIENCE_SECONDS", 0.5)
    ask = eye._ask

    def patient_second(wish: Look):
        if not wish.reads:
            monkeypatch.setattr(drawing_reader, "PATIENCE_SECONDS", 60)
        return ask(wish)

    monkeypatch.setattr(eye, "_ask", patient_second)
    assert not eye.read(png(), limits=Limits()).writing.is_readable


def test_an_idle_child_ends_and_its_memory_with_it(eye: DrawingReader):
    eye.read(png(), limits=Limits())
    assert eye._child
    pid = eye._child.pid
    eye.rest()
    assert eye._child
    eye._used -= drawing_reader.IDLE_SECONDS + 1
    eye.rest()
    assert eye._child is None
    assert not Path(f"/proc/{pid}").exists() or not Path("/proc").exists()


def test_after_some_drawings_a_fresh_child_takes_over(
    eye: DrawingReader, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(drawing_reader, "MOST_DRAWINGS", 2)
    for _drawing in range(5):
        assert eye.read(png(), limits=Limits()).writing.is_readable == can_read()
