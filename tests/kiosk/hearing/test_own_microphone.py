"""The kiosk's own microphone, through the running kiosk: real PortAudio, fed from a file."""

import ctypes.util
import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.kiosk_in_folder import app_of
from tests.support.places import MICRO
from tests.support.recordings import sample
from tests.support.running import Running, init, running

ALSA = Path("/usr/share/alsa/alsa.conf")
needs_sound = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None or not ALSA.exists(),
    reason="needs PortAudio and ALSA (apt: libportaudio2)",
)


def ask(kiosk: Running, method: str, path: str, **headers: str) -> tuple[int, Any]:
    request = urllib.request.Request(kiosk.url + path, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def with_microphone(folder: Path, configuration: str) -> Path:
    data = folder / "data"
    init(data)
    (data / "settings.toml").write_text(
        "[speech]\nown_microphone = true\n[limits]\nmemo_seconds = 10\n"
    )
    (folder / "asound.conf").write_text(configuration)
    return data


@needs_sound
def test_what_is_said_into_the_kiosks_own_microphone_becomes_words(tmp_path: Path):
    spoken = tmp_path / "speech.raw"
    padded = np.concatenate([sample("10-homophone.flac"), np.zeros(160_000, np.float32)])
    spoken.write_bytes((padded * 32768).clip(-32768, 32767).astype(np.int16).tobytes())
    data = with_microphone(
        tmp_path,
        f'<{ALSA}>\npcm.filemic {{ type file slave.pcm "null" file "/dev/null" '
        f'infile "{spoken}" format "raw" }}\n'
        'pcm.!default { type plug slave.pcm "filemic" }\n',
    )
    sound = {"ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"), "PULSE_SERVER": ""}
    with running(data, "--model", MICRO, **sound) as kiosk:
        status, started = ask(kiosk, "POST", "/api/microphone/start")
        assert (status, started["state"]) == (201, "recording")
        assert ask(kiosk, "POST", "/api/microphone/start")[0] == 409
        time.sleep(1)
        assert ask(kiosk, "GET", "/api/microphone")[1]["seconds"] > 2
        paused = ask(kiosk, "POST", "/api/microphone/pause")[1]
        assert (paused["state"], paused["level"]) == ("paused", 0)
        assert ask(kiosk, "POST", "/api/microphone/resume")[1]["state"] == "recording"
        stopped = ask(kiosk, "POST", "/api/microphone/stop")[1]
        assert stopped["draft"] == started["draft"]
        shown: Any = {}
        for _second in range(60):
            shown = ask(kiosk, "GET", f"/api/drafts/{started['draft']}")[1]
            if shown["state"] != "working":
                break
            time.sleep(0.5)
        assert shown["text"] == "My trainer [PERSON 1] is always late."


@needs_sound
def test_without_a_device_there_is_one_plain_sentence_and_other_doors_stay_open(tmp_path: Path):
    data = with_microphone(tmp_path, f"<{ALSA}>\n")
    sound = {"ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"), "PULSE_SERVER": ""}
    with running(data, **sound) as kiosk:
        status, problem = ask(kiosk, "POST", "/api/microphone/start")
        assert status == 409
        assert problem["detail"].endswith("You can write or draw instead.")
        assert ask(kiosk, "GET", "/api/microphone")[1]["state"] == "stopped"


def test_a_request_from_the_network_never_starts_it(make_house: Any):
    house = make_house()
    client = app_of(house).test_client()
    house.own_microphone = object()
    for headers, environ in (
        ({}, {"REMOTE_ADDR": "192.0.2.9"}),
        ({}, {"kiosk.from_network": True}),
        ({"Origin": "http://evil.example"}, {}),
    ):
        for path in [f"/api/microphone/{act}" for act in ("start", "pause", "resume", "stop")]:
            answer = client.post(path, headers=headers, environ_overrides=environ)
            assert answer.status_code == 403, (headers, environ)


def test_without_the_setting_there_is_no_microphone_to_start(client: Any):
    assert client.post("/api/microphone/start").status_code == 403
    assert "data-own-microphone" not in client.page("/")
