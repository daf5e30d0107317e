"""`kiosk themes`, as somebody runs it on texts of their own."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.commands.main import main
from tests.support.places import HOME

NOTES = [
    {"id": f"{matter}{n}", "text": f"{words} {more}"}
    for matter, words in (("a", "canteen food cold"), ("b", "parking gate morning"))
    for n, more in enumerate(("today", "winter", "again friday", "soup", "bikes", "door"))
]


def run(path: Path, *options: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["themes", *options, str(path)])
    return done.exit_code, done.stdout, done.stderr


def test_lines_in_give_a_group_and_a_name_for_each_id(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text("".join(json.dumps(note) + "\n" for note in NOTES))
    code, out, _ = run(file, "--groups", "2")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == [note["id"] for note in NOTES]
    groups = {row["id"][0]: row["group"] for row in rows if row["group"] is not None}
    assert set(groups) == {"a", "b"}
    assert groups["a"] != groups["b"]
    assert all((row["group"] is None) == (row["name"] is None) for row in rows)
    mixed = random.Random(1).sample(NOTES, len(NOTES))  # noqa: S311  # an order, no secret
    file.write_text("".join(json.dumps(note) + "\n" for note in mixed))
    again = [json.loads(line) for line in run(file, "--groups", "2")[1].splitlines()]
    assert sorted(map(str, again)) == sorted(map(str, rows))


def test_a_line_that_is_no_note_is_told_and_nothing_is_grouped(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    for wrong in ("no json", '{"id": 1}', '{"text": "a"}', "[1]", '{"id": 1, "text": 2}'):
        file.write_text('{"id": 1, "text": "a canteen"}\n' + wrong + "\n")
        code, out, err = run(file)
        assert (code, out) == (1, "")
        assert "Line 2" in err


def test_an_empty_file_gives_nothing(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text("\n")
    assert run(file)[:2] == (0, "")


MULTIPLY = """
import os, sys
if sys.argv[1] == "as a command": import kiosk.commands.main
import numpy
numpy.ones((900, 900)) @ numpy.ones((900, 900))
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor needs no second thread")
def test_linear_algebra_has_one_thread_that_does_not_wait_busily():
    """The control: as numpy comes, it takes a thread for each processor."""
    environ = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    threads = [
        int(subprocess.check_output([sys.executable, "-c", MULTIPLY, how], env=environ, cwd=HOME))
        for how in ("as it comes", "as a command")
    ]
    assert threads[0] > 1
    assert threads[1] == 1
