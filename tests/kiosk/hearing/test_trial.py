"""A damaged model is told by a sentence, and never added, whatever is wrong with it."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.commands.doctor import check_speech
from kiosk.hearing.front import Hearing
from kiosk.hearing.trial import fault_of
from kiosk.house import House
from tests.support.kiosk_in_folder import app_of
from tests.support.places import MICRO
from tests.support.running import kiosk
from transcribe import models


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MICRO, tmp_path / "copy"))


def half(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


DAMAGE = {
    "nothing in it": ("model.bin", lambda _: b""),
    "half of it": ("model.bin", half),
    "noise of its length": ("model.bin", lambda raw: os.urandom(len(raw))),
    "no vocabulary": ("vocabulary.json", lambda _: b'["a", "b"]'),
    "a cut tokenizer": ("tokenizer.json", half),
    "no configuration": ("config.json", lambda _: b"{"),
}


def test_a_whole_model_is_found_to_be_fine(copy: Path):
    assert fault_of(copy) == ""


@pytest.mark.parametrize("what", DAMAGE)
def test_whatever_is_damaged_is_told_by_a_sentence(copy: Path, what: str):
    name, change = DAMAGE[what]
    (copy / name).write_bytes(change((copy / name).read_bytes()))
    fault = fault_of(copy)
    assert fault.endswith(".")
    assert "Error" not in fault


def test_a_damaged_model_is_not_added_and_doctor_names_it(copy: Path, tmp_path: Path):
    raw = (copy / "model.bin").read_bytes()
    (copy / "model.bin").write_bytes(half(raw))
    data = tmp_path / "data"
    done = kiosk("models", "add", copy, "--data-dir", data)
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert models.installed(data / "models") == []
    (copy / "model.bin").write_bytes(raw)
    assert kiosk("models", "add", copy, "--data-dir", data).returncode == 0
    (data / "models" / "copy" / "model.bin").write_bytes(half(raw))
    verified = kiosk("models", "verify", "--data-dir", data)
    assert verified.returncode == 1
    assert "model.bin of copy is damaged" in verified.stdout
    assert "is not usable" in kiosk("doctor", "--data-dir", data).stdout


@pytest.mark.parametrize("what", DAMAGE)
def test_a_model_damaged_later_is_named_by_verify_and_doctor_and_speak_says_that_sound_waits(
    what: str, copy: Path, tmp_path: Path, make_house: Callable[..., House]
):
    """As on a worn card: it was whole when it was added."""
    models_dir = tmp_path / "models"
    models.add(copy, models_dir)
    folder = models_dir / "copy"
    assert models.verify("copy", models_dir, trial=fault_of) == []
    name, change = DAMAGE[what]
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    assert models.verify("copy", models_dir, trial=fault_of)
    house = make_house()
    assert "usable" in check_speech(house.settings, str(folder)).seen
    house.model_folder, house.hearing = folder, Hearing(folder, limits=house.settings.limits)
    house.hearing.start()
    try:
        deadline = time.monotonic() + 120
        while house.hearing.has_model and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "cannot turn speech into words yet" in app_of(house).test_client().get("/").text
    finally:
        house.hearing.stop()
