"""The types of the modules, as their comments tell them, under TypeScript's own checker."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.places import HOME

TSC = HOME / "node_modules" / "typescript" / "bin" / "tsc"


def test_the_lock_names_one_version_with_its_hash_and_no_host() -> None:
    """Who installs the checker gets the very file that we looked at, from wherever they get it."""
    lock = json.loads((HOME / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert list(packages) == ["node_modules/typescript"]
    for each in packages.values():
        assert each["integrity"].startswith("sha512-")
        assert "resolved" not in each


@pytest.mark.slow
@pytest.mark.skipif(not TSC.exists(), reason="needs node and what ./dev test installs beside it")
def test_a_wrong_type_is_found_and_ours_are_right(tmp_path: Path) -> None:
    planted = tmp_path / "planted.js"
    planted.write_text(
        "/** @param {number} x */ export function half(x) { return x / 2 }\nhalf('')\n"
    )
    options = ("--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022")
    said = tsc(*options, str(planted))
    assert "not assignable to parameter of type 'number'" in said
    assert tsc("-p", str(HOME)) == ""


def tsc(*arguments: str) -> str:
    done = subprocess.run(
        ["node", str(TSC), *arguments], capture_output=True, text=True, check=False, cwd=HOME
    )
    return done.stdout + done.stderr
