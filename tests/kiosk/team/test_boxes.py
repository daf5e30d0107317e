"""The home desk: invitations and answers go out, parcels come in, and nothing tells how much."""

import io
import re
from pathlib import Path
from typing import Any

import pytest

import store
from kiosk.team import boxes, square_code
from store.seals import derive
from tests.support.boxes import another_box, parcel_of
from tests.support.desk_helpers import Desk, new_gathering
from tests.support.places import PASSPHRASE

PIECE = 1 << 20
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(client: Any) -> Desk:
    return Desk(client)


@pytest.fixture
def gathering(desk: Desk) -> store.gatherings.Gathering:
    return new_gathering("Spring", threshold=3)


def place(gathering: store.gatherings.Gathering) -> str:
    return f"/review/gatherings/{gathering.id}/boxes"


def invitation(desk: Desk, gathering: store.gatherings.Gathering) -> bytes:
    answer = desk.post(f"{place(gathering)}/invitation")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="release.invitation"'
    return bytes(answer.data)


def send(desk: Desk, url: str, parcel: bytes) -> Any:
    """In pieces, as the page does; returns what the last call says."""
    headers = {"X-Form-Token": desk.token}
    for at in range(0, len(parcel), PIECE):
        some = parcel[at : at + PIECE]
        sent = desk.client.post(f"{url}/parcel/pieces?from={at}", data=some, headers=headers)
        assert sent.status_code == 204
    return desk.post(f"{url}/parcel")


def test_inviting_gives_a_file_that_other_boxes_can_join_with(desk: Desk, gathering: Any):
    before = desk.page(f"{place(gathering)}/")
    assert "Add a parcel" not in before
    asked = store.invitation.read(invitation(desk, gathering))
    assert asked.gathering.id == gathering.id
    after = desk.page(f"{place(gathering)}/")
    assert "Add a parcel" in after
    sign = store.membership.fingerprint(asked.team)
    assert all(part in after for part in sign.split("-"))


def test_a_parcel_is_added_once_and_is_read_together_with_the_rest(
    desk: Desk, gathering: Any, tmp_path: Path, data_dir: Path
):
    texts = ("Cold hall.", "No light.", "Too loud.")
    invited = invitation(desk, gathering)
    parcel = parcel_of(invited, *texts, box=tmp_path / "box", home=data_dir)
    in_time = parcel_of(invited, "Slow.", box=tmp_path / "other", home=data_dir)
    url = place(gathering)
    answer = send(desk, url, parcel)
    assert answer.status_code == 303
    assert "Added." in desk.page(answer.location)
    assert "added before" in desk.page(send(desk, url, parcel).location)
    store.gatherings.close(gathering.id, today=gathering.opens)
    assert "Add a parcel" in desk.page(f"/review/gatherings/{gathering.id}")
    assert store.gatherings.close(gathering.id, today=gathering.opens).state == "released"
    assert store.items.participation(gathering.id) == len(texts)
    late = send(desk, url, in_time)
    assert late.status_code == 422
    assert "comes too late" in late.text


def test_a_damaged_a_foreign_and_a_wrong_file_are_each_refused_in_a_sentence(
    desk: Desk, gathering: Any, tmp_path: Path, data_dir: Path
):
    invited = invitation(desk, gathering)
    parcel = parcel_of(invited, "Cold.", box=tmp_path / "box", home=data_dir)
    damaged = bytearray(parcel)
    damaged[5_000] ^= 1
    for wrong in (bytes(damaged), invited, parcel[:-1]):
        answer = send(desk, place(gathering), wrong)
        assert answer.status_code == 422
        assert "This is no parcel, or it is damaged." in answer.text
    with another_box(tmp_path / "elsewhere", back_to=data_dir):
        store.keys.set_up(PASSPHRASE, name="Bo", cost=derive.TEST_COST)
        with store.keys.unlock(PASSPHRASE) as master:
            theirs = store.invitation.invite(new_gathering().id, master)
    foreign = parcel_of(theirs, "Cold.", box=tmp_path / "theirs", home=data_dir)
    assert "This parcel is for another box." in send(desk, place(gathering), foreign).text
    assert "Please choose the parcel." in desk.post(f"{place(gathering)}/parcel").text


