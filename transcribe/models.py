"""Whisper models on disk: each a folder of `<data>/models`, complete, with its checksums.

A folder whose name begins with a dot is unfinished: a download to go on with, or a copy that was
cut off. It takes its real name by one rename, after everything in it was checked.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from transcribe.catalogue import offer_of_weights
from transcribe.transcript import TranscribeError

NEEDED = ("model.bin", "config.json", "tokenizer.json")
ONE_OF = ("vocabulary.json", "vocabulary.txt")
OPTIONAL = ("preprocessor_config.json",)  # large-v3 needs it; it comes with the files of others too
MANIFEST = "manifest.json"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

OnBytes = Callable[[int, int], None]  # done, in all
Trial = Callable[[Path], str]  # loads a folder once; says what is wrong, or nothing


class ModelError(TranscribeError):
    """A model cannot be installed, added or removed."""


class IncompleteModelError(ModelError):
    """A folder lacks a file; faster-whisper would ask the network for it."""


@dataclass(frozen=True)
class Installed:
    """A model on disk."""

    name: str
    folder: Path
    size_bytes: int
    source: str  # where it came from, as the manifest says; empty: no manifest


def check(folder: Path) -> None:
    """Refuse a folder that is not a complete model.

    Without `tokenizer.json` faster-whisper fetches one, whatever its switches say; and a path that
    is no folder it takes for the name of a model to download.

    Raises:
        IncompleteModelError: What is missing.
    """
    if not folder.is_dir():
        raise IncompleteModelError(f"There is no model folder {folder}.")
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in ONE_OF):
        missing.append(ONE_OF[0])
    if missing:
        raise IncompleteModelError(f"The model {folder.name} lacks {', '.join(missing)}.")
    for name in (*NEEDED, *ONE_OF):
        if (folder / name).is_file() and not (folder / name).stat().st_size:
            raise IncompleteModelError(f"{name} of the model {folder.name} is empty.")


def installed(models_dir: Path) -> list[Installed]:
    """List the complete models, the smallest first."""
    found = []
    for folder in models_dir.glob("*") if models_dir.is_dir() else ():
        if NAME.fullmatch(folder.name) and _is_complete(folder):
            size_bytes = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
            found.append(Installed(folder.name, folder, size_bytes, _source(folder)))
    return sorted(found, key=lambda model: (model.size_bytes, model.name))


def names(models_dir: Path) -> tuple[str, ...]:
    """What there is, complete or not, but for what is unfinished."""
    folders = models_dir.glob("*") if models_dir.is_dir() else ()
    return tuple(
        sorted(each.name for each in folders if each.is_dir() and NAME.fullmatch(each.name))
    )


def unusable(models_dir: Path) -> list[str]:
    """What is wrong with each folder that is no complete model: a sentence for each."""
    told = []
    for name in names(models_dir):
        try:
            check(models_dir / name)
        except IncompleteModelError as error:
            told.append(str(error))
    return told


def best(models_dir: Path) -> Installed | None:
    """The largest one that is complete: it hears best, and somebody wanted it."""
    models = installed(models_dir)
    return models[-1] if models else None


def add(
    source: Path,
    models_dir: Path,
    *,
    name: str = "",
    on_progress: OnBytes | None = None,
    trial: Trial | None = None,
) -> Installed:
    """Copy a model from a folder or a stick, for machines without internet.

    A model that another kiosk installed brings its checksums along; the copy is held to them, and
    one with the weights of the catalogue to the sums that stand there.

    Args:
        source: Its folder.
        models_dir: `<data>/models`.
        name: Its name here; else the folder's.
        on_progress: Hears bytes done and bytes in all.
        trial: Loads the copy once, before it gets its name.

    Raises:
        IncompleteModelError: The folder is no complete model.
        ModelError: The name is taken or impossible, the disk is full, or the copy is damaged.
    """
    check(source)
    name = name or source.resolve().name
    target = free_folder(name, models_dir)
    files = [path for path in source.iterdir() if path.name in {*NEEDED, *ONE_OF, *OPTIONAL}]
    size_bytes = sum(path.stat().st_size for path in files)
    need_room(models_dir, size_bytes)
    partial = models_dir / f".{name}.adding"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        done = 0
        for path in files:
            for size in _copy(path, partial / path.name):
                done += size
                if on_progress:
                    on_progress(done, size_bytes)
        wanted = _manifest(source)
        if wrong := _wrong_files(partial, wanted):
            raise ModelError(f"On the way here, {', '.join(wrong)} was damaged. Copy it again.")
        sums = {path.name: sha256(path) for path in partial.iterdir()}
        if wrong := _unlike_the_catalogue(sums):
            raise ModelError(f"{', '.join(wrong)} is damaged, or belongs to another model.")
        known = offer_of_weights(sums["model.bin"])
        told = known.source if known else _source(source) or "added from a folder"
        if trial and (fault := trial(partial)):
            raise ModelError(fault.replace(partial.name, name))
        return settle(partial, target, source=told)
    except OSError as error:
        raise ModelError(f"The model could not be copied: {error.strerror}.") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def verify(name: str, models_dir: Path, *, trial: Trial | None = None) -> list[str]:
    """Return what is wrong with a model, in plain words; nothing if all its checksums fit.

    Args:
        name: As `installed` lists it.
        models_dir: `<data>/models`.
        trial: Loads it once, where its checksums fit.

    Raises:
        ModelError: There is no model of that name.
    """
    folder = _existing(name, models_dir)
    try:
        check(folder)
    except IncompleteModelError as error:
        return [str(error)]
    wanted = _manifest(folder)
    if not wanted:
        return [f"{name} has no {MANIFEST}, so there is nothing to compare it with."]
    wrong = _wrong_files(folder, wanted) or _unlike_the_catalogue(wanted)
    faults = [f"{each} of {name} is damaged." for each in wrong]
    if not faults and trial and (fault := trial(folder)):
        faults.append(fault)
    return faults


def remove(name: str, models_dir: Path) -> None:
    """Delete a model, and what a cut-off download of it has left.

    Raises:
        ModelError: There is no model of that name.
    """
    folder = _existing(name, models_dir)
    shutil.rmtree(folder)
    for left_over in models_dir.glob(f".{name}.*"):
        shutil.rmtree(left_over, ignore_errors=True)


def settle(partial: Path, target: Path, *, source: str) -> Installed:
    """Write the checksums of a finished folder and give it its name, all synced to disk."""
    check(partial)
    sums = {path.name: sha256(path) for path in sorted(partial.iterdir()) if path.is_file()}
    text = json.dumps({"source": source, "sha256": sums}, indent=1)
    (partial / MANIFEST).write_text(text + "\n", encoding="utf-8")
    for path in (*partial.iterdir(), partial):
        _sync(path)
    partial.rename(target)
    _sync(target.parent)
    return next(each for each in installed(target.parent) if each.name == target.name)


def free_folder(name: str, models_dir: Path) -> Path:
    """Return the folder for a new model; `ModelError` if the name is impossible or taken.

    One that is damaged, by its own checksums, makes room.
    """
    if not NAME.fullmatch(name):
        raise ModelError("A model's name is made of letters, digits, dots, dashes: up to 64.")
    if name in names(models_dir) and _is_damaged(models_dir / name):
        shutil.rmtree(models_dir / name)
    if (models_dir / name).exists():
        raise ModelError(f"There is a model {name} already. Remove it first.")
    return models_dir / name


def _is_damaged(folder: Path) -> bool:
    if folder.is_symlink():  # somebody else's
        return False
    return not _is_complete(folder) or bool(_wrong_files(folder, _manifest(folder)))


def need_room(models_dir: Path, size_bytes: int) -> None:
    """Refuse with a plain sentence where a model does not fit on the disk."""
    models_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(models_dir).free
    if free < size_bytes + (200 << 20):
        raise ModelError(
            f"The model needs {size_bytes >> 20} MB and 200 MB to spare; {free >> 20} MB are free."
        )


def sha256(path: Path) -> str:
    """Return a file's checksum."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _existing(name: str, models_dir: Path) -> Path:
    folder = models_dir / name
    if not NAME.fullmatch(name) or not folder.is_dir():
        raise ModelError(f"There is no model {name}. `kiosk models list` shows those there are.")
    return folder


def _is_complete(folder: Path) -> bool:
    try:
        check(folder)
    except IncompleteModelError:
        return False
    return True


def _wrong_files(folder: Path, wanted: dict[str, str]) -> list[str]:
    return [
        name
        for name, digest in wanted.items()
        if not (folder / name).is_file() or sha256(folder / name) != digest
    ]


def _unlike_the_catalogue(sums: dict[str, str]) -> list[str]:
    """Files that do not belong to the weights beside them, where we know these weights."""
    known = offer_of_weights(sums.get("model.bin", ""))
    if known is None:
        return []
    return [each.name for each in known.files if sums.get(each.name) != each.sha256]


def _manifest(folder: Path) -> dict[str, str]:
    sums = _read_manifest(folder).get("sha256")
    return {Path(str(k)).name: str(v) for k, v in sums.items()} if isinstance(sums, dict) else {}


def _source(folder: Path) -> str:
    return str(_read_manifest(folder).get("source", ""))


def _read_manifest(folder: Path) -> dict[str, object]:
    try:
        read = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _copy(source: Path, target: Path) -> Iterator[int]:
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(4 << 20):
            yield writing.write(block)


def _sync(path: Path) -> None:
    """Flush a file to disk; a folder only where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
