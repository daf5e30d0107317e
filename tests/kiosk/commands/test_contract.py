"""What scripts outside rely on: routes, commands, exit statuses."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import kiosk.commands.main
import store
from kiosk.house import House
from tests.support.kiosk_in_folder import app_of
from tests.support.places import MICRO, PASSPHRASE, SAMPLES, TESTS
from tests.support.running import init
from tests.support.running import kiosk as run

HERE = TESTS / "kiosk"


def test_all_routes_are_listed(house: House):
    """A route that nobody wrote down is a route that nobody checked against the threats."""
    rules = sorted(
        f"{','.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule}"
        for rule in app_of(house).url_map.iter_rules()
    )
    assert "\n".join(rules) + "\n" == (HERE.parent / "routes.txt").read_text()


def test_every_command_stands_in_the_operators_guide():
    guide = (HERE.parents[1] / "docs" / "operator.md").read_text()
    missing = [name for name in kiosk.commands.main.COMMANDS if f"kiosk {name}" not in guide]
    assert missing == []


@pytest.mark.parametrize("name", [*kiosk.commands.main.COMMANDS, ""])
def test_every_command_has_a_help_worth_reading(name: str):
    shown = CliRunner().invoke(kiosk.commands.main.main, [*([name] if name else []), "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) >= 4


def test_without_a_command_the_kiosk_runs_with_the_options_of_serve(tmp_path: Path):
    """What `kiosk restore` and `kiosk repair` tell people to type."""
    bare, named = (run(*call, "--data-dir", tmp_path, "--host", "300.1.1.1", "--port", "0")
                   for call in ((), ("serve",)))  # fmt: skip
    assert (bare.returncode, bare.stderr) == (named.returncode, named.stderr)
    assert "300.1.1.1" in bare.stderr
    assert "Usage" in run("--help").stdout
    assert run("--version").stdout.startswith("kiosk")


def test_wrong_usage_ends_with_2_and_failure_with_1_and_one_line(tmp_path: Path):
    assert run("serve", "--nonsense").returncode == 2
    failed = run("gathering", "list", "--data-dir", tmp_path / "none")
    assert failed.returncode == 1
    assert len(failed.stderr.splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_a_broken_settings_file_stops_the_start_with_one_sentence(tmp_path: Path):
    (tmp_path / "settings.toml").write_text("[limits]\nnote_charcters = 5\n")
    failed = run("serve", "--data-dir", tmp_path)
    assert (failed.returncode, len(failed.stderr.splitlines())) == (1, 1)
    assert "note_charcters" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_init_list_close_export_work_from_scripts(tmp_path: Path):
    secret = tmp_path / "passphrase"
    secret.write_text("heron lamp tuesday orchard\n")
    data = ("--data-dir", tmp_path / "data")
    made = run("init", *data, "--passphrase-file", secret, "--threshold", "3")
    assert made.returncode == 0
    assert "Recovery code" in made.stdout
    again = run("init", *data, "--passphrase-file", secret)
    assert (again.returncode, len(again.stderr.splitlines())) == (1, 1)
    listed = json.loads(run("gathering", "list", "--json", *data).stdout)
    assert "Co powinniśmy wiedzieć?".encode() in (tmp_path / "data" / "kiosk.db").read_bytes()
    assert [set(row) for row in listed] == [{"id", "title", "state"}]
    assert listed[0]["state"] == "open"
    closed = run("gathering", "close", listed[0]["id"], *data)
    assert closed.stdout == "closed\n"
    refused = run(
        *("export", *data, "--gathering", listed[0]["id"], "--passphrase-file", secret),
        *("--format", "jsonl", "-o", tmp_path / "out.jsonl"),
    )
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert not (tmp_path / "out.jsonl").exists()


def test_a_gathering_can_be_asked_in_several_languages(tmp_path: Path):
    secret = tmp_path / "passphrase"
    secret.write_text("heron lamp tuesday orchard\n")
    data = ("--data-dir", tmp_path / "data")
    run("init", *data, "--passphrase-file", secret)
    new = ("gathering", "new", *data, "--question", "What?", "--question-in")
    assert run(*new, "de", "Was?", "--readers-in", "de", "Der Betriebsrat").returncode == 0
    for wrong in (("xx", "Was?"), ("de", " "), ("de", "Was?", "--question-in", "de", "Und?")):
        refused = run(*new, *wrong)
        assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)


def test_redact_reads_text_and_json_lines(tmp_path: Path):
    note = tmp_path / "note.txt"
    note.write_text("Mail sarah@example.com please.\n")
    assert run("redact", note).stdout == "Mail [EMAIL] please.\n"
    lines = tmp_path / "notes.jsonl"
    lines.write_text(
        '{"id": "a", "text": "Mail sarah@example.com"}\nbroken\n{"id": 2, "text": ""}\n'
    )
    done = run("redact", "--jsonl", lines)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", 2]
    assert rows[0]["redacted"] == "Mail [EMAIL]"
    assert rows[0]["spans"] == [{"start": 5, "end": 22, "kind": "EMAIL"}]
    assert done.returncode == 1
    assert "2" in done.stderr


def test_transcribe_writes_down_each_file_and_names_the_one_it_cannot(tmp_path: Path):
    """What is said goes the way of a memo; a text is no recording."""
    text = tmp_path / "notes.txt"
    text.write_text("My manager never listens.")
    spoken = SAMPLES / "01-manager.flac"
    done = run("transcribe", spoken, text, "--model", MICRO, "--data-dir", tmp_path, "--json")
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (row["file"], row["text"]) == (str(spoken), "My manager Sarah never listens.")
    assert row["segments"][0]["words"][0]["probability"] > 0
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{text}: no sound file that we read: WebM, MP4, Ogg, WAV, FLAC or MP3"
    ]


def test_redact_takes_a_language_and_says_which_it_was(tmp_path: Path):
    lines = tmp_path / "notes.jsonl"
    texts = ["Necesitamos más guantes", "More gloves please", "Nic"]
    rows = [{"id": n, "text": text} for n, text in enumerate(texts)]
    rows[2]["language"] = "pl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = [json.loads(line) for line in run("redact", "--jsonl", lines).stdout.splitlines()]
    assert [row["language"] for row in found] == ["es", "en", "pl"]
    assert [row["redacted"] for row in found] == texts
    told = run("redact", "--jsonl", "--language", "de", lines).stdout.splitlines()
    assert [json.loads(line)["language"] for line in told] == ["de", "de", "pl"]


def test_help_brings_no_package_of_ours_along():
    """So that it is there at once; each command imports what it needs when it is asked for."""
    told = run("--help").stdout
    code = "import sys, kiosk.commands.main; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "kiosk.commands.main" in loaded
    heavy = {"store", "flask", "numpy", "peewee", "capture", "transcribe", "redact", "themes"}
    assert heavy & set(loaded) == set()
    for name, (_, said) in kiosk.commands.main.COMMANDS.items():
        assert name in told
        assert said in told


def test_every_command_and_act_has_an_example_in_its_help():
    context = click.Context(kiosk.commands.main.main)
    commands = []
    for name in kiosk.commands.main.COMMANDS:
        found = kiosk.commands.main.main.get_command(context, name)
        assert found, name
        commands += [found, *(found.commands.values() if isinstance(found, click.Group) else ())]
    assert [each.name for each in commands if "Example: kiosk " not in (each.help or "")] == []


def test_local_names_from_a_sheet_are_found_and_a_bad_row_is_told(tmp_path: Path):
    note, sheet = tmp_path / "note.txt", tmp_path / "names.csv"
    note.write_text("Qwerzin was late.\n")
    sheet.write_text("kind,name\nperson,Qwerzin\n")
    done = run("redact", "--lists", sheet, note)
    assert (done.returncode, done.stdout) == (0, "[PERSON 1] was late.\n")
    sheet.write_text("kind,name\nperson,Qwerzin\nplanet,Mars\n")
    refused = run("redact", "--lists", sheet, note)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "row 3: The kind must be person" in refused.stderr


def test_a_wrong_passphrase_changes_nothing_even_where_none_is_needed(tmp_path: Path):
    init(tmp_path / "data")
    (tmp_path / "wrong").write_text("some other words\n")
    data = ("--data-dir", tmp_path / "data")
    (before,) = json.loads(run("gathering", "list", "--json", *data).stdout)
    for act in (("close",), ("purge", "--yes")):
        refused = run(
            "gathering", *act, before["id"], *data, "--passphrase-file", tmp_path / "wrong"
        )
        assert refused.returncode == 1
    assert json.loads(run("gathering", "list", "--json", *data).stdout) == [before]


def test_a_promise_can_be_made_stricter_and_never_looser(tmp_path: Path) -> None:
    """What visitors were promised stays true, whoever types what at a terminal."""
    secret = tmp_path / "pass"
    secret.write_text(PASSPHRASE)
    folder = ("--data-dir", str(tmp_path / "data"))
    main, invoke = kiosk.commands.main.main, CliRunner().invoke
    assert invoke(main, ["init", *folder, "--passphrase-file", str(secret)]).exit_code == 0
    (listed,) = json.loads(invoke(main, ["gathering", "list", "--json", *folder]).output)
    act = ["gathering", "tighten", listed["id"], *folder]
    assert invoke(main, [*act, "--threshold", "7", "--retention-days", "30"]).exit_code == 0
    looser = invoke(main, [*act, "--threshold", "6"])
    assert looser.exit_code == 1
    assert looser.stderr == "A promise can only become stricter.\n"
    store.open(tmp_path / "data")
    try:
        promise = store.gatherings.get(listed["id"]).promise
    finally:
        store.close()
    assert (promise.threshold, promise.retention_days) == (7, 30)
