import html
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

import store
from kiosk.house import House
from kiosk.i18n import languages, said_in
from kiosk.visit import promises
from tests.support.kiosk_in_folder import app_of, open_gathering
from tests.support.places import MICRO, PASSPHRASE

TEXT = {"Content-Type": "text/plain"}
KEY = {"Idempotency-Key": "0123456789abcdef0123"}


def test_the_newest_answer_is_the_last_of_the_latest_gathering(client: Any):
    page = client.page("/")
    assert "start__newest" not in page
    assert "board-drift" not in page
    gathering = store.gatherings.current()
    assert gathering
    store.board.publish(gathering.id, "Lift", "A new one comes.", state="done")
    store.board.publish(gathering.id, "Breaks", "Half an hour, always.")
    teaser = client.page("/").partition('class="start__newest"')[2].partition("</div>")[0]
    assert "Half an hour, always." in teaser
    assert "A new one comes." not in teaser


def make_draft(client: FlaskClient, text: str) -> str:
    answer = client.post("/api/drafts", data=text.encode(), headers=TEXT)
    assert answer.status_code == 201, answer.text
    return str(answer.json["draft"])


def keep(client: FlaskClient, draft: str, **wish: Any) -> str:
    answer = client.post(f"/api/drafts/{draft}/keep", json=wish)
    assert answer.status_code == 201, answer.text
    return str(answer.json["receipt"])


def test_a_detail_is_brought_back_by_its_visitor_alone_and_kept_as_shown(client: FlaskClient):
    """What they saw is what is kept; nothing tells another visit what stood there."""
    made = {**TEXT, "X-Visit": "a" * 32}
    draft = client.post("/api/drafts", data=b"Sarah Miller is late.", headers=made).json["draft"]
    mine = {"headers": {"X-Visit": "a" * 32}}
    shown = client.get(f"/api/drafts/{draft}", **mine).json
    assert "Sarah" not in json.dumps(shown)
    wish = {"span": [shown["spans"][0]["start"], shown["spans"][0]["end"]]}
    back = f"/api/drafts/{draft}/back"
    assert client.post(back, json=wish).status_code == 404
    assert client.post(back, json={"span": [0, 1]}, **mine).status_code == 422
    assert client.post(back, json={"span": "all"}, **mine).status_code == 422
    assert client.post(back, json=wish, **mine).json["text"] == "Sarah Miller is late."
    assert client.post(f"/api/drafts/{draft}/keep", json={}, **mine).status_code == 201
    texts = [each.payload.text for each in release("one", "two", "three", "four")]
    assert "Sarah Miller is late." in texts


def release(*more: str) -> list[Any]:
    gathering = store.gatherings.current()
    assert gathering
    for number, text in enumerate(more):
        store.items.keep(
            store.payloads.Note(text=text), gathering, token=f"token-for-more-{number:04}"
        )
    store.gatherings.close(gathering.id, today=gathering.opens)
    with store.keys.unlock(PASSPHRASE) as master:
        return list(store.items.released(gathering.id, master))


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, "PNG")
    return file.getvalue()


def test_the_page_is_sound_and_shows_the_promise_before_the_first_word(client: Any):
    page = client.page("/")
    assert page.index("the works council") < page.index("textarea")


def test_what_cannot_be_promised_is_said_before_the_first_word_in_every_language(client: Any):
    """Nothing takes a turn of phrase out of a text; so whoever writes is told."""
    unkept = (
        "Someone may hear you speak, or see you stand here. A hidden camera would see you too.",
        "A story that only you could tell, your turn of phrase or your way of drawing may still point to you.",  # noqa: E501
        "We can miss a name. Please look before you keep it.",
        "Whoever controls this machine while it runs could defeat it.",
        "In a very small group, people can guess. And all the other notes may be one person's.",
    )
    assert "In a very large group" not in client.page("/")
    for language in languages():
        assert 'data-dialog="safe"' in client.get(f"/?lang={language}").text  # leads there
        page = html.unescape(client.get(f"/safe?lang={language}").text)
        said = [said_in(language, each) for each in unkept]
        assert language == "en" or not set(said) & set(unkept)
        assert [each for each in said if each not in page] == []


