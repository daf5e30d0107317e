"""Print and handwriting in a picture, read on this machine; the only module that knows RapidOCR.

RapidOCR is optional. Its wheel carries the models (PP-OCRv6 small, Apache 2.0), but it needs OpenCV
(150 MB on disk). The two models are named by path, because without one RapidOCR would fetch
whichever it misses from the network.
"""

import functools
import importlib.util
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNIZER = "PP-OCRv6_rec_small.onnx"
LONG_SIDE_PX = 1600
SHORT_SIDE_PX = 320  # the detector takes smaller pictures as they are and larger ones too
THREADS = 2

_reading = threading.Lock()  # one picture at a time: each takes up to 0.5 GB while it is read


class Box(NamedTuple):
    """A rectangle in pixels from the top left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Word:
    """A written word, where in its line's text it begins, where in the picture it stands."""

    text: str
    start: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side; `confidence` is the reader's own, 0 to 1."""

    text: str
    words: tuple[Word, ...]
    box: Box
    confidence: float


@functools.cache
def is_present() -> bool:
    """Tell whether this machine can read writing: the package is installed with its models."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None:
        return False
    models = Path(found.origin).parent / "models"
    return (models / DETECTOR).is_file() and (models / RECOGNIZER).is_file()


def read_lines(pixels: NDArray[np.uint8]) -> list[Line]:
    """Return what is written in the picture, line by line from the top; empty without a reader."""
    if not is_present():
        return []
    with _reading:
        answer = _reader()(np.ascontiguousarray(pixels[:, :, ::-1]))  # it wants blue first
    if answer.boxes is None or not answer.txts:
        return []
    found = zip(answer.boxes, answer.txts, answer.scores, answer.word_results, strict=True)
    lines = [_line(corners, text, float(score), words) for corners, text, score, words in found]
    return sorted(lines, key=lambda line: (line.box.y, line.box.x))


@functools.cache
def _reader() -> Callable[[NDArray[np.uint8]], Any]:
    import rapidocr  # noqa: PLC0415 - optional, and two seconds to import

    models = Path(rapidocr.__file__).parent / "models"
    settings = {
        "Global.log_level": "critical",  # at lower levels it logs what it reads
        "Global.use_cls": False,
        "Global.return_word_box": True,
        "Global.text_score": 0.0,  # what it cannot read is also an answer
        "Global.max_side_len": LONG_SIDE_PX,
        "Det.limit_type": "min",
        "Det.limit_side_len": SHORT_SIDE_PX,  # else small copies would be made large again
        "Det.model_path": str(models / DETECTOR),
        "Rec.model_path": str(models / RECOGNIZER),
        "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
    }
    reader: Callable[[NDArray[np.uint8]], Any] = rapidocr.RapidOCR(params=settings)
    return reader


def _line(
    corners: ArrayLike,
    text: str,
    confidence: float,
    pieces: Iterable[tuple[str, float, ArrayLike]] | None,
) -> Line:
    words, position = [], 0
    for piece, score, piece_corners in pieces or ():
        start = text.find(piece, position)
        if start < 0:
            continue
        words.append(Word(piece, start, _box(piece_corners), float(score)))
        position = start + len(piece)
    return Line(text, tuple(words), _box(corners), confidence)


def _box(corners: ArrayLike) -> Box:
    """Return the upright rectangle round a slanting one."""
    points = np.asarray(corners, dtype=float).reshape(-1, 2)
    left, top = np.floor(points.min(axis=0)).astype(int)
    right, bottom = np.ceil(points.max(axis=0)).astype(int)
    return Box(int(left), int(top), int(right - left), int(bottom - top))
