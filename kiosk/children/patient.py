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
from concurrent import futures
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from kiosk.children import bounds
from transcribe.engine import AbandonedError, WhisperTranscriber
from transcribe.stretches import Stretch
from transcribe.transcript import Segment

LOWEST = 19
Wait = Callable[[Callable[[], bool], float], bool]


class Patient:
    """A model in a thread of its own, loaded there, too; threads that it starts give way as well.

    Where it cannot be loaded, it is never free.
    """

    def __init__(self, folder: Path, *, cpu_threads: int) -> None:
        self._thread = ThreadPoolExecutor(1, initializer=_give_way)
        self._loading = self._thread.submit(_loaded, folder, cpu_threads)
        self._hearing: Future[tuple[list[Segment], str]] | None = None

    def wait_until_loaded(self, seconds: float) -> None:
        """Give it so long to be loaded and warm; where it fails, nobody waits for it again."""
        futures.wait([self._loading], timeout=seconds)

    @property
    def is_free(self) -> bool:
        """Whether it is loaded, and hears no stretch that was given up."""
        if not self._loading.done() or self._loading.exception():
            return False
        return self._hearing is None or self._hearing.done()

    def hear(
        self,
        stretch: Stretch,
        *,
        language: str | None,
        likely: str = "",
        said: str = "",
        expected_seconds: float,
        is_guess: bool = False,
        is_pointless: Callable[[], bool],
        wait: Wait,
        wake: Callable[[], None],
    ) -> tuple[list[Segment], str]:
        """Transcribe a stretch, or leave off the moment that makes no sense any more.

        Waits until it is loaded.

        Args:
            stretch: As in `WhisperTranscriber.hear`.
            language: As there.
            likely: As there.
            said: As there.
            expected_seconds: What a stretch usually takes on this machine.
            is_guess: As there; left however far it is.
            is_pointless: True ends it, until the encoder is done; the rest takes less time than
                another pass would.
            wait: Returns when its argument is true, asking again whenever something arrived, or
                after so many seconds.
            wake: Makes `wait` ask again.

        Raises:
            AbandonedError: `is_pointless` said so, or it took too long. What still runs ends by
                itself.
        """
        engine = self._loading.result()
        is_encoded, is_given_up = threading.Event(), threading.Event()

        def is_for_nothing() -> bool:
            is_encoded.set()
            return is_given_up.is_set()

        heard = self._hearing = self._thread.submit(
            engine.hear,
            stretch,
            language=language,
            likely=likely,
            said=said,
            is_guess=is_guess,
            is_pointless=is_for_nothing,
        )
        heard.add_done_callback(lambda _: wake())
        wait(
            lambda: heard.done() or ((is_guess or not is_encoded.is_set()) and is_pointless()),
            bounds.late_seconds(expected_seconds),
        )
        if not heard.done():
            is_given_up.set()
            raise AbandonedError
        return heard.result()


def _loaded(folder: Path, cpu_threads: int) -> WhisperTranscriber:
    engine = WhisperTranscriber(folder, cpu_threads=cpu_threads)
    engine.warm_up()
    return engine


def _give_way() -> None:
    if sys.platform == "linux":  # where threads have priorities of their own
        os.setpriority(os.PRIO_PROCESS, 0, LOWEST)  # 0: of the thread that asks
