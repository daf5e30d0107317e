"""The kiosk's own microphone, on a real PortAudio whose input is fed from a file.

PortAudio reads its configuration once in a process, so each test drives one of its own.
"""

import ctypes.util
import io
import json
import os
import shutil
import subprocess
import sys
import textwrap
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from capture.container import container_of
from capture.microphone import ENDLESS, header
from tests.support.recordings import decoded, sample

ALSA = Path("/usr/share/alsa/alsa.conf")
pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None or not ALSA.exists(),
    reason="needs PortAudio and ALSA (apt: libportaudio2)",
)
FILE_MICROPHONE = f"""
<{ALSA}>
pcm.filemic {{ type file slave.pcm "null" file "/dev/null" infile "SOUND" format "raw" }}
pcm.!default {{ type plug slave.pcm "filemic" }}
"""
NO_MICROPHONE = f"<{ALSA}>\n"


def run(program: str, configuration: Path) -> dict[str, object]:
    """Run a program that prints one line of JSON, with its own sound devices."""
    result = subprocess.run(
        [sys.executable, "-c", "import json, time\n" + textwrap.dedent(program)],
        env=os.environ | {"ALSA_CONFIG_PATH": str(configuration), "PULSE_SERVER": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


@pytest.fixture
def spoken() -> np.ndarray:
    return (sample("04-three-sentences.flac") * 32768).astype(np.int16)


@pytest.fixture
def file_microphone(tmp_path: Path, spoken: np.ndarray) -> Path:
    sound = tmp_path / "speech.raw"
    sound.write_bytes(spoken.tobytes())
    configuration = tmp_path / "asound.conf"
    configuration.write_text(FILE_MICROPHONE.replace("SOUND", str(sound)))
    return configuration


@pytest.fixture
def no_microphone(tmp_path: Path) -> Path:
    configuration = tmp_path / "asound.conf"
    configuration.write_text(NO_MICROPHONE)
    return configuration


def test_what_is_said_is_recorded_to_the_sample(file_microphone, spoken, tmp_path):
    """Three seconds of the file come back as three seconds of WAV, piece by piece."""
    said = run(
        f"""
        from capture.microphone import Recorder, devices, problem
        microphone, pieces = Recorder(limit_seconds=3), []
        microphone.start(pieces.append)
        assert microphone.is_recording
        while not microphone.is_full: time.sleep(0.01)
        level = microphone.level
        seconds = microphone.stop()
        open({str(tmp_path / "live.wav")!r}, "wb").write(b"".join(pieces))
        print(json.dumps([devices(), problem(), seconds, level, microphone.is_recording]))
        """,
        file_microphone,
    )
    devices, problem, seconds, level, is_recording = said
    assert devices
    assert (problem, seconds, is_recording) == ("", 3.0, False)
    assert 0 <= level <= 1
    live = (tmp_path / "live.wav").read_bytes()
    clip = decoded(live, recorded_seconds=3)
    assert np.array_equal((clip.samples * 32768).astype(np.int16), spoken[: 3 * 16_000])


def test_a_dropped_recording_is_gone(file_microphone):
    seconds = run(
        """
        from capture.microphone import Recorder
        microphone = Recorder(limit_seconds=1)
        microphone.start(lambda piece: None)
        while not microphone.is_full: time.sleep(0.01)
        microphone.drop()
        print(json.dumps([microphone.stop(), microphone.seconds, microphone.is_recording]))
        """,
        file_microphone,
    )
    assert seconds == [0, 0, False]


def test_one_microphone_records_one_thing_at_a_time(file_microphone):
    said = run(
        """
        from capture.microphone import BusyMicrophoneError, Recorder
        microphone = Recorder(limit_seconds=1)
        microphone.start(len)
        try: microphone.start(len)
        except BusyMicrophoneError as error: print(json.dumps(str(error)))
        microphone.drop()
        """,
        file_microphone,
    )
    assert said == "The microphone is already recording."


def test_after_a_pause_it_goes_on(file_microphone):
    before, paused, after = run(
        """
        from capture.microphone import Recorder
        microphone = Recorder(limit_seconds=100_000)
        microphone.start(lambda piece: None)
        time.sleep(0.2); microphone.pause(); time.sleep(0.1)
        before = microphone.seconds
        time.sleep(0.2); paused = microphone.seconds
        microphone.resume(); time.sleep(0.2)
        print(json.dumps([before, paused, microphone.seconds]))
        microphone.drop()
        """,
        file_microphone,
    )
    assert 0 < before == paused < after


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "No microphone is plugged in."),
        ("USB", "There is no microphone of the name in the settings."),
    ],
)
def test_without_a_microphone_one_sentence_says_so(no_microphone, name, sentence):
    """And the other doors stay open: nothing but this error comes."""
    said = run(
        f"""
        from capture.microphone import Recorder, NoMicrophoneError, devices, problem
        try: Recorder({name!r}, limit_seconds=5).start(len)
        except NoMicrophoneError as error: said = str(error)
        print(json.dumps([said, problem({name!r}), devices()]))
        """,
        no_microphone,
    )
    assert said == [sentence, sentence, []]


