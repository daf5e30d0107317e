"""The front of the eye: drawings go in as bytes and come out as pixels with places to cover.

A hostile picture meets its decoder in a child process without network, and the memory that reading
takes is the child's. One drawing is read at a time; from each place two may be here, and
further ones are asked to come back, so that pages always find a free thread.
"""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from capture.drawing import DrawingTooLargeError, UnreadableDrawingError
from capture.errors import WrongTypeError
from capture.photo import UnknownPictureError
from kiosk.children.child import Child
from kiosk.children.eye_frames import FROM_EYE, Look, Refused, Seen
from kiosk.children.wire import WireError
from kiosk.drafts import Picture, TooManyDraftsError
from kiosk.places import HERE, Turns
from kiosk.settings import Limits
from redact import EMPTY, LocalLists

PATIENCE_SECONDS = 60.0  # a small board needs ten for a full sheet
IDLE_SECONDS = 300.0  # then the child ends, and its memory with it
MOST_DRAWINGS = 1  # for one child: one that a drawing took over sees no other drawing
REFUSALS = {
    "DrawingTooLargeError": DrawingTooLargeError,
    "UnknownPictureError": UnknownPictureError,
    "UnreadableDrawingError": UnreadableDrawingError,
    "WrongTypeError": WrongTypeError,
}


class DrawingReader:
    """Thread-safe. The child is started when the first drawing comes."""

    def __init__(self) -> None:
        self._places = Turns(here=2, afar=2)
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._used = 0.0
        self._count = 0

    def read(
        self,
        untrusted_picture: bytes,
        *,
        limits: Limits,
        place: str = HERE,
        lists: LocalLists = EMPTY,
        strength: str = "standard",
        is_photo: bool = False,
        corners: Sequence[tuple[float, float]] = (),
    ) -> Picture:
        """Rebuild a drawing and find what is written in it.

        If reading fails, the drawing is still rebuilt, and says that it could not be read.

        Args:
            untrusted_picture: As uploaded.
            limits: Of pixels and bytes.
            place: Where it comes from; none takes another's turn.
            lists: The organisation's own names.
            strength: A `redact.Strength`.
            is_photo: A photographed sheet: JPEG and WebP too, and larger.
            corners: Of that sheet, in shares of the photograph; none: they are looked for.

        Raises:
            CaptureError: It is no drawing that we take.
            TooManyDraftsError: Two are at it already.
        """
        turn = self._places.at(place)
        if not turn.acquire(timeout=1.0):
            raise TooManyDraftsError
        try:
            wish = Look(
                limit_pixels=limits.drawing_pixels,
                limit_bytes=limits.drawing_bytes,
                is_photo=is_photo,
                corners=tuple(corners),
                reads=True,
                lists=lists.to_json(),
                strength=strength,
                blob=untrusted_picture,
            )
            for reads in (True, False):
                try:
                    return _picture(self._ask(replace(wish, reads=reads)))
                except WireError:
                    continue  # it broke or took too long: once more, without reading
            raise UnreadableDrawingError("the drawing cannot be unpacked")
        finally:
            turn.release()

    def rest(self) -> None:
        """End a child that nobody has needed for a while."""
        if self._turn.acquire(blocking=False):
            try:
                if time.monotonic() - self._used > IDLE_SECONDS:
                    self._end()
            finally:
                self._turn.release()

    def stop(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _ask(self, wish: Look) -> Seen | Refused:
        with self._turn:
            child = self._child = self._child or Child("kiosk.children.eye")
            late = threading.Timer(PATIENCE_SECONDS, child.kill)
            late.start()
            try:
                child.post(wish)
                answer = child.receive(FROM_EYE)
            except WireError:
                self._end()
                raise
            finally:
                late.cancel()
                self._used = time.monotonic()
            self._count += 1
            if self._count >= MOST_DRAWINGS:
                self._end()
                with suppress(OSError):  # else the next one starts it
                    self._child = Child("kiosk.children.eye")  # has loaded when the next one comes
            return answer

    def _end(self) -> None:
        if self._child:
            self._child.close()
        self._child, self._count = None, 0


def _picture(answer: Seen | Refused) -> Picture:
    """Check what the child says: it may have been taken over."""
    if isinstance(answer, Refused):
        refusal = REFUSALS.get(answer.error, UnreadableDrawingError)
        raise refusal("the drawing was refused")
    try:
        pixels = np.frombuffer(answer.blob, np.uint8).reshape(answer.height, answer.width, 3)
    except ValueError:
        raise WireError("an answer that no eye of ours gives") from None
    return Picture(pixels, answer.writing, answer.corners)
