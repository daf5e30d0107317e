"""The pure modules of the pages, under node's own test runner."""

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