def test_without_a_sound_system_one_sentence_says_so(no_microphone):
    """A server without PortAudio still serves."""
    said = run(
        """
        import ctypes.util
        ctypes.util.find_library = lambda name: None
        from capture import microphone
        print(json.dumps(microphone.problem()))
        """,
        no_microphone,
    )
    assert "PortAudio" in said


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (-9985, "BusyMicrophoneError"),
        (-9996, "NoMicrophoneError"),
        (-9999, "LostMicrophoneError"),
        (None, "NoMicrophoneError"),
    ],
)
def test_each_of_portaudios_errors_is_a_sentence(number, kind):
    """The numbers are PortAudio's own; nobody can make a device busy on demand."""
    from capture import microphone

    error = microphone._sentence(number)
    assert type(error).__name__ == kind
    assert str(error).endswith(".")


def test_a_device_that_takes_other_rates_is_used_at_one(monkeypatch):
    """Cheap USB microphones know 48 kHz only."""
    from capture import microphone

    class Picky:
        class PortAudioError(Exception):
            pass

        def check_input_settings(self, *, samplerate: int, **_: object) -> None:
            if samplerate not in self.rates:
                raise self.PortAudioError("Invalid sample rate", -9997)

    picky = Picky()
    monkeypatch.setattr(microphone, "_library", lambda: picky)
    picky.rates = {44_100}
    assert microphone._usable_rate(picky, "") == 44_100
    picky.rates = set()
    with pytest.raises(microphone.MicrophoneError, match="does not understand"):
        microphone._usable_rate(picky, "")


def test_a_device_that_opens_and_does_not_start_keeps_nobody_out(monkeypatch):
    """Unplugged at that very moment: whoever comes next is not told that it is in use."""
    from capture import microphone

    class StubbornError(Exception):
        PortAudioError = property(lambda _: StubbornError)
        check_input_settings = close = lambda *_, **__: None
        _terminate = _initialize = lambda _: None
        opened = 0

        def RawInputStream(self, **_: object):  # noqa: N802
            self.opened += 1
            return self

        def start(self):
            if self.opened == 1:
                raise StubbornError("it went away", -9999)

    sound = StubbornError()
    monkeypatch.setattr(microphone, "_library", lambda: sound)
    recorder = microphone.Recorder(limit_seconds=1)
    with pytest.raises(microphone.LostMicrophoneError):
        recorder.start(len)
    assert not recorder.is_recording
    recorder.start(len)
    assert recorder.is_recording


def test_the_header_is_a_waves():
    """Also while its length is not known yet."""
    with wave.open(io.BytesIO(header(16_000, 4) + bytes(4))) as recorded:
        assert (recorded.getnframes(), recorded.getsampwidth()) == (2, 2)
    assert container_of(header(48_000, ENDLESS)) == "wav"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="needs pulseaudio")
def test_a_microphone_that_goes_away_is_noticed(tmp_path):
    """What was heard until then was handed on, and it says that nothing more comes."""
    socket = tmp_path / "pulse.sock"
    (tmp_path / "kiosk.pa").write_text(
        f"load-module module-native-protocol-unix socket={socket} auth-anonymous=1\n"
        "load-module module-null-sink sink_name=kiosk rate=16000 channels=1 format=s16le\n"
        "load-module module-remap-source source_name=kioskmic master=kiosk.monitor\n"
        "set-default-source kioskmic\n"
    )
    configuration = tmp_path / "asound.conf"
    configuration.write_text(
        f'<{ALSA}>\npcm.!default {{ type pulse server "unix:{socket}" }}\n'
        f'ctl.!default {{ type pulse server "unix:{socket}" }}\n'
    )
    server = subprocess.Popen(
        ["pulseaudio", "-n", "-F", str(tmp_path / "kiosk.pa"), "--exit-idle-time=-1"],
        env=os.environ | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.05)
        seconds, is_recording = run(
            f"""
            import os, signal
            from capture.microphone import Recorder
            microphone = Recorder(limit_seconds=60)
            microphone.start(lambda piece: None)
            while microphone.seconds < 0.5: time.sleep(0.05)
            assert not microphone.is_lost
            os.kill({server.pid}, signal.SIGKILL)
            while not microphone.is_lost: time.sleep(0.05)
            print(json.dumps([microphone.stop(), microphone.is_recording]))
            """,
            configuration,
        )
    finally:
        server.kill()
        server.wait()
    assert seconds >= 0.5
    assert not is_recording