def test_the_promise_has_a_mark_that_changes_with_it(client: Any):
    """Whoever knows it from a notice sees whether it is still the promise that was agreed."""
    gathering = store.gatherings.current()
    assert gathering
    mark = promises.mark_of(gathering)
    assert f"Mark of this promise: {mark}." in client.get("/safe").text
    stricter = replace(gathering.promise, threshold=gathering.promise.threshold + 1)
    changed = promises.mark_of(store.gatherings.tighten(gathering.id, stricter))
    assert changed != mark
    assert f"Mark of this promise: {changed}." in client.get("/safe").text


def test_no_page_says_that_it_does_what_this_kiosk_cannot(
    make_house: Any, monkeypatch: pytest.MonkeyPatch
):
    """Names are looked for, and words made, only where there is a reader and a model."""
    promised = ("Looking for names in your drawing", "Turning it into words")
    able = app_of(make_house(model=MICRO)).test_client().get("/").text
    assert [each in able for each in promised] == [True, True]
    monkeypatch.setattr("kiosk.visit.page.can_read", lambda: False)
    unable = app_of(make_house()).test_client().get("/").text
    assert [each in unable for each in promised] == [False, False]
    assert "Taking your recording in" in unable


def test_brackets_that_somebody_typed_are_no_detail_that_we_took_out(client: Any):
    """The preview says what was taken out: one address, and not the visitor's own [URGENT]."""
    draft = make_draft(client, "[URGENT] mail bob@example.com [PERSON 9] today")
    shown = client.get(f"/api/drafts/{draft}").json
    assert [shown["text"][each["start"] : each["end"]] for each in shown["spans"]] == ["[EMAIL]"]
    struck = {"struck": [[1, 7]]}
    keep(client, draft, **struck)
    (kept,) = [each for each in release("a", "b") if "mail" in each.payload.text]
    assert kept.payload.text.startswith("[[REMOVED]] mail [EMAIL]")
    spans = [(kept.payload.text[a:b], kind) for a, b, kind in kept.payload.spans]
    assert spans == [("[REMOVED]", "REMOVED"), ("[EMAIL]", "EMAIL")]


def test_a_note_is_previewed_redacted_kept_and_read(client: Any):
    draft = make_draft(client, "Mail sarah.jones@example.com about the canteen.")
    shown = client.get(f"/api/drafts/{draft}").json
    assert shown["state"] == "ready"
    assert shown["text"] == "Mail [EMAIL] about the canteen."
    assert shown["spans"] == [{"start": 5, "end": 12, "kind": "EMAIL"}]
    words = keep(client, draft)
    assert re.fullmatch(r"[a-z]+( [a-z]+){3}", words)
    texts = [item.payload.text for item in release("a second", "a third")]
    assert sorted(texts) == ["Mail [EMAIL] about the canteen.", "a second", "a third"]


def test_the_preview_says_in_which_language_a_note_was_read(client: Any):
    draft = make_draft(client, "Necesitamos más guantes")
    shown = client.get(f"/api/drafts/{draft}").json
    assert (shown["language"], shown["text"]) == ("es", "Necesitamos más guantes")


def test_what_the_visitor_strikes_is_not_kept(client: Any):
    draft = make_draft(client, "The canteen is cold since spring.")
    keep(client, draft, struck=[[26, 32]])
    texts = [item.payload.text for item in release("b", "c")]
    assert "The canteen is cold since [REMOVED]." in texts


def test_keep_sent_again_gives_the_same_four_words_and_one_item(client: Any):
    draft = make_draft(client, "The canteen is cold.")
    assert keep(client, draft) == keep(client, draft)
    assert len(release("b", "c")) == 3


def test_forget_leaves_nothing(client: Any):
    draft = make_draft(client, "The canteen is cold.")
    assert client.delete(f"/api/drafts/{draft}").status_code == 204
    assert client.get(f"/api/drafts/{draft}").status_code == 404
    assert client.post(f"/api/drafts/{draft}/keep").status_code == 404


def test_a_drawing_is_rebuilt_previewed_and_kept(client: Any):
    answer = client.post("/api/drafts", data=png(), headers={"Content-Type": "image/png"})
    draft = answer.json["draft"]
    shown = client.get(f"/api/drafts/{draft}").json
    assert (shown["kind"], shown["width"], shown["height"]) == ("drawing", 64, 48)
    preview = client.get(shown["preview"])
    assert preview.mimetype == "image/png"
    keep(client, draft, covered=[[0, 0, 10, 10]])
    kept = next(item for item in release("b", "c") if item.kind == "drawing")
    with Image.open(io.BytesIO(kept.payload.png)) as picture:
        assert picture.getpixel((5, 5)) != (255, 255, 255)
        assert picture.getpixel((40, 40)) == (255, 255, 255)


