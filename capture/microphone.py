"""The kiosk's own microphone, for a box with its own screen or a browser that has none.

It records what the decoder takes anyway: a WAV of 16-bit mono, header first, so that words can come
while somebody still talks. Nothing of the sound stays here: it goes to whoever started the
recording, piece by piece.

Everything that can be wrong with a microphone becomes one plain sentence. sounddevice is imported
when first used: on Linux without PortAudio that import alone fails.
"""

import contextlib
import struct
import threading
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np

from capture.errors import CaptureError

RATES = (16_000, 48_000, 44_100)  # Hz; the first is what the model wants, the others are common
BLOCK_SECONDS = 0.05
SILENT_SECONDS = 2.0  # a device that gives no frames for so long is gone; not every system says so
ENDLESS = 0xFFFF_FFFF  # a WAV's size while nobody knows it yet

# PortAudio's error numbers (portaudio.h)
INVALID_DEVICE, INVALID_RATE, DEVICE_UNAVAILABLE = -9996, -9997, -9985

OnPiece = Callable[[bytes], None]


class MicrophoneError(CaptureError):
    """The microphone cannot be used; the message is a sentence for whoever stands before it."""


class NoMicrophoneError(MicrophoneError):
    """There is none, or none of that name."""


class BusyMicrophoneError(MicrophoneError):
    """Another program has it."""


class LostMicrophoneError(MicrophoneError):
    """It was there and is gone."""


def devices() -> list[str]:
    """Names of the microphones, the system's default first.

    Raises:
        NoMicrophoneError: This machine has no sound system.
    """
    sound = _library()
    with _plainly():
        found = [device for device in sound.query_devices() if device["max_input_channels"] > 0]
        default = sound.default.device[0]
    found.sort(key=lambda device: (device["index"] != default, device["name"]))
    return list(dict.fromkeys(str(device["name"]) for device in found))


def problem(name: str = "") -> str:
    """Say what is wrong with a microphone, in one sentence; nothing if it can be used."""
    try:
        _usable_rate(_library(), name)
    except MicrophoneError as error:
        return str(error)
    return ""


class Recorder:
    """One microphone, one recording at a time. Thread-safe.

    Args:
        name: One of `devices()`, or empty for the system's default.
        limit_seconds: A recording ends by itself after so much sound.
    """

    def __init__(self, name: str = "", *, limit_seconds: float) -> None:
        self._name = name
        self._limit_seconds = limit_seconds
        self._lock = threading.RLock()
        self._stream: Any = None
        self._rate = RATES[0]
        self._frames = 0
        self._level = 0.0
        self._heard_at = 0.0
        self.is_paused = False
        self._is_lost = False
        self._on_piece: OnPiece | None = None

    @property
    def is_recording(self) -> bool:
        """Whether a recording was started and not yet stopped."""
        return self._stream is not None

    @property
    def level(self) -> float:
        """Loudness of the last moment, 0 to 1, as a meter shows it."""
        return self._level if self.is_recording and not self.is_paused else 0.0

    @property
    def seconds(self) -> float:
        """How much has been recorded."""
        return self._frames / self._rate

    @property
    def is_full(self) -> bool:
        """Whether the limit is reached."""
        return self.seconds >= self._limit_seconds

    @property
    def is_lost(self) -> bool:
        """Whether the device went away while it recorded."""
        if not self.is_recording or self.is_full:
            return self._is_lost
        is_mute = time.monotonic() - self._heard_at > SILENT_SECONDS
        return self._is_lost or is_mute

    def start(self, on_piece: OnPiece) -> None:
        """Begin to record.

        Args:
            on_piece: Gets the WAV piece by piece, header first; called from the sound thread.

        Raises:
            MicrophoneError: Why not.
        """
        with self._lock:
            if self._stream is not None:
                raise BusyMicrophoneError("The microphone is already recording.")
            sound = _library()
            _refresh(sound)
            self._rate = _usable_rate(sound, self._name)
            self._frames, self._level = 0, 0.0
            self.is_paused = self._is_lost = False
            self._on_piece, self._heard_at = on_piece, time.monotonic()
            on_piece(header(self._rate, ENDLESS))
            try:
                with _plainly():
                    self._stream = sound.RawInputStream(
                        samplerate=self._rate, channels=1, dtype="int16", device=self._name or None,
                        blocksize=int(self._rate * BLOCK_SECONDS), callback=self._heard,
                        finished_callback=self._finished,
                    )  # fmt: skip
                    self._stream.start()
            except MicrophoneError:  # one that opens and does not start is free for the next
                self.drop()
                raise

    def pause(self) -> None:
        """Hear nothing until `resume`; the device stays open."""
        self.is_paused = True

    def resume(self) -> None:
        """Go on after `pause`."""
        self.is_paused = False

    def stop(self) -> float:
        """End the recording; returns how many seconds of it were handed on."""
        with self._lock:
            self._close()
            return self.seconds

    def drop(self) -> None:
        """End the recording and forget it."""
        with self._lock:
            self._close()
            self._frames, self._level = 0, 0.0

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        self._on_piece = None
        if stream is not None:
            with contextlib.suppress(MicrophoneError), _plainly():
                stream.close(ignore_errors=True)

    def _heard(self, data: memoryview, frames: int, *_: object) -> None:
        """Take one block; runs in PortAudio's thread, so it copies and hands on."""
        self._heard_at = time.monotonic()
        if self.is_paused:
            return
        left = int(self._limit_seconds * self._rate) - self._frames
        block = bytes(data)[: 2 * max(0, min(frames, left))]
        if not block:
            return
        self._frames += len(block) // 2
        samples = np.frombuffer(block, np.int16).astype(np.float32) / 32768
        self._level = float(min(1.0, 3 * np.sqrt(np.mean(samples**2))))  # talk is near 0.1
        if self._on_piece:
            self._on_piece(block)

    def _finished(self) -> None:
        """PortAudio ended the stream; if nobody asked it to, the device is gone."""
        self._is_lost = self._stream is not None


