"""Print and handwriting in a picture, read on this machine, by two models that RapidOCR carries.

RapidOCR is optional. Of its wheel only the models are used (PP-OCRv6 small, Apache 2.0), and what
it needs anyway: onnxruntime and OpenCV (150 MB on disk). So nothing of it can fetch or log. One
model tells where writing stands, the other one reads a strip of it. It knows ten thousand Chinese
signs, too, for which it takes many a hand; only the letters of European languages are asked for.
"""

import functools
import importlib.util
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNIZER = "PP-OCRv6_rec_small.onnx"
THREADS = 2
GRAIN_PX = 32  # the detector takes sides of whole grains
WRITTEN = 0.3  # of a pixel, by the detector
SURELY_WRITTEN = 0.5  # of a place's pixels on average
SPREAD = 1.6  # how far a place is wider than its core, as the detector was trained
LEAST_PX = 3
MOST_SPOTS = 200  # of one picture, the largest first
STRIP_PX = 48  # the recognizer's height
SHORTEST_STRIP_PX, LONGEST_STRIP_PX = 160, 1600
LAST_LETTER = 0x24F  # of the Latin ones

_reading = threading.Lock()  # one picture at a time

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]  # four by two, clockwise, from where the writing's top left may be


class Box(NamedTuple):
    """A rectangle in pixels from the top left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Word:
    """A written word, where in its line's text it begins, where in the picture it stands.

    `likely` tells how likely each sign is (`alphabet`) in each of its columns.
    """

    text: str
    start: int
    box: Box
    confidence: float
    likely: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side; `confidence` is the reader's own, 0 to 1.

    `turns` are the quarter turns, against the clock, of the picture in which they stand upright.
    """

    text: str
    words: tuple[Word, ...]
    box: Box
    confidence: float
    turns: int = 0


@functools.cache
def is_present() -> bool:
    """Tell whether this machine can read writing: the package is installed with its models."""
    if importlib.util.find_spec("onnxruntime") is None or importlib.util.find_spec("cv2") is None:
        return False
    return all((_models() / name).is_file() for name in (DETECTOR, RECOGNIZER))


def _models() -> Path:
    found = importlib.util.find_spec("rapidocr")
    return Path(found.origin if found and found.origin else "absent").parent / "models"


def find_spots(pixels: Pixels) -> list[Corners]:
    """Return where writing stands in a picture, of whatever size it is given."""
    import cv2  # noqa: PLC0415 - optional

    height, width = (max(GRAIN_PX, round(side / GRAIN_PX) * GRAIN_PX) for side in pixels.shape[:2])
    grained = np.asarray(cv2.resize(pixels, (width, height)), np.uint8)
    with _reading:
        likely = _run(DETECTOR, _toned(grained))[0, 0]
    core = cv2.dilate((likely > WRITTEN).astype(np.uint8), np.ones((2, 2), np.uint8))
    found, _ = cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    scale = np.array([pixels.shape[1] / width, pixels.shape[0] / height], np.float32)
    spots: list[Corners] = []
    for contour in sorted(found, key=len, reverse=True)[:MOST_SPOTS]:
        middle, (across, down), turned = cv2.minAreaRect(contour)
        if min(across, down) < LEAST_PX:
            continue
        core_corners = np.asarray(cv2.boxPoints((middle, (across, down), turned)), np.float32)
        if _share(likely, core_corners) < SURELY_WRITTEN:
            continue
        more = across * down * SPREAD / (across + down)  # on both sides together
        spot = cv2.boxPoints((middle, (across + more, down + more), turned))
        spots.append(_clockwise(np.asarray(spot, np.float32)) * scale)
    return spots


def _share(likely: NDArray[np.float32], corners: Corners) -> float:
    """Return how likely the pixels in a place are written, on average."""
    import cv2  # noqa: PLC0415 - optional

    left, top = np.clip(np.floor(corners.min(axis=0)), 0, None).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = likely[top:bottom, left:right]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(corners - [left, top]).astype(np.int32)], 1)
    return float(cv2.mean(np.ascontiguousarray(part), mask)[0])