def test_what_lies_under_a_cover_is_shown_to_its_own_visit_alone(client: Any):
    """The covers lie in the page until Keep; then they are painted, and nothing is under them."""
    visit = {"X-Visit": "a" * 32}
    headers = {"Content-Type": "image/png", **visit}
    draft = client.post("/api/drafts", data=png(), headers=headers).json["draft"]
    path = f"/api/drafts/{draft}/preview.png"
    own = client.get(path, headers=visit)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "no-store")
    for other in ({}, {"X-Visit": "b" * 32}):
        assert client.get(path, headers=other).status_code == 404
    client.delete(f"/api/drafts/{draft}", headers=visit)
    assert client.get(path, headers=visit).status_code == 404


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_photographed_sheet_becomes_a_drawing(client: Any, kind: str):
    """What lies round the sheet is gone before anybody sees a preview."""
    picture = Image.new("RGB", (640, 480), (70, 50, 40))
    picture.paste((238, 234, 226), (120, 80, 520, 400))
    taken = io.BytesIO()
    picture.save(taken, kind)
    headers = {"Content-Type": f"image/{kind.lower()}"}
    draft = client.post("/api/drafts", data=taken.getvalue(), headers=headers).json["draft"]
    shown = client.get(f"/api/drafts/{draft}").json
    assert (shown["kind"], shown["cropped"]) == ("drawing", True)
    assert abs(shown["width"] / shown["height"] - 400 / 320) < 0.03
    with Image.open(io.BytesIO(client.get(shown["preview"]).data)) as preview:
        assert preview.convert("L").getextrema()[0] > 200


def test_whoever_made_a_photograph_says_where_its_sheet_ends(client: Any) -> None:
    """Where the kiosk saw no edges, or wrong ones; whichever corner comes first."""
    taken = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 196, 190)).save(taken, "JPEG")
    path, headers = "/api/drafts?corners=", {"Content-Type": "image/jpeg"}
    corners = ".75,.25,.25,.25,.25,.75,.75,.75"
    sent = client.post(f"{path}{corners}", data=taken.getvalue(), headers=headers)
    cut = client.get(f"/api/drafts/{sent.json['draft']}").json
    assert (cut["cropped"], cut["width"], cut["height"]) == (True, 320, 240)
    assert cut["corners"] == [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]]


NO_CORNERS = [
    "1", "a,b", ".1,.1,.9,.1,.9,.9", ".1,.1,.9,.1,.9,.9,.1,1.2", ".1,.1,.9,.9,.5,.5,.2,.2",
    ".1,.1,.9,.1,.9,.9,.8,.2", "nan,.1,.9,.1,.9,.9,.1,.9", ".1,.1,.9,.1,.9,.9,.1,.9,1",
]  # fmt: skip


def test_what_are_no_corners_of_a_sheet_is_said(client: Any) -> None:
    for corners in NO_CORNERS:
        answer = client.post(
            f"/api/drafts?corners={corners}", data=png(), headers={"Content-Type": "image/png"}
        )
        assert answer.status_code == 422, corners
        assert "No sheet has such corners" in answer.json["detail"]


@pytest.mark.parametrize(
    ("media_type", "body", "status", "says"),
    [
        ("image/heic", b"\0\0\0\x18ftypheic" + bytes(60), 415, "takes text"),
        ("image/jpeg", b"\0\0\0\x18ftypheic" + bytes(60), 415, "save it as JPEG"),
        ("image/jpeg", b"\xff\xd8\xff" + bytes(60), 422, "damaged or cut off"),
        ("image/png", bytes(8_000_001), 413, "too large, or it moves"),
    ],
)
def test_why_a_picture_is_refused_is_said(
    client: Any, media_type: str, body: bytes, status: int, says: str
):
    answer = client.post("/api/drafts", data=body, headers={"Content-Type": media_type})
    assert answer.status_code == status
    assert says in answer.json["detail"]