def header(rate: int, data_bytes: int) -> bytes:
    """Return the 44 bytes before the samples of a 16-bit mono WAV."""
    riff_bytes = min(ENDLESS, data_bytes + 36)
    parts = (b"RIFF", riff_bytes, b"WAVEfmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", data_bytes)
    return struct.pack("<4sI8sIHHIIHH4sI", *parts)


def _library() -> ModuleType:
    try:
        import sounddevice  # noqa: PLC0415  # see the module's docstring
    except OSError:
        raise NoMicrophoneError(
            "This kiosk has no sound system (PortAudio), so its own microphone cannot be used."
        ) from None
    found: ModuleType = sounddevice
    return found


def _refresh(sound: ModuleType) -> None:
    """Look for devices anew: PortAudio knows only those that were there when it was started."""
    with _plainly():
        sound._terminate()  # noqa: SLF001  # the documented way, sounddevice issue 125
        sound._initialize()  # noqa: SLF001


def _usable_rate(sound: ModuleType, name: str) -> int:
    """The first rate that the device takes."""
    for rate in RATES:
        try:
            with _plainly():
                sound.check_input_settings(
                    device=name or None, channels=1, dtype="int16", samplerate=rate
                )
        except _WrongRateError:
            continue
        return rate
    raise MicrophoneError("The microphone records in a way that this kiosk does not understand.")


class _WrongRateError(MicrophoneError):
    """It cannot record at this rate, perhaps at another."""


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Turn what PortAudio says into one of our sentences."""
    sound = _library()
    try:
        yield
    except ValueError:
        raise NoMicrophoneError("There is no microphone of the name in the settings.") from None
    except sound.PortAudioError as error:
        raise _sentence(error.args[1] if len(error.args) > 1 else None) from None


def _sentence(number: int | None) -> MicrophoneError:
    if number == INVALID_RATE:
        return _WrongRateError("The microphone cannot record at any rate that this kiosk knows.")
    if number == DEVICE_UNAVAILABLE:
        return BusyMicrophoneError("Another program is using the microphone.")
    if number is None or number == INVALID_DEVICE:
        return NoMicrophoneError("No microphone is plugged in.")
    return LostMicrophoneError("The microphone does not answer. Please unplug it and try again.")
