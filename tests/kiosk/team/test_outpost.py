"""A box of a team: joined in the browser, packed by whoever has its code, read by nobody here."""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import store
from kiosk.desk import setup
from kiosk.house import House
from kiosk.team import square_code
from store.seals import derive
from tests.support.boxes import another_box
from tests.support.desk_helpers import new_gathering
from tests.support.kiosk_in_folder import app_of
from tests.support.places import PASSPHRASE


@pytest.fixture
def invited(tmp_path: Path, data_dir: Path) -> bytes:
    """An invitation of a home box elsewhere."""
    with another_box(tmp_path / "home", back_to=data_dir):
        store.keys.set_up(PASSPHRASE, name="Ada", cost=derive.TEST_COST)
        made = new_gathering("Spring")
        with store.keys.unlock(PASSPHRASE) as master:
            written = store.invitation.invite(made.id, master, languages=["en"])
    store.close()
    return written


@pytest.fixture
def fresh(invited: bytes, make_house: Callable[..., House]) -> Any:
    house = make_house(set_up=False)
    setup.code_for(house)
    client = app_of(house).test_client()
    client.post("/setup/", data={"code": house.set_up_code})
    return client


@pytest.fixture
def outpost(fresh: Any, invited: bytes) -> Any:
    joined = fresh.post("/setup/team/join", data={"invitation": base64.b64encode(invited)})
    assert joined.status_code == 200
    return fresh


def file(content: bytes, name: str = "f", kind: str = "") -> Any:
    return (io.BytesIO(content), name, kind) if kind else (io.BytesIO(content), name)


def enter(client: Any) -> None:
    code = store.membership.carrier_code().lower().replace("-", " ")
    assert client.post("/team/", data={"code": code}).status_code == 303


def test_set_up_offers_a_team_and_shows_what_the_invitation_says_first(fresh: Any, invited: bytes):
    assert "/setup/team/" in fresh.page("/setup/passphrase")
    fresh.page("/setup/team/")
    shown = fresh.post("/setup/team/", data={"invitation": file(invited)}).text
    sign = store.membership.fingerprint(store.invitation.read(invited).team)
    assert all(part in shown for part in sign.split("-"))
    assert "What should change?" in shown
    assert not store.keys.is_set_up()  # looked at, not yet joined


def test_after_joining_the_kiosk_asks_and_no_desk_opens(outpost: Any):
    assert "What should change?" in outpost.page("/")
    assert outpost.get("/review/unlock").location == "/team/"
    assert outpost.get("/review/").location == "/review/unlock"
    assert outpost.get("/setup/team/").status_code == 303


def test_a_changed_invitation_is_refused_in_a_sentence(fresh: Any, invited: bytes):
    changed = invited.replace(b"Spring", b"Sprung")
    for wrong in (changed, b"", b"\xff\xd8 no picture"):
        answer = fresh.post("/setup/team/", data={"invitation": file(wrong)})
        assert answer.status_code == 422
        assert "no invitation, or it was changed" in answer.text
    joined = fresh.post("/setup/team/join", data={"invitation": base64.b64encode(changed)})
    assert joined.status_code == 422
    assert not store.keys.is_set_up()


def test_without_the_one_time_code_nobody_joins(make_house: Callable[..., House], invited: bytes):
    client = app_of(make_house(set_up=False)).test_client()
    assert client.get("/setup/team/").status_code == 403
    form = {"invitation": base64.b64encode(invited)}
    assert client.post("/setup/team/join", data=form).status_code == 403
    assert not store.keys.is_set_up()


def test_a_photograph_of_the_square_code_is_as_good_as_the_file(fresh: Any, invited: bytes):
    cv2 = pytest.importorskip("cv2", reason="reading square codes needs the extra `drawings`")
    picture = photograph(square_code.write(invited), cv2)
    answer = fresh.post("/setup/team/", data={"invitation": file(picture, "p.png", "image/png")})
    assert answer.status_code == 200, answer.text
    nothing = cv2.imencode(".png", cv2.imdecode(_bytes(picture), 0)[:40, :40])[1].tobytes()
    refused = fresh.post("/setup/team/", data={"invitation": file(nothing, "p.png", "image/png")})
    assert "No square code can be read there." in refused.text


def _bytes(picture: bytes) -> Any:
    import numpy as np

    return np.frombuffer(picture, np.uint8)


