"""`kiosk themes`, as somebody runs it on texts of their own."""

import json
import random
from pathlib import Path

from click.testing import CliRunner

from kiosk.commands.main import main

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
