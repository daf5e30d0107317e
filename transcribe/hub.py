"""A hub of models: which files a model has there, and fetching them.

It speaks the Hugging Face hub's addresses for files, over plain HTTP, so that a copy of the hub on
one's own network serves as well. Its own client would do, but that begins a file anew after a cut
connection, and 480 MB over a hotel's network need to go on where they stopped.
"""

import errno
import hashlib
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transcribe.models import NEEDED, ONE_OF, OPTIONAL, ModelError

HUB = "https://huggingface.co"
TIMEOUT_SECONDS = 30
KNOCK_SECONDS = 10  # for the first answer: where the hub is walled off, nobody should wait long
TRIES = 5  # for a connection that breaks; each goes on where the one before stopped
LISTING_BYTES = 4_000_000
CUT_OFF = (OSError, http.client.HTTPException)  # URLError and timeouts are OSErrors
UNREACHABLE = (
    "The hub cannot be reached. Without internet, copy a model's folder to this machine and use "
    "`kiosk models add FOLDER`."
)


class NoHubError(ModelError):
    """The hub cannot be reached from here, or does not give the model out."""


@dataclass(frozen=True)
class HubFile:
    """A file as it has to be when it has come."""

    name: str
    size_bytes: int
    digest: str  # SHA-256; the hub itself gives git's SHA-1 for small ones

    def is_whole(self, path: Path) -> bool:
        """Whether the file there is this one, byte for byte."""
        if not path.is_file() or path.stat().st_size != self.size_bytes:
            return False
        is_sha256 = len(self.digest) == 64
        with path.open("rb") as file:
            if is_sha256:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.digest
            header = f"blob {self.size_bytes}\0".encode()  # how git names a file's content
            blob = hashlib.sha1(header + file.read(), usedforsecurity=False)
            return blob.hexdigest() == self.digest


class Hub:
    """One repository of a hub."""

    def __init__(self, endpoint: str, repository: str, wait: Callable[[float], None]) -> None:
        self._endpoint = endpoint
        self._repository = urllib.parse.quote(repository)
        self._wait = wait
        self._has_answered = False

    def commit(self, revision: str) -> str:
        """The commit that a branch stands at, so that all files are of one."""
        path = f"/api/models/{self._repository}/revision/{urllib.parse.quote(revision)}"
        answer = self._json(path)
        sha = answer.get("sha") if isinstance(answer, dict) else None
        if not isinstance(sha, str):
            raise ModelError("The hub does not say which version of the model it has.")
        return sha

    def files(self, commit: str) -> list[HubFile]:
        """The files that a model is made of, with their sizes and checksums."""
        path = f"/api/models/{self._repository}/tree/{urllib.parse.quote(commit)}"
        answer = self._json(path)
        if not isinstance(answer, list):
            raise ModelError("The hub's list of files cannot be understood.")
        wanted = {*NEEDED, *ONE_OF, *OPTIONAL}
        try:
            return [
                HubFile(
                    str(each["path"]),
                    int(each["size"]),
                    str(each["lfs"]["oid"] if each.get("lfs") else each["oid"]),
                )
                for each in answer
                if each["path"] in wanted
            ]
        except (KeyError, TypeError, ValueError):
            raise ModelError("The hub's list of files cannot be understood.") from None

    def fetch(self, file: HubFile, commit: str, target: Path, tell: Callable[[int], None]) -> None:
        """Download a file, from where it stopped, and hold it to its checksum."""
        for tries in range(1, TRIES + 1):
            try:
                self._go_on(file, commit, target, tell)
                break
            except CUT_OFF as error:
                self._give_up_or_wait(file, error, tries)
        if not file.is_whole(target):
            target.unlink()
            raise ModelError(f"{file.name} came damaged and was deleted. Start the command again.")

    def _give_up_or_wait(self, file: HubFile, error: Exception, tries: int) -> None:
        if isinstance(error, urllib.error.HTTPError):
            raise NoHubError(f"The hub does not hand out {file.name} ({error.code}).") from error
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise ModelError("The disk is full. Make room and start the command again.") from error
        if not self._has_answered:
            raise NoHubError(UNREACHABLE) from error
        if tries == TRIES:
            raise ModelError(
                f"{file.name} could not be fetched ({type(error).__name__}). "
                "Start the command again: it goes on where it stopped."
            ) from error
        self._wait(tries)

    def _go_on(self, file: HubFile, commit: str, target: Path, tell: Callable[[int], None]) -> None:
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

    def _json(self, path: str) -> object:
        try:
            with self._open(path, {}) as answer:
                listed: object = json.loads(answer.read(LISTING_BYTES))
                return listed
        except urllib.error.HTTPError as error:
            if error.code in {401, 404}:
                raise ModelError("The hub has no such model.") from error
            raise ModelError(f"The hub answered with error {error.code}. Try later.") from error
        except CUT_OFF as error:
            raise NoHubError(UNREACHABLE) from error
        except ValueError as error:
            raise ModelError("The hub's answer cannot be understood.") from error

    def _open(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        request = urllib.request.Request(  # noqa: S310  # the scheme was checked
            self._endpoint + path, headers=headers | {"User-Agent": "release-kiosk"}
        )
        seconds = TIMEOUT_SECONDS if self._has_answered else KNOCK_SECONDS
        answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=seconds)  # noqa: S310
        self._has_answered = True
        return answer
