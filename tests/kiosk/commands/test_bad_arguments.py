"""Whatever somebody types: one plain line that says what to do, and nothing of our insides."""

import re
import shlex
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import store
from kiosk.commands.main import main
from tests.support.kiosk_in_folder import set_up_folder
from tests.support.places import PASSPHRASE

# {missing} {empty} {binary} {folder} {huge} {text} {pass} {wrong} {data} {none} {taken} {deep} are
# paths, {outpost} a folder and {invitation} a file of a team; {id} is an open gathering,
# {closed} a closed one that stays sealed.
ONE = 1
TWO = 2
BAD = """
serve --nonsense
serve --port 99999
serve --port none
serve --data-dir {text}
serve --data-dir {data} --host 300.1.1.1
serve --data-dir {data} --host 300.1.1.1 --port 0
serve --data-dir {data} --host "" --model {missing}
serve --data-dir {data} --model {empty}
serve --data-dir {data} --model {folder}
serve --data-dir {odd_settings}
serve --data-dir {binary_settings}
serve --data-dir {folder_settings}
serve --data-dir {damaged}
init --data-dir {none}
init --data-dir {none} --passphrase-file {missing}
init --data-dir {none} --passphrase-file {folder}
init --data-dir {none} --passphrase-file {empty}
init --data-dir {none} --passphrase-file {binary}
init --data-dir {none} --passphrase-file {huge}
init --data-dir {none} --passphrase-file {pass} --threshold 2
init --data-dir {none} --passphrase-file {pass} --name " "
init --data-dir {data} --passphrase-file {pass}
init --data-dir {text} --passphrase-file {pass}
init --data-dir {text}/in/a/file --passphrase-file {pass}
redact {missing}
redact {folder}
redact {binary}
redact {huge}
redact {text} --strength much
redact {text} --lists {missing}
redact {text} --lists {folder}
redact {text} --lists {empty}
redact {text} --lists {binary}
redact {text} --lists {huge}
redact {text} --lists {text}
redact {text} --lists {bad_row}
redact {text} --lists {bad_json}
redact --jsonl {binary}
redact --jsonl {text}
redact --jsonl {folder}
clean {missing} {none}.png
clean {folder} {none}.png
clean {empty} {none}.png
clean {binary} {none}.png
clean {text} {none}.png
clean {huge} {none}.png
clean {picture} {folder}
clean {picture} {none}.png --corners 1,1 9,1 9,9
clean {picture} {none}.png --corners 1,1 9,1 9,9 1,x
clean {picture} {none}.png --corners 1,1 9,1 9,9 1,9,9
clean {picture} {none}.png --corners 1,1 2,2 3,3 nan,4
clean {picture} {none}.png --corners 1,1 2,2 3,3 4,4
clean {picture} {none}/in/no/folder.png
clean {picture}
transcribe
transcribe {missing} --data-dir {none}
transcribe {text} --data-dir {none} --model {missing}
transcribe {text} --data-dir {none} --model {empty}
transcribe {text} --data-dir {odd_settings}
models
models nonsense
models install
models install ../../up --data-dir {none}
models install small --endpoint nonsense --data-dir {none}
models add {missing} --data-dir {none}
models add {text} --data-dir {none}
models add {folder} --data-dir {none}
models add {folder} --name ../up --data-dir {none}
models verify nonsense --data-dir {none}
models verify ../../up --data-dir {none}
models remove nonsense --data-dir {none}
models remove ../../up --data-dir {none}
models install small --data-dir {text}/x
gathering
gathering nonsense
gathering list --data-dir {none}
gathering list --data-dir {text}
gathering list --data-dir {damaged}
gathering list --data-dir {unset}
gathering new --data-dir {none}
gathering new --data-dir {data} --title ""
gathering new --data-dir {data} --question ""
gathering new --data-dir {data} --title "" --question ""
gathering new --data-dir {data} --title {long}
gathering new --data-dir {data} --question {long}
gathering new --data-dir {data} --readers " "
gathering new --data-dir {data} --threshold 1
gathering new --data-dir {data} --retention-days 0
gathering new --data-dir {data} {six_questions}
gathering close --data-dir {data}
gathering close zz --data-dir {data}
gathering close 0123 --data-dir {data}
gathering close {closed} --data-dir {data}
gathering close {id} --data-dir {data} --passphrase-file {wrong}
gathering close {id} --data-dir {data} --passphrase-file {binary}
gathering close {id} --data-dir {data} --passphrase-file {missing}
gathering close {id} --data-dir {data} --passphrase-file {folder}
gathering tighten zz --threshold 9 --data-dir {data}
gathering tighten {id} --threshold 9 --data-dir {data} --passphrase-file {wrong}
gathering tighten {id} --retention-days 3000 --data-dir {data}
gathering tighten {id} --threshold 2 --data-dir {data}
gathering purge zz --yes --data-dir {data}
gathering purge {id} --yes --data-dir {data} --passphrase-file {wrong}
gathering purge {id} --yes --data-dir {data} --passphrase-file {empty}
gathering purge {id} --data-dir {data} --passphrase-file {wrong}
gathering invite
gathering invite {id} --data-dir {data} --passphrase-file {pass}
gathering invite {id} --data-dir {data} -o {none}.invitation
gathering invite zz --data-dir {data} --passphrase-file {pass} -o {none}.invitation
gathering invite {id} --data-dir {data} --passphrase-file {wrong} -o {none}.invitation
gathering invite {closed} --data-dir {data} --passphrase-file {pass} -o {none}.invitation
gathering invite {id} --data-dir {data} --passphrase-file {pass} -o {folder}
gathering invite {id} --data-dir {data} --passphrase-file {pass} -o {none}/in/no/folder
gathering invite {id} --data-dir {none} --passphrase-file {pass} -o {none}.invitation
gathering join
gathering join {missing} --data-dir {none}
gathering join {folder} --data-dir {none}
gathering join {empty} --data-dir {none}
gathering join {binary} --data-dir {none}
gathering join {text} --data-dir {none}
gathering join {huge} --data-dir {none}
gathering join {bad_json} --data-dir {none}
gathering join {invitation} --data-dir {data}
gathering join {invitation} --data-dir {text}
parcel
parcel nonsense
parcel pack --data-dir {data}
parcel pack --gathering {id} --data-dir {data}
parcel pack --gathering {id} --data-dir {data} -o {none}.parcel
parcel pack --gathering {id} --data-dir {none} -o {none}.parcel
parcel pack --gathering zz --data-dir {outpost} -o {none}.parcel
parcel pack --gathering 0123 --data-dir {outpost} -o {none}.parcel
parcel pack --gathering {id} --data-dir {outpost} -o {text}
parcel pack --gathering {id} --data-dir {outpost} -o {folder}
parcel pack --gathering {id} --data-dir {outpost} -o {none}/in/no/folder
parcel add
parcel add {missing} --data-dir {data}
parcel add {folder} --data-dir {data}
parcel add {empty} --data-dir {data}
parcel add {binary} --data-dir {data}
parcel add {text} --data-dir {data}
parcel add {huge} --data-dir {data}
parcel add {text} --data-dir {outpost}
parcel add {text} --data-dir {none}
board
board export --data-dir {data} -o {none}.board
board export --data-dir {data} --passphrase-file {wrong} -o {none}.board
board export --data-dir {data} --passphrase-file {pass} -o {folder}
board export --data-dir {none} --passphrase-file {pass} -o {none}.board
board import
board import {missing} --data-dir {outpost}
board import {binary} --data-dir {outpost}
board import {huge} --data-dir {outpost}
board import {invitation} --data-dir {outpost}
board import {text} --data-dir {data}
gathering new --data-dir {outpost}
gathering invite {id} --data-dir {outpost} --passphrase-file {pass} -o {none}.invitation
facilitator
facilitator add --data-dir {data}
facilitator add Bea --data-dir {data} --passphrase-file {pass}
facilitator add Bea --data-dir {data} --passphrase-file {wrong} --new-passphrase-file {pass}
facilitator add Bea --data-dir {data} --passphrase-file {pass} --new-passphrase-file {binary}
facilitator add Bea --data-dir {data} --passphrase-file {pass} --new-passphrase-file {empty}
facilitator add Ada --data-dir {data} --passphrase-file {pass} --new-passphrase-file {pass}
facilitator add " " --data-dir {data} --passphrase-file {pass} --new-passphrase-file {pass}
facilitator add Bea --data-dir {none} --passphrase-file {pass} --new-passphrase-file {pass}
facilitator remove Bea --data-dir {data} --passphrase-file {pass}
facilitator remove Ada --data-dir {data} --passphrase-file {pass}
facilitator remove Ada --data-dir {data} --passphrase-file {wrong}
facilitator recover Ada --data-dir {data} --code-file {wrong} --new-passphrase-file {pass}
facilitator recover Ada --data-dir {data} --code-file {binary} --new-passphrase-file {pass}
facilitator recover Ada --data-dir {data} --code-file {missing} --new-passphrase-file {pass}
export --data-dir {data}
export --data-dir {data} --gathering zz --passphrase-file {pass} -o {none}.jsonl
export --data-dir {data} --gathering 0123 --passphrase-file {pass} -o {none}.jsonl
export --data-dir {data} --gathering {id} --passphrase-file {pass} -o {none}.jsonl
export --data-dir {data} --gathering {closed} --passphrase-file {pass} -o {none}.jsonl
export --data-dir {data} --gathering {id} --passphrase-file {wrong} -o {none}.jsonl
export --data-dir {data} --gathering {id} --passphrase-file {binary} -o {none}.jsonl
export --data-dir {data} --gathering {id} --passphrase-file {pass} -o {folder}
export --data-dir {data} --gathering {released} --passphrase-file {pass} -o {none}/in/no/folder
export --data-dir {data} --gathering {released} --passphrase-file {pass} --format pdf -o {none}.pdf
export --data-dir {none} --gathering {id} --passphrase-file {pass} -o {none}.jsonl
backup
backup {none}.backup --data-dir {none}
backup {text} --data-dir {data}
backup {folder} --data-dir {data}
backup {none}/in/no/folder --data-dir {data}
backup {text}/in/a/file --data-dir {data}
restore
restore {missing} --data-dir {none}
restore {folder} --data-dir {none}
restore {empty} --data-dir {none}
restore {binary} --data-dir {none}
restore {text} --data-dir {none}
restore {huge} --data-dir {none}
restore {database} --data-dir {data}
restore {database} --data-dir {text}
repair --data-dir {none}
repair --data-dir {text}
repair --data-dir {binary_database}
repair --data-dir {empty_database}
doctor --data-dir {text}
doctor --data-dir {odd_settings}
doctor --data-dir {binary_settings}
demo --port 99999
demo --host 300.1.1.1 --port 0
demo --model {missing} --port 0
worker --data-dir {data}
worker --data-dir {data} --passphrase-file {pass}
worker --data-dir {data} --passphrase-file {wrong}
worker --data-dir {data} --passphrase-file {binary}
worker --data-dir {data} --passphrase-file {pass} --model {missing}
worker --data-dir {none} --passphrase-file {pass}
nonsense
--nonsense
""".strip().splitlines()

