"""The model's process, for a model of random weights: told how much to write, and never to retry.

A real model ends a stretch by itself; this one would go on for ever. So it writes as many tokens as
a person speaks in that time, and one temperature is enough, since its words are never good.
"""

from typing import Any

import faster_whisper.transcribe

from kiosk.children import model
from transcribe import engine

TOKENS_A_SECOND = 100 / 30  # 75 words in half a minute
PROMPT_TOKENS = 4


def tokens(seconds: float) -> int:
    """The `max_length` at which ctranslate2 writes the tokens of so many seconds."""
    return 2 * (PROMPT_TOKENS + max(4, round(TOKENS_A_SECOND * seconds)))  # it halves it


class MeasuredModel(engine.Model):
    """faster-whisper, writing as much as the sound it is given would hold."""

    def transcribe(self, audio: Any, **options: Any) -> Any:
        """See `WhisperModel.transcribe`."""
        self.max_length = tokens(min(30.0, len(audio) / 16_000))
        return super().transcribe(audio, **options)


def measure() -> None:
    """Make this process load measured models instead of real ones."""
    # Random words end anywhere, and faster-whisper would hear the rest of the window once more.
    faster_whisper.transcribe.get_end = lambda _: None
    engine.TEMPERATURES = (0.0,)
    engine.Model = MeasuredModel  # type: ignore[misc]
    engine.is_invented = lambda *_, **__: False


if __name__ == "__main__":
    measure()
    model.main()
