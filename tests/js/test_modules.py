"""The pure modules of the pages, under node's own test runner."""

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE = shutil.which("node")


@pytest.mark.skipif(not NODE, reason="needs node")
@pytest.mark.parametrize("module", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_module(module: str) -> None:
    done = subprocess.run(
        [str(NODE), "--test", HERE / module], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]


def test_vendored_files_are_exactly_those_of_the_manifest() -> None:
    """Whoever changes one by hand has to say so; each comes with its licence."""
    vendor = HERE.parents[1] / "static" / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))
    found = {
        path.relative_to(vendor).as_posix(): "sha384-"
        + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    listed = {
        f"{name}/{file}": digest
        for name, package in manifest.items()
        for file, digest in package["files"].items()
    }
    assert found == listed
    assert all("LICENSE" in package["files"] for package in manifest.values())
    fonts = [path.stat().st_size for path in vendor.rglob("*.woff2")]
    assert sum(fonts) < 60_000