def test_a_photograph_is_asked_for_on_other_machines_than_the_kiosk(client: Any):
    """On the kiosk's own screen the browser would show the kiosk's own files."""
    far = client.get("/", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert 'capture="environment"' in far.text
    assert 'capture="environment"' not in client.get("/").text


def test_an_item_without_preview_is_kept_once_per_key(client: Any):
    first = client.post("/api/items", data="The canteen is cold.", headers={**TEXT, **KEY})
    again = client.post("/api/items", data="The canteen is cold.", headers={**TEXT, **KEY})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert len(release("b", "c")) == 3


def test_silence_is_a_contribution(client: Any):
    answer = client.post("/api/items", json={"kind": "silence", "feeling": "not_yet"}, headers=KEY)
    assert answer.status_code == 201
    kept = release("b", "c", "d")  # three with content: a silence hides nobody
    assert "silence" in [item.kind for item in kept]


def test_an_item_without_a_key_that_nobody_can_guess_is_refused(client: Any):
    for headers in ({}, {"Idempotency-Key": "1"}):
        answer = client.post("/api/items", data="x", headers={**TEXT, **headers})
        assert answer.status_code == 422


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 10_001, "text/plain", 413),
        (b"x" * 50_000, "text/plain", 413),
        (b"", "text/plain", 422),
        (b"  \n ", "text/plain", 422),
        (b"\xff\xfe\x00", "text/plain", 422),
        (b"GIF89a", "image/gif", 415),
        (b"GIF89a", "image/png", 415),
        (png()[:60], "image/png", 422),
        (png((4000, 4000)), "image/png", 413),
        (b"x", "application/octet-stream", 415),
        (b"{", "application/json", 415),
    ],
)
def test_a_bad_body_gets_its_status_one_sentence_and_leaves_nothing(
    client: Any, house: House, body: bytes, kind: str, status: int
):
    answer = client.post("/api/drafts", data=body, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"].endswith(".")
    assert house.drafts._drafts == {}


@pytest.mark.parametrize(
    "wish",
    [
        {"struck": [[0, 999]]},
        {"struck": "all"},
        {"struck": [[1]]},
        {"feeling": "gleeful"},
        {"question": 7},
        {"covered": [[1, 2]]},
        {"uncovered": [[1, 2]]},
        [],
    ],
)
def test_an_odd_wish_keeps_nothing_and_loses_nothing(client: Any, wish: Any):
    draft = make_draft(client, "The canteen is cold.")
    answer = client.post(f"/api/drafts/{draft}/keep", json=wish)
    assert answer.status_code == 422
    assert client.get(f"/api/drafts/{draft}").json["state"] == "ready"


def test_over_the_hourly_limit_says_when_to_come_back(make_house: Any):
    """Only what is kept counts; how many an hour takes is drawn, from two to three here."""
    client = app_of(make_house(contributions_per_hour=2)).test_client()
    for text in ("one", "two", "three"):
        assert client.post("/api/drafts", data=text, headers=TEXT).status_code == 201
    keep(client, make_draft(client, "one"))
    keep(client, make_draft(client, "two"))
    answer = client.post("/api/drafts", data="three", headers=TEXT)
    if answer.status_code == 201:
        keep(client, answer.json["draft"])
        answer = client.post("/api/drafts", data="four", headers=TEXT)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "3600"


def test_without_an_open_gathering_the_page_is_kind_and_calls_say_so(client: Any):
    gathering = store.gatherings.current()
    assert gathering
    store.gatherings.close(gathering.id, today=gathering.opens)
    client.page("/")
    answer = client.post("/api/drafts", data="hello", headers=TEXT)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers


def test_receipt_words_show_state_and_let_take_back(client: Any):
    words = keep(client, make_draft(client, "The canteen is cold."))
    found = client.post("/api/receipt", json={"words": words.upper()})
    assert found.json["state"] == "sealed"
    wrong = client.post("/api/receipt", json={"words": "able about above absent"})
    assert len(wrong.data) == len(found.data)
    assert client.delete("/api/receipt", json={"words": words}).json["state"] == "withdrawn"
    assert client.post("/api/receipt", json={"words": words}).json["state"] == "unknown"


def test_a_call_from_another_site_is_refused(client: Any):
    foreign = {"Origin": "http://evil.example"}
    assert client.post("/api/drafts", data="x", headers={**TEXT, **foreign}).status_code == 403
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/api/drafts", data="x", headers={**TEXT, **cross}).status_code == 403
    own = {"Origin": "http://localhost"}
    assert client.post("/api/drafts", data="x", headers={**TEXT, **own}).status_code == 201


def test_another_host_name_is_refused(client: Any):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_visitors_get_no_cookie_no_time_and_no_file_date(client: Any):
    for url in ("/", "/healthz", "/static/css/main.css", "/api/drafts/none"):
        headers = client.get(url).headers
        found = {"Set-Cookie", "ETag", "Last-Modified", "Date", "Server"} & set(headers.keys())
        assert found == set(), url
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_an_error_is_logged_as_type_and_route_alone(
    client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise LookupError("the canteen is cold")

    monkeypatch.setattr("kiosk.pipeline.take", fail)
    answer = client.post("/api/drafts", data="the canteen is cold", headers=TEXT)
    assert answer.status_code == 500
    assert "canteen" not in answer.text + caplog.text
    assert "LookupError" in caplog.text


def test_events_end_with_the_ready_draft(client: Any):
    draft = make_draft(client, "The canteen is cold.")
    answer = client.get(f"/api/drafts/{draft}/events")
    assert answer.mimetype == "text/event-stream"
    assert json.loads(answer.text.removeprefix("data: "))["state"] == "ready"


def test_sound_waits_sealed_while_there_is_no_model(client: Any):
    headers = {"Content-Type": "audio/webm", "X-Recorded-Seconds": "3"}
    answer = client.post("/api/drafts", data=b"\x1aE\xdf\xa3 sound", headers=headers)
    assert answer.json["state"] == "later"
    keep(client, answer.json["draft"])


@pytest.mark.parametrize(
    "named",
    [
        *("audio/wave", "audio/x-wav", "audio/vnd.wave", "audio/m4a", "audio/x-m4a"),
        *("audio/mp4a-latm", "video/mp4", "video/webm", "application/octet-stream"),
    ],
)
def test_a_recording_is_known_by_its_first_bytes_not_by_its_name(client: Any, named: str):
    """Also without a model, when nothing decodes it yet."""
    headers = {"Content-Type": named, "X-Recorded-Seconds": "3"}
    for head in (b"\x1aE\xdf\xa3 sound....", b"RIFF....WAVEfmt ", b"\0\0\0\x1cftypM4A ...."):
        answer = client.post("/api/drafts", data=head, headers=headers)
        assert answer.json["state"] == "later"
    answer = client.post("/api/drafts", data=b"MZ\x90 not a sound at all", headers=headers)
    assert answer.status_code == 415


def test_another_gathering_can_open_while_one_is_closed(client: Any):
    keep(client, make_draft(client, "one"))
    release("b", "c")
    open_gathering()
    keep(client, make_draft(client, "for the next"))


def test_the_preview_can_be_read_aloud_without_what_was_struck(make_house: Any):
    read = []

    class Voice:
        def read(self, text: str, *, gaps: Any, language: str, is_here: bool) -> bytes:
            assert is_here
            read.append((text, gaps, language))
            return b"RIFF"

    house = make_house()
    house.voice = Voice()
    client = app_of(house).test_client()
    draft = make_draft(client, "The canteen is cold.")
    assert client.get(f"/api/drafts/{draft}").json["can_be_read_aloud"]
    answer = client.post(f"/api/drafts/{draft}/reading", json={"struck": [[15, 19]]})
    assert (answer.mimetype, answer.data) == ("audio/wav", b"RIFF")
    assert read == [("The canteen is [REMOVED].", [(15, 24)], "en")]


def test_without_a_voice_there_is_nothing_to_press(make_house: Any):
    house = make_house()
    house.voice = None
    client = app_of(house).test_client()
    draft = make_draft(client, "The canteen is cold.")
    assert not client.get(f"/api/drafts/{draft}").json["can_be_read_aloud"]
    assert client.post(f"/api/drafts/{draft}/reading", json={}).status_code == 404


def test_answers_have_one_size_however_long_the_board(client: Any):
    """Reported: with six long answers, right words gave 8,192 bytes and wrong ones 4,096."""
    words = keep(client, make_draft(client, "The canteen is cold."))
    gathering = store.gatherings.current()
    assert gathering
    for number in range(6):
        store.board.publish(gathering.id, f"Theme {number}", "We read this together. " * 60)
    right = client.post("/api/receipt", json={"words": words})
    wrong = client.post("/api/receipt", json={"words": "acorn acorn acorn acorn"})
    assert len(right.json["answer"]) > 4_096
    assert right.json["state"] != wrong.json["state"]
    assert len(right.data) == len(wrong.data)
    gone = client.delete("/api/receipt", json={"words": words})
    assert len(gone.data) == len(wrong.data)
