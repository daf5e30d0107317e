"""Three boxes and a stick, by commands alone, as a script of an operator would do it."""

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.running import Running, init, running
from tests.support.running import kiosk as run


def test_two_boxes_are_read_as_one_and_get_the_answer_back(
    tmp_path: Path, readable: Callable[[Path], bool]
):
    """What is carried between them is its owner's alone, as any export."""
    home, east, stick = (tmp_path / name for name in ("home", "east", "stick"))
    stick.mkdir()
    init(home)
    secret = ("--passphrase-file", tmp_path / "passphrase")
    at_home, at_east = ("--data-dir", home), ("--data-dir", east)
    (opened,) = json.loads(run("gathering", "list", "--json", *at_home).stdout)
    invitation, parcel, board = (stick / name for name in ("invitation", "parcel", "board"))
    invited = run("gathering", "invite", opened["id"], *at_home, *secret, "-o", invitation)
    assert invited.returncode == 0, invited.stderr
    joined = run("gathering", "join", invitation, *at_east)
    assert (joined.returncode, joined.stdout) == (0, opened["id"] + "\n")
    team = invited.stdout.split()[-1]
    assert team in joined.stderr  # people compare it
    assert json.loads(run("gathering", "list", "--json", *at_east).stdout) == [opened]

    with running(east) as outpost:
        words = [keep(outpost, text)["receipt"] for text in ("cold canteen", "one too many")]
        assert outpost.call("DELETE", "/api/receipt", {"words": words[1]})[0] == 200
    packed = run("parcel", "pack", "--gathering", opened["id"], *at_east, "-o", parcel)
    assert packed.returncode == 0, packed.stderr
    assert json.loads(run("gathering", "list", "--json", *at_east).stdout)[0]["state"] == "packed"
    said = [run("parcel", "add", parcel, *at_home) for _ in range(2)]
    assert [(each.returncode, each.stderr) for each in said] == [(0, "")] * 2
    assert said[0].stdout.startswith("Added.")
    assert said[1].stdout == "This parcel was added before; nothing was added.\n"

    written = run("board", "export", *at_home, *secret, "-o", board)
    assert written.returncode == 0, written.stderr
    (tmp_path / "planted").touch()
    assert readable(tmp_path / "planted")
    assert [each.name for each in (invitation, parcel, board) if readable(each)] == []
    taken = run("board", "import", board, *at_east)
    assert (taken.returncode, taken.stderr) == (0, "")
    with running(east) as outpost:
        _, found = outpost.call("POST", "/api/receipt", {"words": words[0]})
        assert (found["state"], found["can_withdraw"]) == ("sealed", False)
        assert outpost.call("POST", "/api/items", b"late", Content_Type="text/plain",
                            Idempotency_Key="a-token-that-nobody-guesses")[0] == 503  # fmt: skip


def keep(outpost: Running, text: str) -> Any:
    status, answer = outpost.call(
        "POST", "/api/items", text.encode(), Content_Type="text/plain",
        Idempotency_Key=secrets.token_urlsafe(18),
    )  # fmt: skip
    assert status == 201, answer
    return answer
