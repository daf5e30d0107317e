"""Models come whole or not at all: from a hub, from a stick, over a bad connection."""

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import MICRO
from transcribe import models
from transcribe.catalogue import CATALOGUE, Offer, PinnedFile
from transcribe.engine import WhisperTranscriber
from transcribe.install import install
from transcribe.models import IncompleteModelError, ModelError

PARTS = (
    "model.bin",
    "config.json",
    "tokenizer.json",
    "vocabulary.json",
    "preprocessor_config.json",
)
SIZE = sum((MICRO / name).stat().st_size for name in PARTS)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "Systran/faster-whisper-base"
BASE = Offer(  # as the catalogue has it, but small
    name="base",
    repository=REPOSITORY,
    revision=COMMIT,
    files=tuple(
        PinnedFile(name, (MICRO / name).stat().st_size, models.sha256(MICRO / name))
        for name in PARTS
    ),
    memory_megabytes=1,
    minute_seconds=1,
    is_measured=True,
    languages="English",
    words="For tests.",
)


class Hub(http.server.BaseHTTPRequestHandler):
    """A hub on this machine, with the real one's addresses; it can be told to misbehave."""

    folder = MICRO
    ends_after: int | None = None  # bytes after which a connection breaks, once a file
    damaged = ""
    asked: list[tuple[str, str]]
    broke: set[str]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("Range", "")))
        api, files = f"/api/models/{REPOSITORY}", f"/{REPOSITORY}/resolve/{COMMIT}/"
        if self.path in {f"{api}/revision/main", f"{api}/revision/{COMMIT}"}:
            self._json({"sha": COMMIT})
        elif self.path == f"{api}/tree/{COMMIT}":
            self._json([self._listed(path) for path in sorted(self.folder.iterdir())])
        elif self.path.startswith(files):
            self._file(self.path.removeprefix(files))
        else:
            self.send_error(404)

    def _json(self, value: object) -> None:
        raw = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _listed(self, path: Path) -> dict[str, object]:
        raw = path.read_bytes()
        blob = hashlib.sha1(f"blob {len(raw)}\0".encode() + raw, usedforsecurity=False)
        entry: dict[str, object] = {"path": path.name, "size": len(raw), "oid": blob.hexdigest()}
        if path.name == "model.bin":
            entry["lfs"] = {"oid": hashlib.sha256(raw).hexdigest()}
        return entry

    def _file(self, name: str) -> None:
        raw = (self.folder / name).read_bytes()
        raw = raw.replace(b"a", b"b") if name == self.damaged else raw
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(raw) - start))
        self.end_headers()
        if self.ends_after is not None and name not in self.broke:
            self.broke.add(name)
            self.wfile.write(raw[start : start + self.ends_after])
            self.close_connection = True
        else:
            self.wfile.write(raw[start:])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[type[Hub]]:
    handler = type("OneHub", (Hub,), {"asked": [], "broke": set()})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield handler
        server.shutdown()
        thread.join()


def fetched(hub: type[Hub], folder: Path, **more: object) -> models.Installed:
    return install(
        "base",
        folder,
        sources=("hub",),
        endpoint=hub.address,
        catalogue=(BASE,),
        wait=lambda _: None,
        **more,
    )


def test_an_installed_model_is_whole_and_works(hub, tmp_path):
    heard: list[tuple[int, int]] = []
    model = fetched(hub, tmp_path, on_progress=lambda done, of: heard.append((done, of)))
    assert models.installed(tmp_path) == [model]
    assert model.name == "base"
    assert COMMIT in model.source
    assert models.verify("base", tmp_path) == []
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1] == SIZE
    WhisperTranscriber(model.folder, cpu_threads=1)
    assert [path.name for path in tmp_path.iterdir()] == ["base"]  # nothing unfinished is left


def test_a_broken_connection_goes_on_where_it_stopped(hub, tmp_path):
    hub.ends_after = 50_000
    fetched(hub, tmp_path)
    assert models.verify("base", tmp_path) == []
    resumed = {path.rsplit("/", 1)[1]: asked for path, asked in hub.asked if asked}
    assert resumed["model.bin"] == "bytes=50000-"


def test_a_download_that_was_stopped_is_continued_by_the_next_command(hub, tmp_path):
    def stop(done: int, _: int) -> None:
        if done > 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetched(hub, tmp_path, on_progress=stop)
    assert models.installed(tmp_path) == []  # and the kiosk does not take it for a model
    assert models.best(tmp_path) is None
    fetched(hub, tmp_path)
    assert models.verify("base", tmp_path) == []
    assert any(asked for path, asked in hub.asked if path.endswith("model.bin"))


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json"])
def test_a_damaged_file_is_never_installed(hub, tmp_path, name):
    hub.damaged = name
    with pytest.raises(ModelError, match="damaged"):
        fetched(hub, tmp_path)
    assert models.installed(tmp_path) == []
    hub.damaged = ""
    fetched(hub, tmp_path)
    assert models.verify("base", tmp_path) == []


def test_a_model_that_is_not_in_the_catalogue_is_held_to_its_hubs_sums(hub, tmp_path):
    def stranger() -> models.Installed:
        return install(REPOSITORY, tmp_path, endpoint=hub.address, wait=lambda _: None)

    hub.damaged = "model.bin"
    with pytest.raises(ModelError, match="damaged"):
        stranger()
    hub.damaged = ""
    assert stranger().name == "faster-whisper-base"
    assert any("/tree/" in path for path, _ in hub.asked)


