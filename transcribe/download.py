"""Fetching a model from a hub.

This is the only code of the project that goes to the internet, and only when an operator says so.
It speaks the Hugging Face hub's two addresses for files, over plain HTTP, so that a copy of the hub
on one's own network serves as well. Its own client would do, but that begins a file anew after a
cut connection, and 480 MB over a hotel's network need to go on where they stopped.
"""

import hashlib
import http.client
import json
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcribe.catalogue import offer
from transcribe.models import (
    NEEDED,
    ONE_OF,
    OPTIONAL,
    Installed,
    ModelError,
    OnBytes,
    free_folder,
    need_room,
    settle,
)

HUB = "https://huggingface.co"
TIMEOUT_SECONDS = 30
TRIES = 5  # for a connection that breaks; each goes on where the one before stopped
LISTING_BYTES = 4_000_000
CUT_OFF = (OSError, http.client.HTTPException)  # URLError and timeouts are OSErrors


@dataclass(frozen=True)
class _File:
    name: str
    size_bytes: int
    digest: str  # SHA-256 for large files, git's SHA-1 for small ones

    def is_whole(self, path: Path) -> bool:
        if path.stat().st_size != self.size_bytes:
            return False
        is_large = len(self.digest) == 64
        with path.open("rb") as file:
            if is_large:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.digest
            header = f"blob {self.size_bytes}\0".encode()  # how git names a file's content
            blob = hashlib.sha1(header + file.read(), usedforsecurity=False)
            return blob.hexdigest() == self.digest


def install(
    name: str,
    models_dir: Path,
    *,
    endpoint: str = HUB,
    revision: str = "main",
    on_progress: OnBytes | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Installed:
    """Download a model; what an earlier, cut-off try has left is used.

    Args:
        name: One of the catalogue, or `owner/repository` of a model in the same form.
        models_dir: `<data>/models`.
        endpoint: The hub's address, or that of a copy.
        revision: A branch, tag or commit.
        on_progress: Hears bytes done and bytes in all.
        wait: Sleeps between tries.

    Raises:
        ModelError: What went wrong and what to do.
    """
    known = offer(name)
    repository = known.repository if known else name
    if repository.count("/") != 1:
        raise ModelError(f"There is no model {name}. `kiosk models list` shows those there are.")
    if urllib.parse.urlsplit(endpoint).scheme not in {"http", "https"}:
        raise ModelError("The hub's address has to begin with https:// or http://.")
    hub = _Hub(endpoint.rstrip("/"), repository, wait)
    target = free_folder(name.rsplit("/", 1)[-1], models_dir)
    partial = models_dir / f".{target.name}.partial"
    commit = hub.commit(_begun(partial, repository) or revision)
    files = hub.files(commit)
    size_bytes = sum(file.size_bytes for file in files)
    partial.mkdir(parents=True, exist_ok=True)
    _note(partial).write_text(f"{repository} {commit}", encoding="utf-8")
    need_room(models_dir, size_bytes - sum(path.stat().st_size for path in partial.iterdir()))
    done = 0
    for file in files:
        hub.fetch(file, commit, partial / file.name, _from(done, size_bytes, on_progress))
        done += file.size_bytes
    _note(partial).unlink()
    return settle(partial, target, source=f"{repository} at {commit}")


def _from(done: int, size_bytes: int, on_progress: OnBytes | None) -> Callable[[int], None]:
    def tell(here: int) -> None:
        if on_progress:
            on_progress(done + here, size_bytes)

    return tell


def _note(partial: Path) -> Path:
    """Where an unfinished download says what it is of: a file may only be gone on with if so."""
    return partial / ".from"


def _begun(partial: Path, repository: str) -> str:
    """The commit that an unfinished download is of; clears away one of something else."""
    try:
        was, commit = _note(partial).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        was, commit = "", ""
    if was != repository:
        shutil.rmtree(partial, ignore_errors=True)
        return ""
    return commit


class _Hub:
    """One repository of a hub."""

    def __init__(self, endpoint: str, repository: str, wait: Callable[[float], None]) -> None:
        self._endpoint = endpoint
        self._repository = urllib.parse.quote(repository)
        self._wait = wait

    def commit(self, revision: str) -> str:
        """The commit that a branch stands at, so that all files are of one."""
        path = f"/api/models/{self._repository}/revision/{urllib.parse.quote(revision)}"
        answer = self._json(path)
        sha = answer.get("sha") if isinstance(answer, dict) else None
        if not isinstance(sha, str):
            raise ModelError("The hub does not say which version of the model it has.")
        return sha

    def files(self, commit: str) -> list[_File]:
        """The files that a model is made of, with their sizes and checksums."""
        answer = self._json(f"/api/models/{self._repository}/tree/{urllib.parse.quote(commit)}")
        wanted = {*NEEDED, *ONE_OF, *OPTIONAL}
        try:
            return [
                _File(
                    str(each["path"]),
                    int(each["size"]),
                    str(each["lfs"]["oid"] if each.get("lfs") else each["oid"]),
                )
                for each in answer
                if each["path"] in wanted
            ]
        except (KeyError, TypeError, ValueError):
            raise ModelError("The hub's list of files cannot be understood.") from None

    def fetch(self, file: _File, commit: str, target: Path, tell: Callable[[int], None]) -> None:
        """Download a file, from where it stopped, and hold it to its checksum."""
        for tries in range(1, TRIES + 1):
            try:
                self._go_on(file, commit, target, tell)
                break
            except CUT_OFF as error:
                if tries == TRIES or isinstance(error, urllib.error.HTTPError):
                    raise ModelError(
                        f"{file.name} could not be fetched ({type(error).__name__}). "
                        "Start the command again: it goes on where it stopped."
                    ) from error
                self._wait(tries)
        if not file.is_whole(target):
            target.unlink()
            raise ModelError(f"{file.name} came damaged and was deleted. Start the command again.")

    def _go_on(self, file: _File, commit: str, target: Path, tell: Callable[[int], None]) -> None:
        have = target.stat().st_size if target.exists() else 0
        if have > file.size_bytes:
            target.unlink()
            have = 0
        if have < file.size_bytes or not target.exists():
            path = f"/{self._repository}/resolve/{urllib.parse.quote(commit)}/{file.name}"
            with self._open(path, {"Range": f"bytes={have}-"} if have else {}) as answer:
                have = have if answer.status == http.HTTPStatus.PARTIAL_CONTENT else 0
                with target.open("ab" if have else "wb") as writing:
                    while block := answer.read(1 << 20):
                        have += writing.write(block)
                        if have > file.size_bytes:
                            return
                        tell(have)
            if have < file.size_bytes:
                raise ConnectionError("the connection ended early")
        tell(file.size_bytes)

    def _json(self, path: str) -> Any:
        try:
            with self._open(path, {}) as answer:
                return json.loads(answer.read(LISTING_BYTES))
        except urllib.error.HTTPError as error:
            if error.code in {401, 404}:
                raise ModelError("The hub has no such model.") from error
            raise ModelError(f"The hub answered with error {error.code}. Try later.") from error
        except CUT_OFF as error:
            raise ModelError(
                "The hub cannot be reached. Without internet, copy a model's folder to this "
                "machine and use `kiosk models add FOLDER`."
            ) from error
        except ValueError as error:
            raise ModelError("The hub's answer cannot be understood.") from error

    def _open(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        request = urllib.request.Request(  # noqa: S310  # the scheme was checked
            self._endpoint + path, headers=headers | {"User-Agent": "release-kiosk"}
        )
        return urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)  # type: ignore[no-any-return]  # noqa: S310
