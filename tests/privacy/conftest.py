"""One kiosk process that has been used in every way, for the tests that look at it from outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import store
from store.payloads import Note
from store.seals import derive
from tests.support.desk_helpers import filled
from tests.support.kiosk_in_folder import set_up_folder
from tests.support.places import MICRO, SAMPLES
from tests.support.running import Running, running

SPOKEN = SAMPLES / "08-browser.webm"
PIN = "482913"
HOSTILE = """<img src=x onerror="document.title='RUN'"> <script>document.title='RUN'</script>"""
TEXT = {"Content_Type": "text/plain"}


@dataclass
class Used:
    """A running kiosk, its folders, and a released gathering whose notes hold markup."""

    kiosk: Running
    data: Path
    temp: Path
    released: str


@pytest.fixture(scope="session")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Used]:
    folder = tmp_path_factory.mktemp("used")
    data, temp = folder / "data", folder / "temp"
    temp.mkdir()
    store.open(data, receipt_cost=derive.TEST_COST)
    store.close()
    set_up_folder(data)
    store.open(data)
    released = filled(Note(HOSTILE), Note(HOSTILE), Note(HOSTILE)).id
    store.close()
    (data / "settings.toml").write_text(f'[screen]\nexit_pin = "{PIN}"\n')
    with running(data, "--model", MICRO, TMPDIR=str(temp)) as kiosk:
        visit(kiosk)
        yield Used(kiosk, data, temp, released)


def visit(kiosk: Running) -> None:
    """Keep a note and a memo, forget another note, ask about both, be refused a few times."""
    _, made = kiosk.call("POST", "/api/drafts", b"The canteen is cold.", **TEXT)
    status, kept = kiosk.call("POST", f"/api/drafts/{made['draft']}/keep", {})
    assert status == 201
    assert kiosk.call("POST", "/api/receipt", {"words": kept["receipt"]})[1]["state"] == "sealed"
    _, made = kiosk.call("POST", "/api/drafts", b"The lift is broken.", **TEXT)
    assert kiosk.call("DELETE", f"/api/drafts/{made['draft']}")[0] == 204
    memo = {"Content_Type": "audio/webm", "Idempotency_Key": "a-token-of-22-letters-"}
    assert kiosk.call("POST", "/api/items", SPOKEN.read_bytes(), **memo)[0] == 201
    assert kiosk.call("POST", "/api/receipt", {"words": "acorn acorn acorn acorn"})[0] == 200
    assert kiosk.call("POST", "/api/drafts", b"no picture", Content_Type="image/png")[0] == 415
    assert kiosk.call("GET", "/api/drafts/unknown")[0] == 404
    assert kiosk.call("GET", "/")[0] == 200