def test_a_parcel_in_pieces_is_the_same_and_is_forgotten_if_it_does_not_come_whole(
    desk: Desk, gathering: Any, tmp_path: Path, data_dir: Path
):
    parcel = parcel_of(invitation(desk, gathering), "Cold.", box=tmp_path / "box", home=data_dir)
    headers = {"X-Form-Token": desk.token, **JSON}
    url = place(gathering)

    def piece(at: int) -> int:
        some = parcel[at : at + (1 << 20)]
        sent = desk.client.post(f"{url}/parcel/pieces?from={at}", data=some, headers=headers)
        return int(sent.status_code)

    assert piece(0) == 204
    assert piece(2 << 20) == 409  # one is missing between
    assert [piece(at) for at in range(0, len(parcel), 1 << 20)] == [204] * 5
    said = desk.client.post(f"{url}/parcel", headers=headers).json
    assert said == {"is_done": True, "sentence": "Added. It is sealed with the others now."}
    assert desk.client.post(f"{url}/parcel", headers=headers).json["is_done"] is False


def test_more_than_memory_can_hold_is_refused(
    desk: Desk, gathering: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(boxes, "MOST_PARCEL_BYTES", 10)
    headers = {"X-Form-Token": desk.token}
    url = f"{place(gathering)}/parcel/pieces?from=0"
    assert desk.client.post(url, data=b"x" * 11, headers=headers).status_code == 413


def test_without_modules_a_plain_form_carries_the_file(desk: Desk, gathering: Any):
    sent = desk.post(f"{place(gathering)}/parcel", parcel=(io.BytesIO(b"x"), "x.parcel"))
    assert sent.status_code == 422
    assert "This is no parcel, or it is damaged." in sent.text


def test_without_the_desks_token_no_piece_is_taken(desk: Desk, gathering: Any):
    url = f"{place(gathering)}/parcel/pieces?from=0"
    assert desk.client.post(url, data=b"x").status_code == 403


def test_the_page_is_the_same_whatever_came(
    desk: Desk, gathering: Any, tmp_path: Path, data_dir: Path
):
    """No count, no size, no building: with one parcel in it, it reads as with two."""
    invited = invitation(desk, gathering)

    def shown() -> str:
        return re.sub(r'value="[^"]+"', "", desk.page(f"{place(gathering)}/"))

    empty = shown()
    for name, texts in {"one": ("Cold.",), "two": ("Loud.", "Dark.")}.items():
        parcel = parcel_of(invited, *texts, box=tmp_path / name, home=data_dir)
        assert "Added." in desk.page(send(desk, place(gathering), parcel).location)
        assert shown() == empty
    assert "Cold" not in empty


def test_the_square_code_says_what_the_file_says(desk: Desk, gathering: Any):
    answer = desk.post(f"{place(gathering)}/square")
    assert "2. Add a parcel" in answer.text  # what comes next is there at once
    assert "<svg" in answer.text


def test_an_invitation_too_large_for_a_camera_says_so(
    desk: Desk, gathering: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(square_code, "VERSION", 5)
    answer = desk.post(f"{place(gathering)}/square")
    assert answer.status_code == 422
    assert "too large for a square code" in answer.text


def test_the_answers_go_out_signed(desk: Desk, gathering: Any):
    invitation(desk, gathering)
    answer = desk.post(f"{place(gathering)}/answers")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="release.board"'
    assert b'"release": "board"' in answer.data


def test_a_closed_gathering_invites_nobody(desk: Desk, gathering: Any):
    store.gatherings.close(gathering.id, today=gathering.opens)
    assert desk.post(f"{place(gathering)}/invitation").status_code == 404
