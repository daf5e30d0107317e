"""A second loaded model that gives way: it hears what people say while they go on talking.

A pass of the encoder cannot be stopped, and would make somebody who stops talking meanwhile wait
for its end. So passes for people who still talk run in threads of the lowest priority, on a model
of their own; who waits gets the first model and, at once, nearly all of the processor. Where
threads have no priorities of their own (outside Linux), the two share it.
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from transcribe.engine import AbandonedError, WhisperTranscriber
from transcribe.stretches import Stretch
from transcribe.transcript import Segment

LOWEST = 19
Wait = Callable[[Callable[[], bool]], None]


class Patient:
    """A model in a thread of its own; threads that it starts inherit the priority."""

    def __init__(self, folder: Path, *, cpu_threads: int) -> None:
        self._thread = ThreadPoolExecutor(1, initializer=_give_way)
        self._engine = self._thread.submit(
            WhisperTranscriber, folder, cpu_threads=cpu_threads
        ).result()

    def hear(
        self,
        stretch: Stretch,
        *,
        language: str | None,
        is_pointless: Callable[[], bool],
        wait: Wait,
        wake: Callable[[], None],
    ) -> tuple[list[Segment], str]:
        """Transcribe a stretch, or leave off the moment that makes no sense any more.

        Args:
            stretch: As in `WhisperTranscriber.hear`.
            language: As there.
            is_pointless: True ends it, until the encoder is done; the rest takes less time than
                another pass would.
            wait: Returns when its argument does, asking again whenever something arrived.
            wake: Makes `wait` ask again.

        Raises:
            AbandonedError: `is_pointless` said so. What still runs ends by itself.
        """
        is_encoded, is_given_up = threading.Event(), threading.Event()

        def is_for_nothing() -> bool:
            is_encoded.set()
            return is_given_up.is_set()

        heard = self._thread.submit(
            self._engine.hear, stretch, language=language, is_pointless=is_for_nothing
        )
        heard.add_done_callback(lambda _: wake())
        wait(lambda: heard.done() or (not is_encoded.is_set() and is_pointless()))
        if not heard.done() and not is_encoded.is_set():
            is_given_up.set()
            raise AbandonedError
        return heard.result()


def _give_way() -> None:
    if sys.platform == "linux":  # where threads have priorities of their own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST)
