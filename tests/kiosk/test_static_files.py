"""What is served of `static/`: what a page uses and was there at the start."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import static_files
from tests.support.kiosk_in_folder import app_of
from tests.support.places import HOME


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    made = tmp_path / "static"
    (made / "css").mkdir(parents=True)
    monkeypatch.setattr(static_files, "root", lambda: made)
    caches = (static_files.listed, static_files.version)
    for each in caches:
        each.cache_clear()
    yield made
    for each in caches:
        each.cache_clear()


def test_only_what_is_listed_is_served(folder: Path, house: Any):
    """Nothing that an editor, a careless export or a link leaves there, nor what comes later."""
    secret = folder.parent / "secret.css"
    secret.write_text("a secret")
    (folder / "css" / "page.css").write_text("body { color: red }")
    for name in ("page.css~", ".page.css.swp", "names.csv", "notes.txt", "page.pyc"):
        (folder / "css" / name).write_text("a secret")
    (folder / "css" / "link.css").symlink_to(secret)
    (folder / "out").symlink_to(folder.parent)
    client = app_of(house).test_client()
    (folder / "css" / "later.css").write_text("a secret")
    assert client.get("/static/css/page.css").data == b"body { color: red }"
    there = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert len(there) == 8
    for name in {*there, "out/secret.css"} - {"css/page.css"}:
        for version in ("", f"{static_files.version()}/"):
            assert client.get(f"/static/{version}{name}").status_code == 404


def test_a_file_that_goes_away_is_no_fault(folder: Path, house: Any):
    (folder / "css" / "page.css").write_text("body { color: red }")
    client = app_of(house).test_client()
    assert client.get("/static/css/page.css").status_code == 200
    (folder / "css" / "page.css").unlink()
    assert client.get("/static/css/page.css").status_code == 404


def strays(names: set[str]) -> set[str]:
    """Files of `static/` that would be served and that no commit holds."""
    told = subprocess.run(
        ["git", "ls-files", "static"], cwd=HOME, capture_output=True, text=True, check=True
    )
    return {f"static/{name}" for name in names} - set(told.stdout.splitlines())


@pytest.mark.skipif(not (HOME / ".git").exists(), reason="a copy without its history")
def test_every_file_that_is_served_was_committed():
    """The list of a kiosk is its repository; its wheel holds no other file."""
    assert strays({"css/main.css", "js/left-behind.js"}) == {"static/js/left-behind.js"}
    assert len(static_files.listed()) > 100
    assert strays(set(static_files.listed())) == set()