def photograph(svg: str, cv2: Any) -> bytes:
    """The code as a camera sees it: turned, unevenly lit, a little blurred."""
    import re

    import numpy as np

    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    dark = np.full((side, side), 255, np.uint8)
    row = column = 0
    path = svg.rsplit('d="', maxsplit=1)[-1]
    for move, a, b in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if move == "h":
            dark[int(row), int(column) : int(column + float(a))] = 0
            column += float(a)
        else:
            column, row = (
                (float(a), float(b)) if move == "M" else (column + float(a), row + float(b))
            )
    large = cv2.resize(dark, None, fx=8, fy=8, interpolation=cv2.INTER_NEAREST)
    turn = cv2.getRotationMatrix2D((large.shape[1] / 2, large.shape[0] / 2), 6, 0.9)
    turned = cv2.warpAffine(large, turn, large.shape[::-1], borderValue=255)
    light = np.linspace(0.6, 1, turned.shape[1])
    return bytes(cv2.imencode(".png", cv2.GaussianBlur(turned, (5, 5), 0) * light)[1].tobytes())


def test_packing_needs_the_code(outpost: Any):
    gathering = store.gatherings.current()
    assert gathering
    answer = outpost.post("/team/pack", data={"gathering": gathering.id, "sure": "yes"})
    assert answer.location == "/team/"
    for wrong in ("AAAA-AAAA", "ÄÖ-ÜÉ", ""):
        assert outpost.post("/team/", data={"code": wrong}).status_code == 422
    assert store.gatherings.get(gathering.id).state == "open"


def test_guesses_of_the_code_slow_down(outpost: Any):
    answers = [outpost.post("/team/", data={"code": "x"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_who_has_the_code_packs_and_the_home_box_takes_it(
    outpost: Any, data_dir: Path, tmp_path: Path
):
    gathering = store.gatherings.current()
    assert gathering
    for text in ("Cold.", "Dark.", "Loud."):
        headers = {"Content-Type": "text/plain", "Idempotency-Key": f"{text:x>20}"}
        assert outpost.post("/api/items", data=text, headers=headers).status_code == 201
    enter(outpost)
    page = outpost.page("/team/")
    assert "Spring" in page
    unsure = outpost.post("/team/pack", data={"gathering": gathering.id})
    assert unsure.status_code == 422
    assert "Please tick" in unsure.text
    form = {"gathering": gathering.id, "sure": "yes"}
    packed = outpost.post("/team/pack", data=form)
    assert packed.headers["Content-Disposition"] == 'attachment; filename="release.parcel"'
    assert "It is packed." in outpost.page("/team/")
    again = outpost.post("/team/pack", data=form)
    with another_box(tmp_path / "home", back_to=data_dir):
        assert store.parcels.take_in(io.BytesIO(packed.data)) is True
        assert store.parcels.take_in(io.BytesIO(again.data)) is False


def test_the_page_tells_nothing_of_how_much_was_kept(outpost: Any):
    enter(outpost)
    empty = outpost.page("/team/")
    gathering = store.gatherings.current()
    assert gathering
    store.items.keep(store.Note("Cold."), gathering, token=f"{'x':>20}")
    assert outpost.page("/team/") == empty


def test_answers_and_a_further_invitation_come_in(outpost: Any, tmp_path: Path, data_dir: Path):
    with another_box(tmp_path / "home", back_to=data_dir):
        current = store.gatherings.current()
        assert current
        store.board.publish(current.id, "Cold hall", "Heating comes.", state="heard")
        more = new_gathering("Summer")
        with store.keys.unlock(PASSPHRASE) as master:
            answers = store.board_file.write(master)
            invited = store.invitation.invite(more.id, master, languages=["en"])
    enter(outpost)
    done = outpost.post("/team/answers", data={"answers": file(answers)})
    assert done.status_code == 303
    assert "The board shows the team’s answers now." in outpost.page("/team/")
    assert "Heating comes." in outpost.page("/")
    refused = outpost.post("/team/answers", data={"answers": file(b"x")})
    assert refused.status_code == 422
    assert outpost.post("/team/invitation", data={"invitation": file(invited)}).status_code == 303
    assert "“Summer”" in outpost.page("/team/")
    twice = outpost.post("/team/invitation", data={"invitation": file(invited)})
    assert "joined that gathering already" in twice.text


def test_who_is_done_leaves_and_the_code_is_asked_for_again(outpost: Any):
    enter(outpost)
    outpost.post("/team/leave")
    assert "Code for who carries the stick" in outpost.page("/team/")


def test_a_box_with_facilitators_has_no_such_page(client: Any):
    assert client.get("/team/").status_code == 404
