"""The wheel is the whole kiosk: built, installed where nothing else is, started, asked."""

import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run([*command, str(HOME)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_pages_styles_and_models_and_nothing_of_training(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "kiosk/templates/visit.html",
        "static/css/main.css",
        "static/js/parts/api.js",
        "store/words.txt",
        "redact/ATTRIBUTION",
    ):
        assert needed in names
    assert not [name for name in names if "training" in name or name.startswith("tests/")]


@pytest.mark.slow
def test_a_kiosk_installed_from_the_wheel_starts_and_serves_its_page(wheel: Path, tmp_path: Path):
    """An empty environment: our wheel, and beside it what the lock file installed."""
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    packages = next((environment / "lib").glob("python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    ours = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    others = [
        path
        for path in ours.iterdir()
        if "release_kiosk" not in path.name and not path.name.startswith("__editable__")
    ]
    for path in others:
        (packages / path.name).symlink_to(path)
    command = "from kiosk.commands.main import main; main()"
    process = subprocess.Popen(
        [python, "-c", command, "serve", "--port", "0", "--data-dir", tmp_path / "data"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("Kiosk ready at "), line
        url = line.split()[-1]
        with urllib.request.urlopen(f"{url}/", timeout=10) as page:
            assert "<h1" in page.read().decode()
        with urllib.request.urlopen(f"{url}/static/css/main.css", timeout=10) as sheet:
            assert sheet.status == 200
    finally:
        process.terminate()
        process.communicate(timeout=20)