INSIDES = re.compile(r"\b\w*(Error|Exception|Traceback|Errno)\b|site-packages|<class|0x[0-9a-f]{6}")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Files and folders of every bad sort, and a kiosk that has been set up."""
    import numpy as np

    from capture import drawing

    root = tmp_path_factory.mktemp("bad")
    made = {name: root / name for name in ("missing", "empty", "binary", "text", "huge", "none")}
    made["empty"].touch()
    made["binary"].write_bytes(bytes(range(128, 256)) * 40)
    made["text"].write_text("nothing of the kind\n")
    with made["huge"].open("wb") as file:
        file.truncate(400_000_000)  # takes no room: nothing is in it
    made["folder"] = root / "folder"
    made["folder"].mkdir()
    made["pass"] = root / "pass"
    made["pass"].write_text(PASSPHRASE + "\n")
    made["wrong"] = root / "wrong"
    made["wrong"].write_text("some other words\n")
    made["bad_row"] = root / "bad.csv"
    made["bad_row"].write_text("kind,name\nperson,Bea\nplanet,Mars\n")
    made["bad_json"] = root / "bad.json"
    made["bad_json"].write_text("[1, 2]")
    made["picture"] = root / "picture.png"
    made["picture"].write_bytes(drawing.encode(np.full((90, 160, 3), 240, np.uint8)))
    for name, content in (("odd", b"[limits]\nnote = 1\n"), ("binary", b"\xff\xfe\x00")):
        made[f"{name}_settings"] = root / f"{name}_settings"
        made[f"{name}_settings"].mkdir()
        (made[f"{name}_settings"] / "settings.toml").write_bytes(content)
    made["folder_settings"] = root / "folder_settings"
    (made["folder_settings"] / "settings.toml").mkdir(parents=True)
    for name, content in (("damaged", b"no database" * 900), ("binary_database", b"\0\xff" * 9000),
                          ("empty_database", b"")):  # fmt: skip
        made[name] = root / name
        made[name].mkdir()
        (made[name] / "kiosk.db").write_bytes(content)
    made["unset"] = root / "unset"
    store.open(made["unset"])
    store.close()
    made["data"] = root / "data"
    set_up_folder(made["data"])
    made["database"] = root / "copy"
    store.open(made["data"])
    gathering = store.gatherings.current()
    assert gathering
    new = [store.gatherings.new(each, today=gathering.opens) for each in ("closed", "released")]
    for number in range(5):
        store.items.keep(store.Note("loud"), new[1], token=f"token-of-somebody-{number}")
    for each in new:
        store.gatherings.close(each.id, today=gathering.opens)
    store.backup.backup(made["database"])
    made |= team_of(gathering, root)
    ids = {
        "id": gathering.id,
        "closed": new[0].id,
        "released": new[1].id,
        "long": "x" * 300,
        "six_questions": "--question a " * 6,
    }
    yield {name: str(path) for name, path in made.items()} | ids
    store.close()


def team_of(gathering: store.gatherings.Gathering, root: Path) -> dict[str, Path]:
    """Invite to a gathering of the open store, and let an outpost join it; closes the store."""
    with store.keys.unlock(PASSPHRASE) as master:
        invited = store.invitation.invite(gathering.id, master)
    store.close()
    (root / "invitation").write_bytes(invited)
    store.open(root / "outpost")
    store.invitation.join(store.invitation.read(invited), today=gathering.opens)
    store.close()
    return {"invitation": root / "invitation", "outpost": root / "outpost"}


@pytest.fixture(autouse=True)
def _without_a_stop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a command leaves behind in a process of its own, and would not leave in this one."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    yield
    store.close()


def run(line: str, places: dict[str, str]) -> Result:
    assert threading.current_thread() is threading.main_thread()
    return CliRunner().invoke(main, shlex.split(line.format(**places)), prog_name="kiosk")


@pytest.mark.parametrize("line", BAD)
def test_a_bad_call_ends_with_one_line_that_says_what_to_do(line: str, places: dict[str, str]):
    done = run(line, places)
    assert done.exit_code in {ONE, TWO}, (done.exit_code, done.output, done.exception)
    (said,) = done.stderr.splitlines()
    assert not INSIDES.search(said), said
    assert len(said.split()) >= 5, said
    assert not (Path(places["none"]) / "kiosk.db").exists()
