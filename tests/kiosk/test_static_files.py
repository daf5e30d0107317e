"""What is served of `static/`: what a page uses and was there at the start."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import static_files


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


def test_only_what_is_listed_is_served(folder: Path, client: Any):
    """Nothing that an editor, a careless export or a link leaves there."""
    secret = folder.parent / "secret.css"
    secret.write_text("a secret")
    (folder / "css" / "page.css").write_text("body { color: red }")
    for name in ("page.css~", ".page.css.swp", "names.csv", "notes.txt", "page.pyc"):
        (folder / "css" / name).write_text("a secret")
    (folder / "css" / "link.css").symlink_to(secret)
    (folder / "out").symlink_to(folder.parent)
    assert client.get("/static/css/page.css").data == b"body { color: red }"
    (folder / "css" / "later.css").write_text("a secret")
    there = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert len(there) == 8
    for name in {*there, "out/secret.css"} - {"css/page.css"}:
        for version in ("", f"{static_files.version()}/"):
            assert client.get(f"/static/{version}{name}").status_code == 404


def test_a_file_that_goes_away_is_no_fault(folder: Path, client: Any):
    (folder / "css" / "page.css").write_text("body { color: red }")
    assert client.get("/static/css/page.css").status_code == 200
    (folder / "css" / "page.css").unlink()
    assert client.get("/static/css/page.css").status_code == 404