def test_a_model_of_the_catalogue_is_held_to_its_sums_whatever_its_hub_says(hub, tmp_path):
    """The listing is not even asked for: a hub that was taken over cannot hand out another."""
    hub.folder = tmp_path / "there"
    hub.folder.mkdir()
    for path in MICRO.iterdir():
        (hub.folder / path.name).write_bytes(path.read_bytes())
    (hub.folder / "config.json").write_bytes((MICRO / "config.json").read_bytes() + b" ")
    with pytest.raises(ModelError, match="damaged"):
        fetched(hub, tmp_path / "models")
    assert not any("/api/" in path for path, _ in hub.asked)


def test_a_hub_whose_model_lacks_a_file_is_refused(hub, tmp_path):
    hub.folder = tmp_path / "there"
    hub.folder.mkdir()
    for path in MICRO.iterdir():
        if path.name != "tokenizer.json":
            (hub.folder / path.name).write_bytes(path.read_bytes())
    with pytest.raises(IncompleteModelError, match=r"tokenizer\.json"):
        install(REPOSITORY, tmp_path / "models", endpoint=hub.address)
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        fetched(hub, tmp_path / "models")


@pytest.mark.parametrize(
    ("name", "said"),
    [("nothing", "no model"), ("some/where", "no such model"), ("../../etc", "no model")],
)
def test_an_unknown_model_is_one_plain_sentence(hub, tmp_path, name, said):
    with pytest.raises(ModelError, match=said):
        install(name, tmp_path, endpoint=hub.address)


def test_without_a_connection_the_way_by_stick_is_named(tmp_path):
    with pytest.raises(ModelError, match="kiosk models add"):
        install("base", tmp_path, endpoint="http://127.0.0.1:9", sources=("hub",))
    with pytest.raises(ModelError, match="kiosk models add"):
        install("small", tmp_path, endpoint="http://127.0.0.1:9")
    with pytest.raises(ModelError, match="http"):
        install("base", tmp_path, endpoint="file:///etc")


def test_a_model_is_added_from_a_folder(tmp_path):
    heard: list[int] = []
    model = models.add(MICRO, tmp_path, on_progress=lambda done, _: heard.append(done))
    assert model.folder == tmp_path / "whisper-micro"
    assert models.verify("whisper-micro", tmp_path) == []
    assert heard[-1] == SIZE
    with pytest.raises(ModelError, match="already"):
        models.add(MICRO, tmp_path)


def test_a_damaged_stick_is_noticed(tmp_path):
    """The checksums of the kiosk that installed the model travel along."""
    stick = models.add(MICRO, tmp_path / "stick", name="base").folder
    (stick / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="damaged"):
        models.add(stick, tmp_path / "kiosk")
    assert models.installed(tmp_path / "kiosk") == []
    with pytest.raises(ModelError, match="kiosk is bad"):  # by its name, not that of the copy
        models.add(MICRO, tmp_path, name="kiosk", trial=lambda copy: f"{copy.name} is bad")


def test_verify_says_what_is_wrong(tmp_path):
    folder = models.add(MICRO, tmp_path, name="m").folder
    changed = bytearray((folder / "model.bin").read_bytes())
    changed[1000] ^= 1
    (folder / "model.bin").write_bytes(changed)
    assert models.verify("m", tmp_path) == ["model.bin of m is damaged."]
    (folder / "tokenizer.json").unlink()
    assert "tokenizer.json" in models.verify("m", tmp_path)[0]
    with pytest.raises(ModelError):
        models.verify("other", tmp_path)


def test_a_damaged_model_is_named_and_makes_room_for_a_whole_one(hub, tmp_path):
    folder = models.add(MICRO, tmp_path, name="base").folder
    assert models.unusable(tmp_path) == []
    with pytest.raises(ModelError, match="already"):
        fetched(hub, tmp_path)
    (folder / "tokenizer.json").write_bytes(b"{}")
    fetched(hub, tmp_path)
    (folder / "model.bin").write_bytes(b"")
    assert models.unusable(tmp_path) == ["model.bin of the model base is empty."]
    fetched(hub, tmp_path)
    assert models.verify("base", tmp_path) == []


@pytest.mark.parametrize("name", ["", ".", "..", "../kiosk.db", "a/b", ".hidden", "x" * 65])
def test_only_models_are_removed(tmp_path, name):
    """No name reaches out of the models' folder."""
    (tmp_path / "models").mkdir()
    (tmp_path / "kiosk.db").write_bytes(b"x")
    with pytest.raises(ModelError):
        models.remove(name, tmp_path / "models")
    assert (tmp_path / "kiosk.db").exists()


def test_a_removed_model_is_gone(tmp_path):
    models.add(MICRO, tmp_path, name="m")
    models.remove("m", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_offer_says_what_it_costs():
    for each in CATALOGUE:
        assert each.words.endswith(".")
        assert each.megabytes > 0
        assert models.NAME.fullmatch(each.name)
    assert len({each.name for each in CATALOGUE}) == len(CATALOGUE)
