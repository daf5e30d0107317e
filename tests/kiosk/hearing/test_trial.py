"""A damaged model is told by a sentence, and never added, whatever is wrong with it."""

import os
import shutil
from pathlib import Path

import pytest

from kiosk.hearing.trial import fault_of
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
