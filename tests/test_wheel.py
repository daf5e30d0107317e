"""The wheel is the whole kiosk: built, installed where nothing else is, walked to the end."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PIL import Image, ImageDraw

from kiosk.i18n import VISITORS_ONLY
from tests.support.places import HOME, PASSPHRASE
from tests.support.running import Running, running

ROOMS = ("release_kiosk", "kiosk", "capture", "transcribe", "redact", "store", "themes", "static")
LANGUAGES = sorted(path.stem for path in (HOME / "kiosk" / "translations").glob("*.po"))
THRESHOLD = 3
UNDATED = {name: text for name, text in os.environ.items() if name != "SOURCE_DATE_EPOCH"}


def build(folder: Path, *, tree: Path = HOME, umask: int = -1, **environ: str) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run(
        [*command, str(tree)], capture_output=True, text=True, check=False,
        umask=umask, env={**UNDATED, **environ},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


@dataclass
class Installed:
    """An environment of its own with the wheel in it; our dependencies lie on its path."""

    python: Path
    packages: Path
    folder: Path

    def environ(self) -> dict[str, str]:
        """This process's own, less what leads back to the tree."""
        return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def kiosk(self, *arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python.parent / "kiosk", *map(str, arguments)],
            capture_output=True,
            text=True,
            input=text,
            check=False,
            cwd=self.folder,
            env=self.environ(),
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "environment", with_pip=False)
    python = folder / "environment" / "bin" / "python"
    packages = next((folder / "environment" / "lib").glob("python*/site-packages"))
    options = ("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    pip = (sys.executable, "-m", "pip", "--python", str(python), "install", *options)
    done = subprocess.run([*pip, str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shared = [path for path in sys.path if Path(path).name == "site-packages"]
    (packages / "dependencies.pth").write_text("\n".join(shared) + "\n")
    return Installed(python, packages, folder)


def shipped(root: Path) -> set[str]:
    """Every file of the rooms that are shipped, less what Python and translators leave there."""
    left = ("__pycache__", "messages.pot")
    return {
        path.relative_to(root).as_posix()
        for room in ROOMS
        for path in (root / room).rglob("*")
        if path.is_file() and not {*path.relative_to(root).parts} & {*left}
    }


def test_the_wheel_holds_every_file_of_its_rooms_and_nothing_else(wheel: Path):
    """A catalogue that stays behind is a kiosk that speaks English only, and nobody notices."""
    named = zipfile.ZipFile(wheel).namelist()
    outside = {name for name in named if not name.startswith(("release_kiosk/", "release_kiosk-"))}
    assert outside == set()
    found = {name for name in named if name.startswith("release_kiosk/")}
    tree = {f"release_kiosk/{name}".replace("/release_kiosk/", "/") for name in shipped(HOME)}
    assert len(tree) > 250  # the search finds files at all
    assert found == tree
    assert f"release_kiosk/kiosk/translations/{LANGUAGES[0]}.po" in found
    assert not [name for name in found if "training" in name or "/tests/" in name]


def test_two_builds_are_one_file(wheel: Path, tmp_path: Path):
    """Whoever doubts a download builds it anew and compares: elsewhere, later, as somebody else."""
    tree = tmp_path / "another place"
    for name in (*ROOMS, "pyproject.toml", "README.md", "LICENSE"):
        copy = shutil.copytree if (HOME / name).is_dir() else shutil.copyfile
        tree.mkdir(exist_ok=True)
        copy(HOME / name, tree / name)
    for number, path in enumerate(sorted(tree.rglob("*"))):
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.utime(path, (978_307_200 + number, 978_307_200 + number))
    others = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    again = build(tmp_path / "1", tree=tree, umask=0o077, **others)
    assert digest(again) == digest(wheel)
    dated = build(tmp_path / "2", tree=tree, SOURCE_DATE_EPOCH="1000000000")
    assert digest(dated) != digest(wheel)  # whoever builds with a date asks for another file
    with (tree / "store" / "words.py").open("a") as file:
        file.write("#\n")
    assert digest(build(tmp_path / "3", tree=tree)) != digest(wheel)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_installed_kiosk_takes_one_name_and_trusts_no_neighbour(installed: Installed):
    """Somebody else's `store` in the same environment neither breaks ours nor is broken by it."""
    ours = {path.name for path in installed.packages.iterdir()}
    assert ours - {"__pycache__"} == {
        "release_kiosk", "dependencies.pth", next(n for n in ours if n.endswith(".dist-info"))
    }  # fmt: skip
    try:
        for name in ("store", "static", "capture"):
            (installed.packages / f"{name}.py").write_text("raise SystemExit('a neighbour ran')\n")
        planted = subprocess.run(
            [installed.python, "-c", "import store"],
            capture_output=True, text=True, check=False,
            cwd=installed.folder, env=installed.environ(),
        )  # fmt: skip
        assert "a neighbour ran" in planted.stderr
        done = installed.kiosk("redact", text="Call Sarah Miller on 07700 900123.")
        assert done.returncode == 0, done.stderr
        assert "900123" not in done.stdout
        assert "[PERSON 1]" in done.stdout
        names = installed.folder / "names.csv"
        names.write_text("kind,name\nstaff,Zorblax\n")
        done = installed.kiosk("redact", "--lists", names, text="The zorblax hides the keys.")
        assert done.returncode == 0, done.stderr
        assert "zorblax" not in done.stdout
    finally:
        for name in ("store", "static", "capture"):
            (installed.packages / f"{name}.py").unlink()


@pytest.fixture(scope="module")
def data_dir(installed: Installed) -> Path:
    folder = installed.folder / "data"
    (installed.folder / "passphrase").write_text(PASSPHRASE + "\n")
    done = installed.kiosk(
        *("init", "--data-dir", folder, "--threshold", str(THRESHOLD)),
        *("--passphrase-file", installed.folder / "passphrase"),
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def served(installed: Installed, data_dir: Path) -> Iterator[Running]:
    command = (str(installed.python.parent / "kiosk"), "serve", "--port", "0")
    with running(data_dir, command=(*command, "--data-dir", str(data_dir)), PYTHONPATH="") as kiosk:
        yield kiosk


def in_language(language: str, sentence: str) -> str:
    path = HOME / "kiosk" / "translations" / f"{language}.po"
    with path.open("rb") as file:
        message = read_po(file, locale=language).get(sentence)
    assert message
    assert message.string
    return str(message.string)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_installed_kiosk_speaks_every_language(served: Running, language: str):
    """On its page, at the desk's door, and where something went wrong."""
    places = [("/", "How this keeps you safe"), ("/nothing-here", "This did not work")]
    if language not in VISITORS_ONLY:
        places.append(("/review/", "Review desk"))
    for path, sentence in places:
        words = in_language(language, sentence)
        assert words != sentence
        status, page = served.call("GET", f"{path}?lang={language}", Accept="text/html")
        assert status in {200, 404}
        assert words in page
        assert f'<html lang="{language}"' in page


def test_every_sheet_and_module_that_a_page_names_is_there(served: Running):
    _, page = served.call("GET", "/", Accept="text/html")
    named = [part.split('"')[0] for part in page.split('="/static/')[1:]]
    assert {".css", ".js", ".woff2"} <= {Path(name).suffix for name in named}
    missing = [name for name in named if served.call("GET", f"/static/{name}")[0] != 200]
    assert missing == []


def drawing() -> bytes:
    picture = Image.new("RGB", (320, 240), "white")
    ImageDraw.Draw(picture).line((20, 20, 300, 200), fill="black", width=6)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


@pytest.mark.slow
def test_what_is_kept_in_an_installed_kiosk_comes_out_in_every_format(
    installed: Installed, served: Running, data_dir: Path
):
    """Note and drawing, in by the page's own calls, out by the command, after its closing."""
    options = ("--data-dir", data_dir)
    secret = ("--passphrase-file", installed.folder / "passphrase")
    for body, kind in (
        (b"Ask Sarah Miller about the lift.", "text/plain"),
        ("Der Aufzug hält nie.".encode(), "text/plain"),
        (drawing(), "image/png"),
    ):
        status, said = served.call(
            "POST", "/api/items", body, Content_Type=kind, Idempotency_Key=os.urandom(12).hex()
        )
        assert status == 201, said
        assert len(said["receipt"].split()) == 4
    (gathering,) = json.loads(installed.kiosk("gathering", "list", "--json", *options).stdout)
    closed = installed.kiosk("gathering", "close", gathering["id"], *options, *secret)
    assert closed.returncode == 0, closed.stderr
    shown = installed.kiosk("export", "--help").stdout
    formats = shown.split("--format [")[1].split("]")[0].split("|")
    assert len(formats) >= 4
    for name in formats:
        path = installed.folder / f"exported.{name}"
        done = installed.kiosk(
            *("export", "--gathering", gathering["id"], *options, *secret, "--format", name),
            *("--status", "all", "-o", path),
        )
        assert done.returncode == 0, done.stderr
        assert path.stat().st_size > 100
    exported = (installed.folder / "exported.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in exported.splitlines()]
    assert sorted(line["kind"] for line in lines) == ["drawing", "note", "note"]
    assert [line for line in lines if "[PERSON 1]" in (line["text"] or "")]


@pytest.mark.slow
def test_an_installed_kiosk_cleans_drawings(installed: Installed):
    (installed.folder / "in.png").write_bytes(drawing())
    out = installed.folder / "out.png"
    done = installed.kiosk("clean", installed.folder / "in.png", out)
    assert done.returncode == 0, done.stderr
    with Image.open(out) as rebuilt:
        assert rebuilt.size == (320, 240)