def _clockwise(corners: Corners) -> Corners:
    """Return the corners from the top left one on."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    top_left, bottom_left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    top_right, bottom_right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.stack([top_left, top_right, bottom_right, bottom_left]).astype(np.float32)


def read_spot(pixels: Pixels, corners: Corners) -> Line | None:
    """Return what is written in a place of a picture, from its first corner to its second."""
    import cv2  # noqa: PLC0415 - optional

    across = float(
        max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    )
    down = float(
        max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    )
    if across < LEAST_PX or down < LEAST_PX:
        return None
    length = int(min(LONGEST_STRIP_PX, max(8, np.ceil(STRIP_PX * across / down))))
    fine = int(max(1, min(4, np.ceil(down / STRIP_PX))))  # several pixels become one, evenly
    inside = np.array([[0, 0], [length, 0], [length, STRIP_PX], [0, STRIP_PX]], np.float32) * fine
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), inside)
    strip = cv2.warpPerspective(
        pixels,
        view,
        (length * fine, STRIP_PX * fine),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if fine > 1:
        strip = cv2.resize(strip, (length, STRIP_PX), interpolation=cv2.INTER_AREA)
    toned = np.zeros((1, 3, STRIP_PX, max(SHORTEST_STRIP_PX, length)), np.float32)
    toned[..., :length] = _toned(np.asarray(strip, np.uint8))
    with _reading:
        likely = _run(RECOGNIZER, toned)[0]
    return _line(likely, corners, toned.shape[3] / length, pixels.shape)


def _line(
    likely: NDArray[np.float32], corners: Corners, stretch: float, shape: tuple[int, ...]
) -> Line | None:
    """Return the line that is most likely, its words' places by the columns they were read in."""
    wanted, signs = _alphabet()
    asked = likely[:, wanted]
    best = asked.argmax(axis=1)
    seen = [
        (column, signs[sign], float(asked[column, sign]))
        for column, sign in enumerate(best)
        if sign and (column == 0 or sign != best[column - 1])
    ]
    text = "".join(sign for _, sign, _ in seen)
    if not text.strip():
        return None
    columns = len(likely) / stretch
    middles = [(column + 0.5) / columns for column, _, _ in seen]
    words = []
    at = 0
    for part in text.split(" "):
        end = at + len(part)
        if part:
            first = (middles[at - 1] + middles[at]) / 2 if at else 0.0
            last = (middles[end - 1] + middles[end]) / 2 if end < len(text) else 1.0
            sure = float(np.mean([each for _, _, each in seen[at:end]]))
            own = asked[int(first * columns) : int(np.ceil(last * columns))]
            words.append(Word(part, at, _box(_part(corners, first, last), shape), sure, own))
        at = end + 1
    return Line(
        text, tuple(words), _box(corners, shape), float(np.mean([each for *_, each in seen]))
    )


def _part(corners: Corners, first: float, last: float) -> Corners:
    """Return a piece of a strip, from one share of its length to another."""
    top_left, top_right, bottom_right, bottom_left = corners
    first, last = min(1.0, first), min(1.0, last)
    return np.stack(
        [
            top_left + (top_right - top_left) * first,
            top_left + (top_right - top_left) * last,
            bottom_left + (bottom_right - bottom_left) * last,
            bottom_left + (bottom_right - bottom_left) * first,
        ]
    )


def _toned(pixels: Pixels) -> NDArray[np.float32]:
    """Return a picture as the models want it: blue first, from -1 to 1."""
    return (pixels[:, :, ::-1].transpose(2, 0, 1)[None] / np.float32(127.5) - np.float32(1)).astype(
        np.float32
    )


def _run(model: str, asked: NDArray[np.float32]) -> NDArray[np.float32]:
    session = _session(model)
    answer: NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: asked})[0]
    return answer


@functools.cache
def _session(model: str) -> "InferenceSession":
    import onnxruntime  # noqa: PLC0415 - optional

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        str(_models() / model), options, providers=["CPUExecutionProvider"]
    )


def alphabet() -> list[str]:
    """Return the signs that are asked for, in the order of `Word.likely`; the first is none."""
    return _alphabet()[1]


@functools.cache
def _alphabet() -> tuple[NDArray[np.intp], list[str]]:
    """Return which of the recognizer's signs are asked for, and them; the first one is no sign."""
    known = _session(RECOGNIZER).get_modelmeta().custom_metadata_map["character"].splitlines()
    every = ["", *known, " "]
    wanted = [
        at for at, sign in enumerate(every) if len(sign) <= 1 and ord(sign or " ") <= LAST_LETTER
    ]
    return np.array(wanted), [every[at] for at in wanted]


def _box(corners: Corners, shape: tuple[int, ...]) -> Box:
    """Return the upright rectangle round a slanting one, as far as it lies in the picture."""
    most = (shape[1], shape[0])
    left, top = np.clip(np.floor(corners.min(axis=0)), 0, most).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(axis=0)), 0, most).astype(int)
    return Box(int(left), int(top), int(right - left), int(bottom - top))
